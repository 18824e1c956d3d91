// Where days stand on a line of whole years, in percent of its length. Days are the institution's own, as the server says them.
import type { Schema } from '../api/client'

type Line = Pick<Schema['matter_line'], 'opened' | 'due_day' | 'ended'>

export interface Scale {
	/** Days since 1970; `until` is the first that is no longer on it. */
	from: number
	until: number
}
export interface Bar {
	left: number
	width: number
	/** The day by which something is due next. */
	due?: number
}

const DAY_MS = 86_400_000
export const dayNumber = (text: string) => Math.floor(Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / DAY_MS)
const yearOf = (day: number) => new Date(day * DAY_MS).getUTCFullYear()
const firstOf = (year: number, month = 0) => Math.floor(Date.UTC(year, month, 1) / DAY_MS)

const daysOf = (lines: readonly Line[]) => lines.flatMap(({ opened, due_day, ended }) => [opened, due_day, ended].filter((text) => text !== undefined).map(dayNumber))

/** The whole years in which all of them and today are. */
export function scaleOf(lines: readonly Line[], today: string): Scale {
	const years = [...daysOf(lines), dayNumber(today)].map(yearOf)
	return { from: firstOf(Math.min(...years)), until: firstOf(Math.max(...years) + 1) }
}

export function placeOf(day: number, { from, until }: Scale): number {
	return Math.min(100, Math.max(0, (100 * (day - from)) / (until - from)))
}

/** First days of months, or of quarters where there are more than two years. */
export function ticksOf(scale: Scale): { year: number; month: number; left: number }[] {
	const years = yearOf(scale.until - 1) - yearOf(scale.from) + 1
	const step = years > 2 ? 3 : 1
	return Array.from({ length: (years * 12) / step }, (_, place) => {
		const year = yearOf(scale.from) + Math.floor((place * step) / 12)
		const month = (place * step) % 12
		return { year, month: month + 1, left: placeOf(firstOf(year, month), scale) }
	})
}

/** From when it was opened until it ended, or today while it runs. */
export function barOf({ opened, due_day, ended }: Line, today: string, scale: Scale): Bar {
	const left = placeOf(dayNumber(opened), scale)
	const right = placeOf(dayNumber(ended ?? today) + 1, scale)
	return { left, width: Math.max(0, right - left), due: ended || !due_day ? undefined : placeOf(dayNumber(due_day), scale) }
}
