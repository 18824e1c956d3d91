// The files that a row may name: those that the matter shows already, and those that are sent with the act.
import { createContext } from 'react'

export interface Named {
	hash: string
	name: string
}

export const Files = createContext<readonly Named[]>([])

/** Each file once, the newest first, as what may be chosen. */
export function choicesOf(files: readonly Named[]): { value: string; label: string }[] {
	const newest = new Map<string, string>()
	for (const { hash, name } of [...files].reverse()) if (!newest.has(hash)) newest.set(hash, name)
	return [...newest].map(([value, label]) => ({ value, label }))
}
