// What was decided and is in effect today: on whom, until when, and what it bars.
import { useQuery } from '@tanstack/react-query'
import { Card } from 'antd'
import { Link } from 'wouter'
import { get } from '../../api/client'
import { useLanguage } from '../../i18n'
import { matterList } from '../../lib/figures'
import { Loaded } from '../../parts/Loaded'
import { Rows, type Column } from '../../parts/Rows'

const REPORT = 'effects'
/** The column by which its matter is found. */
const NUMBER = 'number'

export function Effects() {
	const { t, language } = useLanguage()
	const query = useQuery({ queryKey: ['report', REPORT, language], queryFn: ({ signal }) => get('/api/v1/reports/{report}', { path: { report: REPORT }, signal }) })
	return (
		<Card title={<h2 className="card-title">{t('effects.title')}</h2>} extra={<Link href={`/reports?name=${REPORT}`}>{t('nav.reports')}</Link>}>
			<p className="muted">{t('effects.why')}</p>
			<Loaded query={query} isEmpty={({ rows }) => rows.length === 0} empty={<p className="muted">{t('effects.none')}</p>}>
				{({ columns, rows, title }) => {
					const shown: Column<string[]>[] = columns.map(({ key, title: heading, number }, place) => ({
						key,
						title: heading,
						isShort: number,
						render: (cells) => (key === NUMBER ? <Link href={matterList({ q: cells[place] })}>{cells[place]}</Link> : cells[place]),
					}))
					return <Rows label={title} rows={rows.map(({ cells }) => cells)} columns={shown} keyOf={(cells) => cells.join(' ')} empty={t('effects.none')} />
				}}
			</Loaded>
		</Card>
	)
}
