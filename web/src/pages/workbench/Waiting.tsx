// What others owe me an answer to: instructions I gave, requests I made. Who lets me wait too long can be urged from here.
import { useQuery } from '@tanstack/react-query'
import { Button, Card, Tag } from 'antd'
import { Link } from 'wouter'
import { get } from '../../api/client'
import { useLanguage } from '../../i18n'
import { showDay } from '../../parts/format'
import { Loaded } from '../../parts/Loaded'

export function Waiting({ urge }: { urge: (matter: number) => void }) {
	const { t, language } = useLanguage()
	const query = useQuery({ queryKey: ['duties', 'asked', language], queryFn: async ({ signal }) => (await get('/api/v1/duties', { query: { asked: true, limit: 100 }, signal })).duties })
	return (
		<Card title={t('workbench.waiting')}>
			<Loaded query={query} isEmpty={(duties) => duties.length === 0} empty={t('workbench.waiting.none')} rows={2}>
				{(duties) => (
					<ul className="rows">
						{duties.map((duty) => (
							<li key={`${duty.matter}.${duty.id}`}>
								<div className="duty-head">
									<Link className="grow" href={`/matters/${duty.matter}`}>
										{duty.title}
									</Link>
									<Button size="small" onClick={() => urge(duty.matter)}>
										{t('act.urge')}
									</Button>
								</div>
								<div>
									{duty.bearer} · {duty.name} {duty.overdue && <Tag color="red">{t('duty.late')}</Tag>}
								</div>
								<div className="muted">{t('duty.due', { day: showDay(duty.due_day, language) })}</div>
							</li>
						))}
					</ul>
				)}
			</Loaded>
		</Card>
	)
}
