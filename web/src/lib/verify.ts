// The steps of verifying one event, each with what it found. The key is the server's at first sight and kept on this device, so that
// another one later is seen; whether it is the right one, only the published key can say.
import { getText } from '../api/client'
import { bundlePath, entryOf, hashLeaf, isEqual, isSignedBy, parseCheckpoint, parseKey, parseReceipt, rootFromPath, toBase64, toHex } from './merkle'

export type StepName = 'entry' | 'path' | 'root' | 'signature' | 'pinned'
export interface Step {
	name: StepName
	/** null: this browser can't say. */
	good: boolean | null
	found: string
}
export interface Verdict {
	steps: Step[]
	good: boolean
	size: number
}

export interface Source {
	receipt: (index: number) => Promise<string>
	key: () => Promise<string>
	bundle: (path: string) => Promise<Uint8Array>
	/** The key that was first seen for this origin; remembers `key` when there was none. */
	pinned: (origin: string, key: string) => string
}

export async function verifyEvent(index: number, source: Source): Promise<Verdict> {
	const receipt = parseReceipt(await source.receipt(index))
	const checkpoint = parseCheckpoint(receipt.note)
	const vkey = (await source.key()).trim()
	const bundle = await source.bundle(bundlePath(index, checkpoint.size))
	const leaf = await hashLeaf(entryOf(bundle, index % 256))
	const root = await rootFromPath(leaf, index, checkpoint.size, receipt.path)
	const signed = await isSignedBy(checkpoint, await parseKey(vkey))
	const isPinned = source.pinned(checkpoint.origin, vkey) === vkey
	const steps: Step[] = [
		{ name: 'entry', good: true, found: toHex(leaf) },
		{ name: 'path', good: receipt.index === index && root !== null, found: root ? toHex(root) : '' },
		{ name: 'root', good: root !== null && isEqual(root, checkpoint.root), found: toBase64(checkpoint.root) },
		{ name: 'signature', good: signed, found: vkey },
		{ name: 'pinned', good: isPinned, found: '' },
	]
	return { steps, good: steps.every((step) => step.good !== false), size: checkpoint.size }
}

const PINNED = 'bihuan.ledger.'

export const serverSource: Source = {
	receipt: (index) => getText(`/api/v1/ledger/receipt/${index}`),
	key: () => getText('/api/v1/ledger/key'),
	bundle: async (path) => {
		const answer = await fetch(`/api/v1/ledger/tile/entries/${path}`)
		if (!answer.ok) throw new Error(`status ${answer.status}`)
		return new Uint8Array(await answer.arrayBuffer())
	},
	pinned: (origin, key) => {
		const known = localStorage.getItem(PINNED + origin)
		if (known === null) localStorage.setItem(PINNED + origin, key)
		return known ?? key
	},
}
