/// <reference types="node" />
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { bundlePath, entryOf, fromBase64, hashLeaf, isSignedBy, parseCheckpoint, parseKey, parseReceipt, rootFromPath, toBase64, toHex } from '../src/lib/merkle'
import { verifyEvent, type Source } from '../src/lib/verify'

// A second opinion on RFC 6962 by its recursive definition, on another implementation of SHA-256.
const sha = (...parts: Uint8Array[]) => new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest())
const split = (n: number) => 2 ** Math.floor(Math.log2(n - 1))
const entry = (i: number) => new TextEncoder().encode(`event ${i}`)
function treeRoot(leaves: Uint8Array[]): Uint8Array {
	if (leaves.length === 1) return leaves[0]!
	const k = split(leaves.length)
	return sha(Uint8Array.of(1), treeRoot(leaves.slice(0, k)), treeRoot(leaves.slice(k)))
}
function pathOf(i: number, leaves: Uint8Array[]): Uint8Array[] {
	if (leaves.length === 1) return []
	const k = split(leaves.length)
	return i < k ? [...pathOf(i, leaves.slice(0, k)), treeRoot(leaves.slice(k))] : [...pathOf(i - k, leaves.slice(k)), treeRoot(leaves.slice(0, k))]
}
const leaves = (n: number) => Array.from({ length: n }, (_, i) => sha(Uint8Array.of(0), entry(i)))

test('every leaf of every small tree gives the root by its path, and by no other place', async () => {
	for (let n = 1; n <= 33; n++) {
		const all = leaves(n)
		const root = toHex(treeRoot(all))
		for (let i = 0; i < n; i++) {
			const path = pathOf(i, all)
			expect(toHex(await hashLeaf(entry(i)))).toBe(toHex(all[i]!))
			expect(toHex((await rootFromPath(all[i]!, i, n, path))!), `${i} of ${n}`).toBe(root)
			const elsewhere = n > 1 ? await rootFromPath(all[i]!, (i + 1) % n, n, path) : null
			expect(elsewhere && toHex(elsewhere)).not.toBe(root)
		}
	}
})

test('a path that is too short, too long or of no leaf is none', async () => {
	const all = leaves(7)
	const path = pathOf(3, all)
	expect(await rootFromPath(all[3]!, 3, 7, path.slice(1))).toBeNull()
	expect(await rootFromPath(all[3]!, 3, 7, [...path, path[0]!])).toBeNull()
	expect(await rootFromPath(all[3]!, 7, 7, path)).toBeNull()
	expect(await rootFromPath(all[3]!, -1, 7, path)).toBeNull()
})

test('bundles: their addresses and their entries', () => {
	expect(bundlePath(0, 1)).toBe('000.p/1')
	expect(bundlePath(255, 256)).toBe('000')
	expect(bundlePath(256, 300)).toBe('001.p/44')
	expect(bundlePath(256 * 1067 + 3, 256 * 1068)).toBe('x001/067')
	expect(bundlePath(256 * 1234067, 256 * 1234068)).toBe('x001/x234/067')
	const bundle = Uint8Array.of(0, 1, 9, 0, 0, 0, 2, 7, 8)
	expect([...entryOf(bundle, 0)]).toEqual([9])
	expect([...entryOf(bundle, 1)]).toEqual([])
	expect([...entryOf(bundle, 2)]).toEqual([7, 8])
	expect(() => entryOf(bundle, 3)).toThrow()
	expect(() => entryOf(bundle.slice(0, 8), 2)).toThrow()
})

// ---- a small ledger of its own ----

function makeKey(name: string) {
	const { publicKey, privateKey } = generateKeyPairSync('ed25519')
	const bytes = Buffer.concat([Buffer.of(1), publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)])
	const id = Buffer.from(sha(Buffer.from(`${name}\n`), bytes)).subarray(0, 4)
	return { name, id, privateKey, vkey: `${name}+${id.toString('hex')}+${bytes.toString('base64')}` }
}

function ledger(n: number, index: number) {
	const key = makeKey('example.org/town')
	const text = `example.org/town\n${n}\n${toBase64(treeRoot(leaves(n)))}\n`
	const signature = Buffer.concat([key.id, sign(null, Buffer.from(text), key.privateKey)]).toString('base64')
	const note = `${text}\n— ${key.name} ${signature}\n`
	const receipt = `c2sp.org/tlog-proof@v1\nindex ${index}\n${pathOf(index, leaves(n)).map((hash) => toBase64(hash) + '\n').join('')}\n${note}`
	const bundle = Buffer.concat(Array.from({ length: n }, (_, i) => Buffer.concat([Buffer.of(0, entry(i).length), entry(i)])))
	const source: Source = { receipt: async () => receipt, key: async () => key.vkey + '\n', bundle: async () => new Uint8Array(bundle), pinned: (_, vkey) => vkey }
	return { key, note, receipt, source }
}

test('a note and its key', async () => {
	const { key, note, receipt } = ledger(5, 2)
	const checkpoint = parseCheckpoint(note)
	expect([checkpoint.origin, checkpoint.size]).toEqual(['example.org/town', 5])
	expect(await isSignedBy(checkpoint, await parseKey(key.vkey))).toBe(true)
	expect(await isSignedBy(checkpoint, await parseKey(makeKey('example.org/town').vkey))).toBe(false)
	expect(await isSignedBy(parseCheckpoint(note.replace('\n5\n', '\n6\n')), await parseKey(key.vkey))).toBe(false)
	expect(parseReceipt(receipt)).toMatchObject({ index: 2, note })
	for (const bad of ['', 'x', note.replace('\n5\n', '\nfive\n'), note.replace('— ', '')]) expect(() => parseCheckpoint(bad)).toThrow()
	for (const bad of ['', 'a+00000000+' + toBase64(fromBase64(key.vkey.split('+').slice(2).join('+')))]) await expect(parseKey(bad)).rejects.toThrow()
	expect(() => parseReceipt(note)).toThrow()
})

test('an event is verified step by step, and whatever is changed shows in its step', async () => {
	const { source, receipt } = ledger(11, 6)
	const of = async (changed: Partial<Source>) => {
		const verdict = await verifyEvent(6, { ...source, ...changed })
		return [verdict.good, ...verdict.steps.filter(({ good }) => good !== true).map(({ name }) => name)]
	}
	expect(await of({})).toEqual([true])
	const bundle = await source.bundle('')
	const other = bundle.slice()
	other[other.indexOf('6'.charCodeAt(0))] = '9'.charCodeAt(0)
	expect(await of({ bundle: async () => other })).toEqual([false, 'root'])
	expect(await of({ receipt: async () => receipt.replace('index 6', 'index 5') })).toEqual([false, 'path'])
	expect(await of({ key: async () => makeKey('example.org/town').vkey })).toEqual([false, 'signature'])
	expect(await of({ pinned: () => 'another' })).toEqual([false, 'pinned'])
})
