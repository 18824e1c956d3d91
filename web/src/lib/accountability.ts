// Holding to account, case by case: how far each is, who must do the next step by when, and what is still open to whom it is about.
import type { Schema } from '../api/client'
import type { Procedure } from './procedure'

type Line = Pick<Schema['matter_line'], 'id' | 'state' | 'state_label'>
type Duty = Pick<Schema['duty_line'], 'matter' | 'name' | 'due'>
type Rules = Pick<Procedure, 'actions' | 'requests' | 'duties'>

export type Purpose = 'hearing' | 'appeal'

/** How many are in each state, in the order in which the states come. */
export function countStages(states: readonly Pick<Schema['state'], 'name' | 'label'>[], lines: readonly Line[]): { state: string; label: string; count: number }[] {
	return states.map(({ name, label }) => ({ state: name, label, count: lines.filter(({ state }) => state === name).length })).filter(({ count }) => count > 0)
}

/** What falls due next in each matter. */
export function nextDuties<T extends Duty>(duties: readonly T[]): Map<number, T> {
	const next = new Map<number, T>()
	for (const duty of duties) {
		const known = next.get(duty.matter)
		if (!known || duty.due < known.due) next.set(duty.matter, duty)
	}
	return next
}

/** What whom it is about may do in a state: be heard, appeal. */
export function opensTo({ actions }: Rules, state: string): Purpose[] {
	const purposes = actions.filter(({ from, purpose }) => purpose && from.includes(state)).map(({ purpose }) => purpose as Purpose)
	return (['hearing', 'appeal'] as const).filter((purpose) => purposes.includes(purpose))
}

/** What a duty is for, which a list names by its label only: an answer of whom it is about, or nothing of the kind. */
export function purposeOf({ actions, duties }: Rules, label: string): Purpose | undefined {
	const rule = duties.find((each) => each.label === label)
	return actions.find(({ name, purpose }) => purpose && rule?.discharged_by.includes(name))?.purpose
}
