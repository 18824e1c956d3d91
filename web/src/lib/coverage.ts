// The coverage of a term as a table of units, the four supervisions and years; and how two plans of rounds differ.
import type { Schema } from '../api/client'

type Coverage = Schema['coverage']
type Unit = Schema['covered_unit']
type Plan = Schema['coverage_plan']

export type Supervision = Schema['coverage_sum']['supervision']

export function yearsOf({ from, to }: Pick<Coverage, 'from' | 'to'>): number[] {
	const first = Number(from.slice(0, 4))
	return Array.from({ length: Number(to.slice(0, 4)) - first + 1 }, (_, place) => first + place)
}

export interface Cell {
	times: number
	/** By which it was last covered, where that was in this year. */
	matter?: number
}
export interface Stretch {
	supervision: Supervision
	/** Never in the term. */
	isGap: boolean
	cells: Cell[]
}

/** The cells of a unit, supervision by supervision in the order of the sums. */
export function stretchesOf(unit: Unit, coverage: Pick<Coverage, 'sums' | 'from' | 'to'>): Stretch[] {
	const years = yearsOf(coverage)
	return coverage.sums.map(({ supervision }) => {
		const by = unit.supervisions.find((each) => each.supervision === supervision)
		return {
			supervision,
			isGap: by?.last === undefined,
			cells: years.map((year) => ({ times: by?.years.find((each) => each.year === year)?.times ?? 0, matter: by?.last?.startsWith(String(year)) ? by.matter : undefined })),
		}
	})
}

/** How dark a cell is, from 0 for none to 3. */
export const shadeOf = (times: number) => Math.min(3, times)

/** Units with most gaps first; only those with gaps where that is asked. */
export function unitsShown(units: readonly Unit[], kind: string | undefined, onlyGaps: boolean): Unit[] {
	return units.filter((unit) => (!kind || unit.kind === kind) && (!onlyGaps || unit.covered < 4)).sort((a, b) => a.covered - b.covered)
}

/** Each kind once, to be chosen from. */
export const kindsOf = (units: readonly { kind: string; kind_label: string }[]) =>
	[...new Map(units.filter(({ kind }) => kind).map(({ kind, kind_label: label }) => [kind, label])).entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([value, label]) => ({ value, label }))

/** In which round each unit is inspected. */
export function roundOf(plan: Pick<Plan, 'teams'>): Map<string, number> {
	return new Map((plan.teams ?? []).flatMap(({ round, units }) => units.map((unit) => [unit, round] as const)))
}

export interface Moved {
	unit: string
	/** undefined: not in that plan. */
	before?: number
	after?: number
}

/** Units that another plan inspects in another round. */
export function movedBetween(before: Pick<Plan, 'teams'>, after: Pick<Plan, 'teams'>): Moved[] {
	const [old, now] = [roundOf(before), roundOf(after)]
	return [...new Set([...old.keys(), ...now.keys()])].map((unit) => ({ unit, before: old.get(unit), after: now.get(unit) })).filter((each) => each.before !== each.after)
}
