// The roster in figures: moves month by month and kind by kind, and how old those are who head units.
import type { Schema } from '../api/client'
import type { Figures, Mark } from './figures'

type Roster = Schema['roster']

/** The tenures of a kind that began from a day on until another, which isn't included. */
const tenureList = (from: string, until: string, move?: string) => `/institution?${new URLSearchParams({ tab: 'tenures', began_from: from, began_until: until, ...(move !== undefined && { move }) })}`

/** "2019-12" → "2020-01". */
function monthAfter(month: string): string {
	const [year = 0, of = 0] = month.split('-').map(Number)
	return of === 12 ? `${year + 1}-01` : `${year}-${String(of + 1).padStart(2, '0')}`
}

/** Kinds that move somebody are full, others faint; months between the first and the last are all there. */
export function moveFigures(moves: Roster['moves'], words: { label: string; of: string }): Figures {
	const last = moves[moves.length - 1]?.month ?? ''
	const months: string[] = []
	for (let month = moves[0]?.month; month !== undefined && month <= last; month = monthAfter(month)) months.push(month)
	const kinds = [...new Map(moves.map(({ label, move, moves: counts }) => [label, { label, move, counts }])).values()].sort((a, b) => Number(b.counts) - Number(a.counts))
	const mark = (month: string, kind: (typeof kinds)[number]): Mark => {
		const value = moves.find((row) => row.month === month && row.label === kind.label)?.count ?? 0
		return { value, to: value > 0 ? tenureList(`${month}-01`, `${monthAfter(month)}-01`, kind.move) : undefined }
	}
	const colours = ['plain', 'faint', 'blue', 'grey'] as const
	return {
		label: words.label,
		of: words.of,
		shape: 'stacked',
		names: months.map((month) => ({ text: month, to: tenureList(`${month}-01`, `${monthAfter(month)}-01`) })),
		series: kinds.map((kind, place) => ({ name: kind.label, colour: colours[place % colours.length]!, marks: months.map((month) => mark(month, kind)) })),
	}
}

/** Bands of age on each of the days. No list: nobody's age is told. */
export function ageFigures(ages: Roster['ages'], words: { label: string; of: string; day: (day: string) => string }): Figures {
	return {
		label: words.label,
		of: words.of,
		shape: 'beside',
		names: (ages[0]?.bands ?? []).map(({ label }) => ({ text: label })),
		series: ages.map(({ day, bands }, place) => ({ name: words.day(day), colour: place + 1 === ages.length ? 'plain' : 'faint', marks: bands.map(({ count }) => ({ value: count })) })),
	}
}
