// What was typed and not yet recorded, kept in this tab: a lost connection, an ended session or a closed drawer loses nothing.
// It is kept under the account, so that whoever signs in next in the same tab doesn't find it.
import type { Values } from './values'

export interface Draft {
	values: Values
	evidence: { hash: string; name: string; size: number }[]
}

const PREFIX = 'bihuan.draft.'
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

const isEmpty = ({ values, evidence }: Draft) => evidence.length === 0 && Object.values(values).every((value) => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))

export const draftName = (account: string, place: string) => `${PREFIX}${account}.${place}`

export function readDraft(name: string, store: Store = sessionStorage): Draft | null {
	try {
		const { values, evidence } = JSON.parse(store.getItem(name) ?? 'null') as Draft
		return { values, evidence }
	} catch {
		return null // nothing was kept, or by an older page
	}
}

export function keepDraft(name: string, draft: Draft, store: Store = sessionStorage): void {
	try {
		if (isEmpty(draft)) store.removeItem(name)
		else store.setItem(name, JSON.stringify(draft))
	} catch {
		// No room: the form itself still has it.
	}
}

export const dropDraft = (name: string, store: Store = sessionStorage) => store.removeItem(name)

/** Whoever signs out leaves nothing behind. */
export function dropAllDrafts(store: Store = sessionStorage): void {
	const names = Array.from({ length: store.length }, (_, i) => store.key(i))
	for (const name of names) if (name?.startsWith(PREFIX)) store.removeItem(name)
}
