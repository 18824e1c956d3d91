// How far the mending of what was found is: stage by stage, and the rate of what was verified and struck off.
import type { Schema } from '../api/client'
import type { Figures } from './figures'
import { matterList } from './figures'
import type { Procedure } from './procedure'

type Head = Pick<Schema['procedure_head'], 'name' | 'covers' | 'counts_as'>

/** Procedures of what is found and, behind them, of its mending. */
export const mendingOf = <T extends Head>(procedures: readonly T[]): T[] => ['finding', 'rectification'].flatMap((as) => procedures.filter(({ counts_as }) => counts_as === as))
export const inspectionsOf = <T extends Head>(procedures: readonly T[]): T[] => procedures.filter(({ covers }) => covers === 'inspection')

export interface Stage {
	state: string
	label: string
	end?: 'success' | 'failure' | 'void'
	count: number
}

export const stagesOf = (procedure: Pick<Procedure, 'states'>, counts: readonly number[]): Stage[] => procedure.states.map(({ name, label, end }, place) => ({ state: name, label, end, count: counts[place] ?? 0 }))

/** Of all that was not dropped, what ended well; null when there is nothing. Ending well takes the verification of another. */
export function closingRate(stages: readonly Stage[]): { closed: number; all: number; percent: number } | null {
	const sum = (of: readonly Stage[]) => of.reduce((total, { count }) => total + count, 0)
	const all = sum(stages.filter(({ end }) => end !== 'void'))
	const closed = sum(stages.filter(({ end }) => end === 'success'))
	return all === 0 ? null : { closed, all, percent: Math.round((100 * closed) / all) }
}

export function stageFigures(procedure: string, stages: readonly Stage[], words: { label: string; of: string; count: string }): Figures {
	const to = (state: string) => matterList({ procedure, state })
	return {
		label: words.label,
		of: words.of,
		shape: 'stacked',
		names: stages.map(({ state, label }) => ({ text: label, to: to(state) })),
		series: [{ name: words.count, colour: 'plain', marks: stages.map(({ state, count }) => ({ value: count, to: count > 0 ? to(state) : undefined })) }],
	}
}
