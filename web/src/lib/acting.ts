// What of a matter serves a duty: the acts that discharge it first, then the rest that may be done.
import type { Schema } from '../api/client'
import { mayDo, WORDS, type Act, type Matter } from './act'

export interface Choice {
	act: Act
	label: string
	/** The state it leads to. */
	to?: string
}

export function actOfPossible(possible: Schema['possible']): Act {
	return possible.action ? { kind: 'action', name: possible.action } : { kind: 'request', name: possible.request ?? '' }
}

/** A duty of the matter names its rule by its label only. */
export function choicesFor(matter: Matter, procedure: Schema['procedure'], duty: Schema['duty'] | undefined): { serves: Choice[]; others: Choice[]; words: readonly (typeof WORDS)[number][] } {
	const rule = procedure.duties.find(({ label }) => duty?.kind === 'rule' && label === duty.name)
	const may = matter.possible.filter((each) => each.may).map((each) => ({ act: actOfPossible(each), label: each.label, to: each.to }))
	const isServing = ({ act }: Choice) => act.kind === 'action' && !!rule?.discharged_by.includes(act.name)
	return { serves: may.filter(isServing), others: may.filter((each) => !isServing(each)), words: WORDS.filter((word) => mayDo(matter, word)) }
}

export const isLoss = (procedure: Schema['procedure'] | undefined, to: string | undefined) => ['void', 'failure'].includes(procedure?.states.find(({ name }) => name === to)?.end ?? '')
