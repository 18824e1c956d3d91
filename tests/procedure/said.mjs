// Every refusal that a definition can meet is kept: each sentence that src/procedure says about one is in refused/ at least once,
// so that none of them can break unseen.
// usage: node said.mjs ROOT
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { conversion, sentences } from '../../tools/said.mjs'

const root = resolve(process.argv[2])
const refused = join(root, 'tests/procedure/refused')
const kept = readdirSync(refused).filter((name) => name.endsWith('.txt') && statSync(join(refused, name)).isFile()).map((name) => readFileSync(join(refused, name), 'utf8')).join('')

// A sentence as it is printed: any value at each of its conversions.
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const pattern = (sentence) => new RegExp(sentence.split(conversion).map(escaped).join('[^\\n]*'))

test('each refusal of a definition is among those that are kept', () => {
	const all = [...sentences(root, 'src/procedure')]
	assert.ok(all.length > 100, `${all.length} sentences found`)
	assert.deepEqual(all.filter(([sentence]) => !pattern(sentence).test(kept)).map(([sentence, place]) => `${place.slice(root.length + 1)}: ${sentence}`), [])
})
