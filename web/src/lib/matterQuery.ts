// Filters, order and search of the list of matters as they stand in the address, so that a list can be bookmarked and sent to others.
import type { Schema } from '../api/client'
import type { operations } from '../api/schema'

export type MatterQuery = Omit<NonNullable<operations['matters']['parameters']['query']>, 'cursor' | 'limit' | 'count'>
export type Sort = NonNullable<MatterQuery['sort']>
export type Grasp = Schema['matter_line']['grasp']

export const SORTS: readonly Sort[] = ['-id', 'due', '-due', '-changed', 'changed', 'number', '-number']
export const GRASPS: readonly Grasp[] = ['education', 'conduct', 'case', 'appointment', 'rules', 'supervision', 'responsibility', 'governance']
const LAMPS = ['grey', 'green', 'yellow', 'red', 'blue'] as const
export type Standing = NonNullable<MatterQuery['standing']>
export const STANDINGS: readonly Standing[] = ['open', 'overdue', 'breached', 'closed', 'late', 'void']
const TEXTS = ['procedure', 'state', 'unit', 'commander', 'due_before', 'opened_from', 'opened_until', 'q'] as const
const NUMBERS = ['parent', 'programme'] as const
const FLAGS = ['open', 'followed'] as const

const oneOf = <T extends string>(words: readonly T[], text: string | null): T | undefined => words.find((word) => word === text)

/** What an address asks for; what it can't mean is left out. */
export function readQuery(search: URLSearchParams): MatterQuery {
	const query: MatterQuery = { grasp: oneOf(GRASPS, search.get('grasp')), lamp: oneOf(LAMPS, search.get('lamp')), standing: oneOf(STANDINGS, search.get('standing')), sort: oneOf(SORTS, search.get('sort')) }
	for (const name of TEXTS) query[name] = search.get(name)?.trim() || undefined
	for (const name of NUMBERS) {
		const text = search.get(name) ?? ''
		query[name] = /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined
	}
	for (const name of FLAGS) query[name] = search.get(name) === 'true' || undefined
	return query
}

/** The same as an address: only what is set, always in the same order. */
export function printQuery(query: MatterQuery): string {
	const search = new URLSearchParams()
	for (const name of Object.keys(query).sort() as (keyof MatterQuery)[]) {
		const value = query[name]
		if (value !== undefined && value !== '') search.set(name, String(value))
	}
	const text = search.toString()
	return text ? `?${text}` : ''
}
