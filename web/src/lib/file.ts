// A file that was shown, fetched and held against its hash: what isn't what was recorded is never opened.
import { toHex } from './merkle'
import { Problem, problemOf } from '../api/problem'

/** What a browser shows by itself without running anything of it, by the ending; everything else is only kept. */
const SHOWN: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp', pdf: 'application/pdf' }

export const mediaOf = (name: string): string | undefined => SHOWN[/\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '']

export class Altered extends Error {}

export async function fetchFile(hash: string, name: string): Promise<Blob> {
	let answer: Response
	try {
		answer = await fetch(`/api/v1/evidence/${hash}`, { credentials: 'same-origin' })
	} catch {
		throw new Problem(0, null)
	}
	if (!answer.ok) throw await problemOf(answer)
	const bytes = await answer.arrayBuffer()
	// Browsers compute hashes only over HTTPS or on this machine.
	if (crypto.subtle && toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))) !== hash) throw new Altered()
	return new Blob([bytes], { type: mediaOf(name) ?? 'application/octet-stream' })
}

/** The number of each file among those of its name, oldest first; a name that is there once has none. */
export function versionsOf(files: readonly { name: string; event: number }[]): (number | undefined)[] {
	return files.map(({ name, event }) => {
		const same = files.filter((each) => each.name === name)
		return same.length > 1 ? same.filter((each) => each.event <= event).length : undefined
	})
}
