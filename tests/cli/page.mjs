// docs/command-line.md is played as it stands, and says what is really printed.
// usage: node page.mjs ROOT BIHUAN [--write]    --write puts what is printed into the page
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { inside, program, root } from './run.mjs'

const page = join(root, 'docs/command-line.md')
const text = readFileSync(page, 'utf8')

mkdirSync(inside('page'))
symlinkSync(join(root, 'institutions'), inside('page/institutions'))

function typed(command) {
	const script = `bihuan() { "$PROGRAM" "$@"; }; { ${command}\n} 2>&1`
	const done = spawnSync('bash', ['-c', script], { cwd: inside('page'), env: { PATH: process.env.PATH, LANG: 'en_GB.UTF-8', PROGRAM: program }, encoding: 'utf8' })
	return done.stdout
}

// What differs from one run to the next: keys, one-time passwords, and how long it took.
const same = (said) => said.replace(/\b([0-9a-z]{4}-){3}[0-9a-z]{4}\b/g, 'PASSWORD').replace(/\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{44}/g, '+KEY').replace(/\d+ ms/g, 'N ms')

// A block of commands with what they print, played line by line.
const played = (block) => block.split(/^(?=\$ )/m).map((step) => {
	const command = step.slice(2, step.indexOf('\n'))
	return `$ ${command}\n${typed(command)}`
}).join('')

const blocks = /(?<=^```console\n)[^]*?(?=^```$)/gm

if (process.argv.includes('--write')) {
	writeFileSync(page, text.replace(blocks, played))
} else {
	test('what the page of the command line shows is what is printed', () => {
		const found = text.match(blocks)
		assert.ok(found.length >= 5)
		for (const block of found) assert.equal(same(played(block)), same(block))
	})
}
