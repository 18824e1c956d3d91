// The proof of the ledger, computed here: leaf, path, checkpoint, signature (RFC 6962, C2SP tlog-proof and signed-note). Nothing of it
// asks the server; what it gives is only data.
const text = new TextEncoder()
type Bytes = Uint8Array<ArrayBuffer>

export const fromBase64 = (base64: string): Bytes => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
export const toHex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
export const isEqual = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i])

function join(...parts: Uint8Array[]): Bytes {
	const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
	let at = 0
	for (const part of parts) {
		whole.set(part, at)
		at += part.length
	}
	return whole
}

const sha256 = async (bytes: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
export const hashLeaf = (entry: Uint8Array) => sha256(join(Uint8Array.of(0), entry))
const hashNode = (left: Uint8Array, right: Uint8Array) => sha256(join(Uint8Array.of(1), left, right))

/** The root over leaves (RFC 6962, section 2.1). */
export async function rootOf(leaves: readonly Uint8Array[]): Promise<Uint8Array> {
	if (leaves.length === 1) return leaves[0]!
	let half = 1
	while (half * 2 < leaves.length) half *= 2
	return hashNode(await rootOf(leaves.slice(0, half)), await rootOf(leaves.slice(half)))
}

/** The root that a leaf and its path give in a tree of `size` leaves (RFC 9162, section 2.1.3.2); null when the path doesn't fit. */
export async function rootFromPath(leaf: Uint8Array, index: number, size: number, path: readonly Uint8Array[]): Promise<Uint8Array | null> {
	if (index < 0 || index >= size) return null
	let node = index
	let last = size - 1
	let root = leaf
	for (const step of path) {
		if (last === 0) return null
		if (node % 2 === 1 || node === last) {
			root = await hashNode(step, root)
			while (node % 2 === 0 && node !== 0) {
				node = Math.floor(node / 2)
				last = Math.floor(last / 2)
			}
		} else {
			root = await hashNode(root, step)
		}
		node = Math.floor(node / 2)
		last = Math.floor(last / 2)
	}
	return last === 0 ? root : null
}

export interface Checkpoint {
	origin: string
	size: number
	root: Bytes
	/** The bytes that are signed. */
	signed: Bytes
	signatures: { name: string; id: Bytes; signature: Bytes }[]
}

export function parseCheckpoint(note: string): Checkpoint {
	const end = note.indexOf('\n\n')
	const [origin = '', size = '', root = ''] = note.slice(0, end).split('\n')
	if (end < 0 || !/^\d{1,15}$/.test(size)) throw new Error('not a checkpoint')
	const signatures = note.slice(end + 2).split('\n').filter(Boolean).map((line) => {
		const found = /^— (\S+) (\S+)$/.exec(line)
		if (!found) throw new Error('not a signature')
		const bytes = fromBase64(found[2]!)
		return { name: found[1]!, id: bytes.slice(0, 4), signature: bytes.slice(4) }
	})
	return { origin, size: Number(size), root: fromBase64(root), signed: text.encode(note.slice(0, end + 1)), signatures }
}

export interface Receipt {
	index: number
	path: Bytes[]
	note: string
}

export function parseReceipt(receipt: string): Receipt {
	const end = receipt.indexOf('\n\n')
	const lines = receipt.slice(0, end).split('\n')
	const at = lines.findIndex((line) => line.startsWith('index '))
	if (lines[0] !== 'c2sp.org/tlog-proof@v1' || at < 0) throw new Error('not a receipt')
	return { index: Number(lines[at]!.slice(6)), path: lines.slice(at + 1).map(fromBase64), note: receipt.slice(end + 2) }
}

/** Entry number `at` of a bundle (C2SP tlog-tiles): each stands behind its size in two bytes. */
export function entryOf(bundle: Uint8Array, at: number): Uint8Array {
	let offset = 0
	for (let i = 0; ; i++) {
		if (offset + 2 > bundle.length) throw new Error('the bundle is too short')
		const size = bundle[offset]! * 256 + bundle[offset + 1]!
		if (offset + 2 + size > bundle.length) throw new Error('the bundle is cut off')
		if (i === at) return bundle.slice(offset + 2, offset + 2 + size)
		offset += 2 + size
	}
}

/** The address of the bundle that has entry `index` in a tree of `size`: "000", "x001/067.p/12". */
export function bundlePath(index: number, size: number): string {
	let rest = Math.floor(index / 256)
	const width = Math.min(256, size - rest * 256)
	let path = String(rest % 1000).padStart(3, '0')
	for (rest = Math.floor(rest / 1000); rest > 0; rest = Math.floor(rest / 1000)) path = `x${String(rest % 1000).padStart(3, '0')}/${path}`
	return width === 256 ? path : `${path}.p/${width}`
}

export interface Key {
	name: string
	id: Bytes
	bytes: Bytes
}

/** A verifier key as signed notes write it: name+id+base64 of the algorithm (1: Ed25519) and the key. */
export async function parseKey(vkey: string): Promise<Key> {
	const found = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey.trim())
	const bytes = fromBase64(found?.[3] ?? '')
	if (!found || bytes.length !== 33 || bytes[0] !== 1) throw new Error('not a key')
	const id = (await sha256(join(text.encode(`${found[1]}\n`), bytes))).slice(0, 4)
	if (toHex(id) !== found[2]) throw new Error('its id is of another key')
	return { name: found[1]!, id, bytes: bytes.slice(1) }
}

/** null: this browser knows no Ed25519. */
export async function isSignedBy(checkpoint: Checkpoint, key: Key): Promise<boolean | null> {
	const line = checkpoint.signatures.find(({ name, id }) => name === key.name && isEqual(id, key.id))
	if (!line) return false
	try {
		const known = await crypto.subtle.importKey('raw', key.bytes, 'Ed25519', false, ['verify'])
		return await crypto.subtle.verify('Ed25519', known, line.signature, checkpoint.signed)
	} catch (error) {
		if (error instanceof DOMException && error.name === 'NotSupportedError') return null
		throw error
	}
}
