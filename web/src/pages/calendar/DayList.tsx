// Duties under the day on which they are due, each done from here.
import { Tag } from 'antd'
import type { Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { distanceOf, weekdayOf, type Day } from '../../lib/calendar'
import { showDay } from '../../parts/format'
import { useDistance } from '../../parts/useDistance'
import { useWorkdays } from '../../parts/workdays'
import { DutyRow } from '../workbench/DutyRow'

export type Duty = Schema['duty_line']

interface Props {
	days: readonly Day[]
	heaps: ReadonlyMap<Day, readonly Duty[]>
	today: Day
	act: (duty: Duty) => void
}

const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const
export const weekdayWord = (day: Day) => `weekday.${WEEKDAYS[weekdayOf(day) - 1]!}` as const

function Heading({ day, today }: { day: Day; today: Day }) {
	const { t, language } = useLanguage()
	const say = useDistance()
	const distance = distanceOf(useWorkdays().data?.days ?? [], today, day)
	return (
		<h2 className="heap">
			{showDay(day, language)} <span className="muted">{t(weekdayWord(day))}</span> {distance && <Tag color={distance.kind === 'past' ? 'red' : distance.kind === 'today' ? 'orange' : undefined}>{say(distance)}</Tag>}
		</h2>
	)
}

export function DayList({ days, heaps, today, act }: Props) {
	const { t } = useLanguage()
	if (days.length === 0) return <p className="muted">{t('workbench.duties.none')}</p>
	return days.map((day) => (
		<section key={day}>
			<Heading day={day} today={today} />
			{!heaps.has(day) && <p className="muted">{t('calendar.free')}</p>}
			<ul className="rows">
				{heaps.get(day)?.map((duty) => (
					<DutyRow key={`${duty.matter}.${duty.id}`} duty={duty} isUrged={false} act={() => act(duty)} />
				))}
			</ul>
		</section>
	))
}
