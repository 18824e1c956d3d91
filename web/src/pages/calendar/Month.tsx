// A month: which days are worked, and what is due on each. On a phone only how much; a day is opened by its number.
import { TeamOutlined } from '@ant-design/icons'
import { Grid } from 'antd'
import { useLanguage } from '../../i18n'
import { monthOf, weeksOf, type Day } from '../../lib/calendar'
import { LampMark } from '../../parts/Lamp'
import { showDay, showMonth } from '../../parts/format'
import { useWorkdays } from '../../parts/workdays'
import { COLOURS, pressureOf } from '../workbench/DutyRow'
import { weekdayWord, type Duty } from './DayList'
import type { Meeting } from './MeetingList'

const SHOWN = 3

interface Props {
	month: string
	today: Day
	heaps: ReadonlyMap<Day, readonly Duty[]>
	meetings: readonly Meeting[]
	chosen?: Day
	choose: (day: Day) => void
}

function Cell({ day, duties, meetings, isRest, isToday, isChosen, isOther, choose }: { day: Day; duties: readonly Duty[]; meetings: readonly Meeting[]; isRest: boolean; isToday: boolean; isChosen: boolean; isOther: boolean; choose: () => void }) {
	const { t, language } = useLanguage()
	const wide = Grid.useBreakpoint().md ?? true
	const label = [showDay(day, language), isRest && t('calendar.rest'), t('calendar.count', { n: duties.length }), meetings.length > 0 && t('calendar.met', { n: meetings.length })].filter(Boolean).join(language === 'zh' ? '，' : ', ')
	return (
		<td className={['month-day', isRest && 'is-rest', isToday && 'is-today', isChosen && 'is-chosen', isOther && 'is-other'].filter(Boolean).join(' ')}>
			<button type="button" aria-label={label} aria-pressed={isChosen} {...(isToday && { 'aria-current': 'date' })} onClick={choose}>
				<span className="month-number">
					{Number(day.slice(8))} {isRest && <small>{t('calendar.rest.short')}</small>}
				</span>
				{meetings.slice(0, wide ? SHOWN : 1).map(({ matter }) => (
					<span key={matter.id} className="month-duty">
						<TeamOutlined aria-hidden /> {wide ? matter.title : meetings.length}
					</span>
				))}
				{wide &&
					duties.slice(0, SHOWN).map((duty) => (
						<span key={`${duty.matter}.${duty.id}`} className="month-duty">
							<LampMark colour={COLOURS[pressureOf(duty)]} /> {duty.title}
						</span>
					))}
				{wide && duties.length > SHOWN && <span className="muted">{t('calendar.more', { n: duties.length - SHOWN })}</span>}
				{!wide && duties.length > 0 && (
					<span className="month-duty">
						<LampMark colour={COLOURS[pressureOf(duties[0]!)]} /> {duties.length}
					</span>
				)}
			</button>
		</td>
	)
}

export function Month({ month, today, heaps, meetings, chosen, choose }: Props) {
	const { t, language } = useLanguage()
	const weeks = weeksOf(month)
	const worked = new Map(useWorkdays(weeks[0]![0], weeks.length * 7).data?.days.map(({ day, works }) => [day, works]))
	return (
		<table className="month">
			<caption className="unseen">{showMonth(month, language)}</caption>
			<thead>
				<tr>
					{weeks[0]!.map((day) => (
						<th scope="col" key={day}>
							{t(weekdayWord(day))}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{weeks.map((week) => (
					<tr key={week[0]}>
						{week.map((day) => (
							<Cell key={day} day={day} duties={heaps.get(day) ?? []} meetings={meetings.filter(({ held_on }) => held_on === day)} isRest={worked.get(day) === false} isToday={day === today} isChosen={day === chosen} isOther={monthOf(day) !== month} choose={() => choose(day)} />
						))}
					</tr>
				))}
			</tbody>
		</table>
	)
}
