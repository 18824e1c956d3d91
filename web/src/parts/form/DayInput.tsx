// A day as the server writes it: "2019-03-05".
import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { distanceOf } from '../../lib/calendar'
import { useDistance } from '../useDistance'
import { useWorkdays } from '../workdays'

interface Props {
	id?: string
	value?: string
	onChange?: (value: string | undefined) => void
	/** Today at the institution, where the calendar opens. */
	today?: string
}

export function DayInput({ value, onChange, today, ...rest }: Props) {
	const say = useDistance()
	const known = useWorkdays().data
	const distance = known && value ? distanceOf(known.days, known.today, value) : null
	return (
		<>
			<DatePicker {...rest} value={value ? dayjs(value) : null} defaultPickerValue={today ? dayjs(today) : undefined} onChange={(day) => onChange?.(day?.format('YYYY-MM-DD'))} onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()} showNow={false} style={{ width: '100%', maxWidth: 240 }} />
			<div className={distance?.kind === 'past' ? 'day-hint is-past' : 'day-hint muted'} aria-live="polite">
				{distance && say(distance)}
			</div>
		</>
	)
}
