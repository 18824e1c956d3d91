// Units by a formula: points as they are written, and as bars.
import type { Figures } from './figures'

interface Part {
	points: number
	good?: number
	all: number
	empty: boolean
}
interface Unit {
	code: string
	name: string
	kind: string
	points: number
}

/** Points come in hundredths. */
export const pointsOf = (hundredths: number) => (hundredths / 100).toFixed(2)

/** "24.00 (3/5)" of a rate, "-4.00 (2)" of a count; nothing where there was nothing to judge. */
export function partOf({ points, good, all, empty }: Part): string {
	if (empty) return ''
	return `${pointsOf(points)} (${good === undefined ? all : `${good}/${all}`})`
}

/** How many units a drawing has room for. */
const DRAWN = 30

/** Bars of units of one kind, the best first; each opens what is behind its points. */
export function performanceFigures(units: readonly Unit[], words: { label: string; of: string; points: string }, to: (code: string) => string): Figures {
	const shown = units.slice(0, DRAWN)
	return {
		label: words.label,
		of: words.of,
		shape: 'beside',
		names: shown.map(({ code, name }) => ({ text: name, to: to(code) })),
		series: [{ name: words.points, colour: 'plain', marks: shown.map(({ code, points }) => ({ value: points / 100, to: to(code) })) }],
	}
}

/** The calendar year before the one of that day. */
export function lastYear(today: string): { from: string; to: string } {
	const year = Number(today.slice(0, 4)) - 1
	return { from: `${year}-01-01`, to: `${year}-12-31` }
}
