// What the tests of the command line share: run bihuan, keep files in a folder of their own, make an institution.
// usage: node FILE.mjs ROOT BIHUAN
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after } from 'node:test'

// Some tests run it in another folder.
export const [root, program] = process.argv.slice(2).map((path) => resolve(path))
export const folder = mkdtempSync(join(tmpdir(), 'bihuan-'))
after(() => rmSync(folder, { recursive: true, force: true }))

export const inside = (name) => join(folder, name)

// A file of this test, given as text or bytes. Returns its path.
export function file(name, content) {
	writeFileSync(inside(name), content)
	return inside(name)
}

// Runs one command; English unless another language is asked for. `input` goes to standard input.
export function bihuan(args, { input } = {}) {
	const words = args.map(String)
	if (!words.includes('--lang')) words.push('--lang', 'en')
	const done = spawnSync(program, words, { input, maxBuffer: 1 << 28 })
	if (done.error) throw done.error
	return { code: done.status, out: done.stdout.toString(), err: done.stderr.toString(), bytes: done.stdout }
}

// The same, where it must succeed: what it prints.
export function run(...args) {
	const done = bihuan(args)
	if (done.code !== 0) throw new Error(`bihuan ${args.join(' ')}: exit ${done.code}\n${done.out}${done.err}`)
	return done.out
}

// The district of the article, founded at the end of 2018. Returns its data folder.
export function district(name = 'data', now = '2018-12-31T08:00') {
	run('init', inside(name), '--institution', join(root, 'institutions/pengjiang-2019'), '--now', now)
	return inside(name)
}
