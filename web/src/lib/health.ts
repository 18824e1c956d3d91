// What the audit found, in the order in which it is to be mended.
import type { Schema } from '../api/client'
import { matterList } from './figures'

type Invariant = Schema['audit_invariant']

export const countBroken = (invariants: readonly Pick<Invariant, 'broken'>[]) => invariants.reduce((sum, { broken }) => sum + broken, 0)

type Piece = Schema['audit_piece']

/** Where a name in a row leads. */
export function pieceTarget({ kind, of }: Pick<Piece, 'kind' | 'of'>): string | undefined {
	const to = encodeURIComponent(of ?? '')
	switch (kind) {
		case 'post':
			return `/institution?tab=tenures&post=${to}`
		case 'unit':
			return `/institution?tab=posts&unit=${to}`
		case 'person':
			return `/institution?tab=tenures&person=${to}`
		case 'matter':
			return matterList({ q: of })
		case 'event':
			return `/ledger?index=${to}`
		default:
			return undefined
	}
}

/** Those that are broken, the most often broken first; the others as they come. */
export function brokenFirst<T extends Pick<Invariant, 'broken'>>(invariants: readonly T[]): { broken: T[]; held: T[] } {
	return { broken: invariants.filter(({ broken }) => broken > 0).sort((a, b) => b.broken - a.broken), held: invariants.filter(({ broken }) => broken === 0) }
}
