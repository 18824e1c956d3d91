// A procedure told by its own words: names of states, roles and actions are replaced by their labels.
import type { Schema } from '../api/client'

export type Procedure = Schema['procedure']

export interface Labels {
	state: (name: string | undefined) => string
	role: (name: string | undefined) => string
	/** Of an action or a request. */
	act: (name: string | undefined) => string
	field: (name: string | undefined) => string
}

export function labelsOf(procedure: Procedure): Labels {
	const among = (...lists: { name: string; label: string }[][]) => (name: string | undefined) => (name === undefined ? '' : (lists.flat().find((each) => each.name === name)?.label ?? name))
	return {
		state: among(procedure.states),
		role: among(procedure.roles),
		act: among(procedure.actions, procedure.requests),
		field: among(procedure.fields),
	}
}

/** "rule, article" of each. */
export const basisOf = (basis: readonly Schema['basis'][]): string[] => basis.map(({ rule, article, note }) => [`${rule}${article ? ` ${article}` : ''}`, note].filter(Boolean).join(' · '))
