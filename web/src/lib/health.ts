// What the audit found, in the order in which it is to be mended.
import type { Schema } from '../api/client'

type Invariant = Schema['audit_invariant']

export const countBroken = (invariants: readonly Pick<Invariant, 'broken'>[]) => invariants.reduce((sum, { broken }) => sum + broken, 0)

/** Those that are broken, the most often broken first; the others as they come. */
export function brokenFirst<T extends Pick<Invariant, 'broken'>>(invariants: readonly T[]): { broken: T[]; held: T[] } {
	return { broken: invariants.filter(({ broken }) => broken > 0).sort((a, b) => b.broken - a.broken), held: invariants.filter(({ broken }) => broken === 0) }
}
