// What follows on an act, read from the procedure: the state it leads to, and who must then do what within which limit. Only what
// the definition says; which day that is the server counts.
import type { Schema } from '../api/client'

type Procedure = Schema['procedure']
type Limit = Schema['limit']

export interface Follow {
	name: string
	label: string
	bearer?: string
	limit: Limit
	/** The day that the limit's field has, where it is one. */
	day?: string
}

/** What is owed in a state; none in one that ends it. */
export function owedIn(procedure: Procedure, state: string, fields: Record<string, unknown>, shown: readonly Schema['shown'][] = []): Follow[] {
	return procedure.duties
		.filter((duty) => duty.in.includes(state))
		.map(({ name, label, bearer, limit }) => {
			const day = limit.kind === 'by' && limit.field ? fields[limit.field] : undefined
			return { name, label, bearer: bearerOf(procedure, bearer, shown), limit, day: typeof day === 'string' ? day : undefined }
		})
}

/** Fields of a form by whose day something is owed, where that day is over. */
export function overDays<F extends { name: string; label: string }>({ duties }: Pick<Procedure, 'duties'>, fields: readonly F[], values: Record<string, unknown>, today: string): F[] {
	return fields.filter(({ name }) => {
		const day = values[name]
		return typeof day === 'string' && day < today && duties.some(({ limit }) => limit.kind === 'by' && limit.field === name)
	})
}

/** Labels of the duties that an action discharges in a state. */
export const discharges = (procedure: Procedure, action: string, state: string) => procedure.duties.filter((duty) => duty.in.includes(state) && duty.discharged_by.includes(action)).map(({ label }) => label)

/** A role by its label, with the unit or post that the matter names for it. */
export function bearerOf(procedure: Procedure, name: string | undefined, shown: readonly Schema['shown'][]): string | undefined {
	const role = procedure.roles.find((each) => each.name === name)
	if (!role) return undefined
	const who = role.kind === 'field' ? shown.find((field) => field.name === role.of)?.text : undefined
	return who && who !== role.label ? `${role.label} (${who})` : role.label
}

export const startOf = (procedure: Procedure) => procedure.states.find((state) => state.start)

/** "3 working days" as amount and unit. */
export function readTerm(term: string): { n: number; unit: 'working' | 'day' | 'month' } | null {
	const found = /^(\d+) (working day|day|month)s?$/.exec(term)
	if (!found) return null
	return { n: Number(found[1]), unit: found[2] === 'working day' ? 'working' : (found[2] as 'day' | 'month') }
}

export type Period = 'week' | 'month' | 'quarter' | 'half_year' | 'year'
export const PERIODS: readonly Period[] = ['week', 'month', 'quarter', 'half_year', 'year']
