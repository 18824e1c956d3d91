// Days by their names, "2019-03-05", as the server writes them: counted without any clock of this device.
export type Day = string
export interface CalendarDay {
	day: Day
	works: boolean
}

const DAY_MS = 86_400_000
const numberOf = (day: Day) => Date.parse(`${day}T00:00:00Z`) / DAY_MS
const dayOf = (number: number): Day => new Date(number * DAY_MS).toISOString().slice(0, 10)

export const addDays = (day: Day, days: number): Day => dayOf(numberOf(day) + days)
export const daysBetween = (from: Day, to: Day) => numberOf(to) - numberOf(from)
/** 1 Monday … 7 Sunday. */
export const weekdayOf = (day: Day) => ((numberOf(day) + 3) % 7) + 1
export const monthOf = (day: Day) => day.slice(0, 7)

/** The month before or after, "2019-03". */
export function addMonths(month: string, months: number): string {
	const [year = 0, of = 1] = month.split('-').map(Number)
	return new Date(Date.UTC(year, of - 1 + months, 1)).toISOString().slice(0, 7)
}

/** The weeks that a month touches, each from Monday to Sunday. */
export function weeksOf(month: string): Day[][] {
	const first = `${month}-01`
	const weeks: Day[][] = []
	for (let day = addDays(first, 1 - weekdayOf(first)); monthOf(day) <= month; day = addDays(day, 7)) weeks.push(Array.from({ length: 7 }, (_, i) => addDays(day, i)))
	return weeks
}

/** Working days after `from` up to and including `to`, as the server counts them; null where the days in between aren't known. */
export function countWorking(days: readonly CalendarDay[], from: Day, to: Day): number | null {
	const between = days.filter(({ day }) => day > from && day <= to)
	return between.length === daysBetween(from, to) ? between.filter(({ works }) => works).length : null
}

/** What is to be said beside a day that is filled in. */
export type Distance = { kind: 'past'; days: number } | { kind: 'today' } | { kind: 'working'; days: number; rests: boolean } | null

const YEAR = 366

/** Nothing of days long past, which are no limits, nor of days that lie beyond what is known. */
export function distanceOf(days: readonly CalendarDay[], today: Day, day: Day): Distance {
	const far = daysBetween(today, day)
	if (far === 0) return { kind: 'today' }
	if (far < 0) return -far <= YEAR ? { kind: 'past', days: -far } : null
	const working = countWorking(days, today, day)
	return working === null ? null : { kind: 'working', days: working, rests: days.some((each) => each.day === day && !each.works) }
}

/** What falls on each day, in the order in which it came. */
export function byDay<T extends { due_day: Day }>(duties: readonly T[]): Map<Day, T[]> {
	const heaps = new Map<Day, T[]>()
	for (const duty of duties) heaps.set(duty.due_day, [...(heaps.get(duty.due_day) ?? []), duty])
	return heaps
}
