// What was learned of what was planned, by unit and person; sessions, and who still owes to catch up; which requirement became which standard
// of work; and the standards of local party work, centre by centre.
import { useQuery } from '@tanstack/react-query'
import { Card, DatePicker, Space } from 'antd'
import dayjs from 'dayjs'
import { Link } from 'wouter'
import { get, type Schema } from '../api/client'
import { useLanguage } from '../i18n'
import { matterList } from '../lib/figures'
import { yearPeriod } from '../lib/education'
import { showDay } from '../parts/format'
import { useProcedures } from '../parts/Filters'
import { Lamp } from '../parts/Lamp'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { ReportTable, type Row } from '../parts/ReportTable'
import { Rows, type Column } from '../parts/Rows'
import { useAddress } from '../parts/useAddress'
import { usePages } from '../parts/usePages'
import { TakeReport } from './reports/TakeReport'

type Line = Schema['matter_line']
const NAMES = ['year', 'unit', 'centre'] as const
const HIDDEN = ['code'] as const
/** Of each table; there are centres by the hundred. */
const FIRST_ROWS = 40

interface Asked {
	from?: string
	to?: string
	unit?: string
}

function useReport(name: string, asked: Asked, enabled = true) {
	const { language } = useLanguage()
	return useQuery({ queryKey: ['report', name, asked, language], enabled, queryFn: ({ signal }) => get('/api/v1/reports/{report}', { path: { report: name }, query: { ...asked }, signal }), refetchOnWindowFocus: false })
}

function Told({ name, title, asked, link, extra }: { name: string; title: string; asked: Asked; link?: (key: string, row: Row) => string | undefined; extra?: React.ReactNode }) {
	const report = useReport(name, asked)
	return (
		<Card
			title={title}
			extra={
				<Space wrap>
					{extra}
					<TakeReport name={name} query={asked} />
				</Space>
			}
		>
			<Loaded query={report} rows={8}>
				{(shown) => <ReportTable report={shown} link={link} hide={HIDDEN} first={FIRST_ROWS} />}
			</Loaded>
		</Card>
	)
}

function Matters({ procedure, title, empty, isOpen }: { procedure: string; title: string; empty: string; isOpen?: boolean }) {
	const { t, language } = useLanguage()
	const { query, more } = usePages(['matters', procedure, isOpen], (cursor, signal) => get('/api/v1/matters', { query: { procedure, open: isOpen, sort: isOpen ? 'due' : undefined, limit: 20, cursor }, signal }), (page) => page.matters)
	const columns: Column<Line>[] = [
		{ key: 'title', title: t('matters.title'), render: (line) => <Link href={`/matters/${line.id}`}>{line.title}</Link> },
		{ key: 'lamp', title: t('matters.lamp'), isShort: true, render: ({ lamp }) => <Lamp colour={lamp} /> },
		{ key: 'number', title: t('column.number'), isShort: true, render: ({ number }) => number },
		{ key: 'unit', title: t('column.unit'), render: ({ unit_name }) => unit_name },
		{ key: 'state', title: t('column.state'), isShort: true, render: ({ state_label }) => state_label },
		{ key: 'due', title: t('column.due'), isShort: true, render: ({ due_day }) => showDay(due_day, language) },
	]
	return (
		<Card title={title} extra={<Link href={matterList({ procedure })}>{t('matter.parts.all')}</Link>}>
			<Loaded query={query}>{(rows) => <Rows label={title} rows={rows} columns={columns} keyOf={({ id }) => id} empty={empty} more={more} />}</Loaded>
		</Card>
	)
}

export default function Education() {
	const { t } = useLanguage()
	const [asked, change] = useAddress(NAMES)
	const procedures = useProcedures().data?.procedures ?? []
	const studied = (as: Schema['procedure_head']['study']) => procedures.filter(({ study }) => study === as)
	const period = yearPeriod(asked.year)
	const kept = asked.year ? `year=${asked.year}&` : ''
	const toUnit = (key: string, row: Row) => (key === 'unit' && row.code ? `/education?${kept}unit=${encodeURIComponent(row.code)}` : undefined)
	const toCentre = (key: string, row: Row) => (key === 'unit' && row.code ? `/education?${kept}centre=${encodeURIComponent(row.code)}` : undefined)
	const toMatter = (key: string, row: Row) => (key === 'number' && row.number ? `/matters?q=${encodeURIComponent(row.number)}` : undefined)
	const back = (
		<Link href={asked.year ? `/education?year=${asked.year}` : '/education'} className="no-print">
			{t('education.back')}
		</Link>
	)
	return (
		<>
			<PageHead title={t('nav.education')}>
				<span className="muted">{t('education.why')}</span>
				<DatePicker picker="year" allowClear aria-label={t('education.year')} placeholder={t('education.year')} value={asked.year ? dayjs(`${asked.year}-01-01`) : null} onChange={(picked) => change({ year: picked?.format('YYYY') })} />
				<Link href="/import?kind=attendance">{t('education.import')}</Link>
			</PageHead>
			<Space orientation="vertical" size={16} style={{ width: '100%' }}>
				{asked.unit ? <Told name="education" title={t('education.people')} asked={{ ...period, unit: asked.unit }} extra={back} /> : <Told name="education" title={t('education.units')} asked={period} link={toUnit} />}
				{studied('session').map(({ name, title }, _, all) => (
					<Matters key={name} procedure={name} title={all.length > 1 ? title : t('education.sessions')} empty={t('education.none')} />
				))}
				{studied('catch_up').map(({ name, title }, _, all) => (
					<Matters key={name} procedure={name} title={all.length > 1 ? title : t('education.owed')} empty={t('education.noneOwed')} isOpen />
				))}
				<Told name="requirements" title={t('education.requirements')} asked={{}} link={toMatter} />
				{asked.centre ? <Told name="standards" title={t('education.items')} asked={{ unit: asked.centre }} extra={back} /> : <Told name="standards" title={t('education.standards')} asked={{}} link={toCentre} />}
			</Space>
		</>
	)
}
