// The commands of docs/operation.md, run as they stand there, print what stands there.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { folder, inside, program, root } from './run.mjs'

const page = readFileSync(join(root, 'docs/operation.md'), 'utf8')
const blocks = [...page.matchAll(/^```\n(\$ [^]*?)^```$/gm)].map((match) => match[1])
symlinkSync(resolve(root, 'institutions'), inside('institutions'))
// The page shows English; a shell finds the program by its name.
writeFileSync(inside('bihuan'), `#!/bin/sh\nexec '${resolve(program)}' "$@" --lang en\n`)
chmodSync(inside('bihuan'), 0o755)

// What differs each time: keys, passwords, roots, instants, sizes and versions of the machine; the schema with each step.
const alike = (text) => text
	.replace(/\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{40,}/g, '+KEY')
	.replace(/\b([0-9a-z]{4}-){1,3}[0-9a-z]{4}\b/g, 'SECRET')
	.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00/g, 'INSTANT')
	.replace(/\d+ MiB/g, 'N MiB')
	.replace(/\bschema \d+/g, 'schema N')

// A block as pairs of a command and what it prints.
function steps(block) {
	return block.split(/^\$ /m).filter((step) => step !== '').map((step) => {
		const end = step.indexOf('\n')
		return { command: step.slice(0, end), output: step.slice(end + 1) }
	})
}

test('the commands of the page print what the page says', () => {
	let count = 0
	for (const { command, output } of blocks.flatMap(steps)) {
		const done = spawnSync('sh', ['-c', `exec 2>&1\n${command}`], { cwd: folder, env: { ...process.env, PATH: `${folder}:${process.env.PATH}` }, encoding: 'utf8' })
		assert.equal(alike(done.stdout), alike(output), command)
		count++
	}
	assert.ok(count >= 12, `${count} commands`)
})
