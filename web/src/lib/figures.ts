// Figures that are drawn and, for whoever can't see or use a drawing, written: one source for both, so that they can't differ.
import type { LampColour } from '../parts/Lamp'
import { printQuery, type MatterQuery } from './matterQuery'

export interface Mark {
	value: number
	/** The list that it counts. */
	to?: string
}
export interface Series {
	name: string
	colour: LampColour | 'plain' | 'faint'
	/** One for each name. */
	marks: Mark[]
}
export interface Figures {
	/** What is shown, for those who can't see it. */
	label: string
	/** What the names are: units, months. */
	of: string
	names: { text: string; to?: string }[]
	series: Series[]
	shape: 'stacked' | 'beside' | 'line'
	unit?: string
}

export const LAMP_ORDER: readonly LampColour[] = ['red', 'yellow', 'green', 'blue', 'grey']
export const matterList = (query: MatterQuery) => `/matters${printQuery(query)}`

type Lamps = Record<LampColour, number>
interface LampRow extends Lamps {
	name: string
	open: number
}

/** The rows with most that runs, those with most red ones first. */
export function mostPressing<T extends LampRow>(rows: readonly T[], count: number): T[] {
	return rows.filter(({ open }) => open > 0).sort((a, b) => b.red - a.red || b.yellow - a.yellow || b.open - a.open || a.name.localeCompare(b.name)).slice(0, count)
}

/** Lamps of what runs, row by row. A colour that no row has isn't drawn. */
export function lampFigures<T extends LampRow>(rows: readonly T[], words: { label: string; of: string; lamp: (colour: LampColour) => string }, query: (row: T) => MatterQuery): Figures {
	const shown = LAMP_ORDER.filter((colour) => rows.some((row) => row[colour] > 0))
	return {
		label: words.label,
		of: words.of,
		shape: 'stacked',
		names: rows.map((row) => ({ text: row.name, to: matterList({ ...query(row), open: true }) })),
		series: shown.map((colour) => ({
			name: words.lamp(colour),
			colour,
			marks: rows.map((row) => ({ value: row[colour], to: row[colour] > 0 ? matterList({ ...query(row), lamp: colour, open: true }) : undefined })),
		})),
	}
}

interface Programme {
	matter: { id: number; title: string; progress?: number }
	parts: number
	open: number
}

const percent = (part: number, whole: number) => (whole > 0 ? Math.round((100 * part) / whole) : 0)

/** How far programmes are, by what was reported and by how many of their parts have ended; the least far first. */
export function progressFigures(programmes: readonly Programme[], count: number, words: { label: string; of: string; progress: string; ended: string }): Figures {
	const shown = [...programmes].sort((a, b) => (a.matter.progress ?? 0) - (b.matter.progress ?? 0) || b.parts - a.parts).slice(0, count)
	return {
		label: words.label,
		of: words.of,
		shape: 'beside',
		unit: '%',
		names: shown.map(({ matter }) => ({ text: matter.title, to: `/matters/${matter.id}` })),
		series: [
			{ name: words.progress, colour: 'plain', marks: shown.map(({ matter }) => ({ value: matter.progress ?? 0, to: `/matters/${matter.id}` })) },
			{ name: words.ended, colour: 'faint', marks: shown.map(({ matter, parts, open }) => ({ value: percent(parts - open, parts), to: matterList({ programme: matter.id }) })) },
		],
	}
}

/** Units by how many matters wait there that nobody has taken up: a grey lamp. */
export function untakenFigures(rows: readonly { code: string; name: string; grey: number }[], count: number, words: { label: string; of: string; count: string }): Figures {
	const shown = rows.filter(({ grey }) => grey > 0).sort((a, b) => b.grey - a.grey || a.name.localeCompare(b.name)).slice(0, count)
	const to = (code: string) => matterList({ unit: code, lamp: 'grey', open: true, sort: 'due' })
	return {
		label: words.label,
		of: words.of,
		shape: 'stacked',
		names: shown.map(({ code, name }) => ({ text: name, to: to(code) })),
		series: [{ name: words.count, colour: 'grey', marks: shown.map(({ code, grey }) => ({ value: grey, to: to(code) })) }],
	}
}

interface Period {
	from: string
	to: string
	opened: number
	closed: number
	late: number
	breached: number
}

/** The day behind one: a list's "until" isn't included. */
const dayAfter = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/** Lines over weeks or months. What was opened opens its list; no list is by the day on which something ended or was breached. */
export function trendFigures(periods: readonly Period[], by: 'week' | 'month', words: { label: string; of: string; opened: string; closed: string; late: string; breached: string }): Figures {
	const marks = (key: 'closed' | 'late' | 'breached') => periods.map((period) => ({ value: period[key] }))
	return {
		label: words.label,
		of: words.of,
		shape: 'line',
		names: periods.map(({ from }) => ({ text: by === 'month' ? from.slice(0, 7) : from })),
		series: [
			{ name: words.opened, colour: 'plain', marks: periods.map(({ from, to, opened }) => ({ value: opened, to: opened > 0 ? matterList({ opened_from: from, opened_until: dayAfter(to) }) : undefined })) },
			{ name: words.closed, colour: 'green', marks: marks('closed') },
			{ name: words.late, colour: 'yellow', marks: marks('late') },
			{ name: words.breached, colour: 'red', marks: marks('breached') },
		],
	}
}
