// What I follow, what changed last first; all of it is a filter of the list.
import { useQuery } from '@tanstack/react-query'
import { Card } from 'antd'
import { Link } from 'wouter'
import { get } from '../../api/client'
import { useLanguage } from '../../i18n'
import { LampMark } from '../../parts/Lamp'
import { Loaded } from '../../parts/Loaded'

const SHOWN = 8

export function Followed() {
	const { t, language } = useLanguage()
	const query = useQuery({ queryKey: ['matters', 'followed', language], queryFn: async ({ signal }) => (await get('/api/v1/matters', { query: { followed: true, sort: '-changed', limit: SHOWN }, signal })).matters })
	return (
		<Card title={t('workbench.followed')} extra={query.data && query.data.length > 0 && <Link href="/matters?followed=true">{t('workbench.followed.all')}</Link>}>
			<Loaded query={query} isEmpty={(matters) => matters.length === 0} empty={t('workbench.followed.none')} rows={2}>
				{(matters) => (
					<ul className="rows">
						{matters.map((matter) => (
							<li key={matter.id}>
								<div className="duty-head">
									<LampMark colour={matter.lamp} />
									<Link className="grow" href={`/matters/${matter.id}`}>
										{matter.title}
									</Link>
									<span className="muted">{matter.state_label}</span>
								</div>
							</li>
						))}
					</ul>
				)}
			</Loaded>
		</Card>
	)
}
