// What I owe by the day on which it is due: a month at a glance, or a list from today on; and the same for one's own calendar program.
import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Card, Segmented, Space } from 'antd'
import { get } from '../api/client'
import { useLanguage } from '../i18n'
import { addMonths, byDay, monthOf, weeksOf, type Day } from '../lib/calendar'
import { showMonth } from '../parts/format'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { useAddress } from '../parts/useAddress'
import { usePages } from '../parts/usePages'
import { useWorkdays } from '../parts/workdays'
import { DayList, type Duty } from './calendar/DayList'
import { MeetingList } from './calendar/MeetingList'
import { Month } from './calendar/Month'
import { Subscribe } from './calendar/Subscribe'
import { ActDrawer } from './matter/act/ActDrawer'
import { useActingElsewhere } from './matter/act/useActing'

const NAMES = ['view', 'month', 'day'] as const
const LIMIT = 200

/** Meetings and what they decide on, by their day. */
function useMeetings(month: string) {
	const { language } = useLanguage()
	const weeks = weeksOf(month)
	const from = weeks[0]![0]!, to = weeks.at(-1)![6]!
	const query = useQuery({ queryKey: ['meetings', from, to, language], queryFn: ({ signal }) => get('/api/v1/meetings', { query: { from, to, limit: LIMIT }, signal }) })
	return query.data?.meetings.filter((meeting) => meeting.of === undefined) ?? []
}

/** All that I owe: a calendar with a part of it would be wrong without saying so. */
function useMine() {
	return usePages(['duties', 'calendar'], (cursor, signal) => get('/api/v1/duties', { query: { mine: true, limit: LIMIT, cursor }, signal }), (page) => page.duties)
}

interface Asked {
	view?: string
	month?: string
	day?: string
}

function Shown({ today, duties, asked, change, act }: { today: Day; duties: readonly Duty[]; asked: Asked; change: (to: Asked) => void; act: (duty: Duty) => void }) {
	const { t, language } = useLanguage()
	const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(asked.month ?? '') ? asked.month! : monthOf(today)
	const heaps = byDay(duties)
	const meetings = useMeetings(month)
	const isList = asked.view === 'list'
	const chosen = asked.day ?? (monthOf(today) === month ? today : undefined)
	return (
		<>
			<Space wrap className="filters no-print">
				<Segmented aria-label={t('calendar.view')} value={isList ? 'list' : 'month'} onChange={(view) => change({ view: view === 'list' ? 'list' : undefined })} options={(['month', 'list'] as const).map((view) => ({ value: view, label: t(`calendar.${view}`) }))} />
				{!isList && (
					<>
						<Button icon={<LeftOutlined aria-hidden />} aria-label={t('calendar.before')} onClick={() => change({ month: addMonths(month, -1), day: undefined })} />
						<strong className="month-name">{showMonth(month, language)}</strong>
						<Button icon={<RightOutlined aria-hidden />} aria-label={t('calendar.after')} onClick={() => change({ month: addMonths(month, 1), day: undefined })} />
						<Button onClick={() => change({ month: undefined, day: undefined })}>{t('calendar.today')}</Button>
					</>
				)}
			</Space>
			{isList ? <DayList days={[...heaps.keys()].sort()} heaps={heaps} today={today} act={act} /> : <Month month={month} today={today} heaps={heaps} meetings={meetings} chosen={chosen} choose={(day) => change({ day })} />}
			{!isList && chosen && <MeetingList meetings={meetings.filter(({ held_on }) => held_on === chosen)} />}
			{!isList && chosen && <DayList days={[chosen]} heaps={heaps} today={today} act={act} />}
		</>
	)
}

export default function Calendar() {
	const { t } = useLanguage()
	const [asked, change] = useAddress(NAMES)
	const { query, more } = useMine()
	const { acting, open, choose, close } = useActingElsewhere()
	const workdays = useWorkdays()
	return (
		<>
			<PageHead title={t('nav.calendar')}>
				<span className="muted">{t('calendar.why')}</span>
			</PageHead>
			<Space orientation="vertical" size={16} style={{ width: '100%' }}>
				<Card>
					<Loaded query={workdays} rows={8}>
						{({ today }) => <Loaded query={query} rows={8}>{(duties) => <Shown today={today} duties={duties} asked={asked} change={change} act={({ matter, id }) => open(matter, id)} />}</Loaded>}
					</Loaded>
					{more.has && (
						<p className="muted">
							{t('calendar.part')}{' '}
							<Button size="small" loading={more.busy} onClick={() => void more.fetch()}>
								{t('workbench.more')}
							</Button>
						</p>
					)}
				</Card>
				<Subscribe />
			</Space>
			{acting && <ActDrawer key={acting.matter} {...acting} choose={choose} close={close} />}
		</>
	)
}
