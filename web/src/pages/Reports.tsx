// Reports of what one sees: any of them as a table, for a period, to print or to take along.
import { useQuery } from '@tanstack/react-query'
import { Button, Card, DatePicker, Select, Space } from 'antd'
import dayjs from 'dayjs'
import { get } from '../api/client'
import { useLanguage } from '../i18n'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { ReportTable } from '../parts/ReportTable'
import { useAddress } from '../parts/useAddress'
import { TakeReport } from './reports/TakeReport'

const NAMES = ['name', 'from', 'to', 'at'] as const
/** Those that compare two days, or are of a day. */
const OF_A_DAY = ['moves', 'vacancies', 'effects']

export default function Reports() {
	const { t, language } = useLanguage()
	const [asked, change] = useAddress(NAMES)
	const heads = useQuery({ queryKey: ['reports', language], queryFn: ({ signal }) => get('/api/v1/reports', { signal }), staleTime: 300_000 })
	const head = heads.data?.reports.find(({ name }) => name === asked.name) ?? heads.data?.reports[0]
	const isOfDay = head !== undefined && OF_A_DAY.includes(head.name)
	const period = { ...(head?.period && { from: asked.from, to: asked.to }), ...(isOfDay && { at: asked.at }) }
	const report = useQuery({
		queryKey: ['report', head?.name, period, language],
		enabled: head !== undefined,
		queryFn: ({ signal }) => get('/api/v1/reports/{report}', { path: { report: head!.name }, query: period, signal }),
		refetchOnWindowFocus: false,
	})
	const day = (name: 'from' | 'to' | 'at') => <DatePicker allowClear aria-label={t(`reports.${name}`)} placeholder={t(`reports.${name}`)} value={asked[name] ? dayjs(asked[name]) : null} onChange={(picked) => change({ [name]: picked?.format('YYYY-MM-DD') })} />
	return (
		<>
			<PageHead title={head?.title ?? t('nav.reports')}>
				<span className="muted">{head?.period && t(`reports.period.${head.period}`)}</span>
			</PageHead>
			<Loaded query={heads}>
				{({ reports }) => (
					<Card>
						<Space wrap className="filters no-print">
							<Select aria-label={t('nav.reports')} style={{ width: 260, maxWidth: '100%' }} value={head?.name} onChange={(name: string) => change({ name })} options={reports.map(({ name, title }) => ({ value: name, label: title }))} />
							{head?.period && day('from')}
							{head?.period && day('to')}
							{isOfDay && day('at')}
							<Button onClick={() => print()}>{t('reports.print')}</Button>
							{head && <TakeReport name={head.name} query={period} />}
						</Space>
						<Loaded query={report} rows={12}>
							{(shown) => <ReportTable report={shown} />}
						</Loaded>
					</Card>
				)}
			</Loaded>
		</>
	)
}
