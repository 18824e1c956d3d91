// A day as the server writes it: "2019-03-05".
import { DatePicker } from 'antd'
import dayjs from 'dayjs'

interface Props {
	id?: string
	value?: string
	onChange?: (value: string | undefined) => void
	/** Today at the institution, where the calendar opens. */
	today?: string
}

export function DayInput({ value, onChange, today, ...rest }: Props) {
	return <DatePicker {...rest} value={value ? dayjs(value) : null} defaultPickerValue={today ? dayjs(today) : undefined} onChange={(day) => onChange?.(day?.format('YYYY-MM-DD'))} onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()} showNow={false} style={{ width: '100%', maxWidth: 240 }} />
}
