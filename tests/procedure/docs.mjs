// docs/procedures.md says what is so: each output in it is what the program prints for the definition above it, each
// refusal of a rule is one that is kept, and every key of the format has its row.
// usage: node docs.mjs ROOT BIHUAN      UPDATE_DOCS=1 writes the outputs anew
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'

const [root, program] = process.argv.slice(2).map((path) => resolve(path))
const page = join(root, 'docs/procedures.md')
const folder = mkdtempSync(join(tmpdir(), 'docs-'))
after(() => rmSync(folder, { recursive: true }))

let text = readFileSync(page, 'utf8')
const step = /```yaml (\S+)\n([^]*?)```\n```\n\$ bihuan check (\S+)\n([^]*?)```\n/g

function run(name, definition) {
	writeFileSync(join(folder, name), definition)
	const { stdout, stderr } = spawnSync(program, ['check', name, '--lang', 'en'], { cwd: folder, encoding: 'utf8' })
	assert.equal(stderr, '')
	return stdout
}

// How long it took is measured anew each time.
const timeless = (output) => output.replace(/, \d+ ms\n/, '\n')

if (process.env.UPDATE_DOCS) {
	text = text.replace(step, (all, name, definition, checked) =>
		`\`\`\`yaml ${name}\n${definition}\`\`\`\n\`\`\`\n$ bihuan check ${checked}\n${run(name, definition)}\`\`\`\n`)
	writeFileSync(page, text)
}

const steps = [...text.matchAll(step)]

for (const [i, [, name, definition, checked, output]] of steps.entries())
	test(`step ${i + 1} shows what the program prints`, () => {
		assert.equal(checked, name)
		assert.equal(timeless(output), timeless(run(name, definition)))
	})

test('the worked example goes from nothing to a sound definition', () => {
	assert.ok(steps.length >= 4)
	assert.match(steps[0][4], /needs the key/)
	for (const one of steps.slice(0, -1)) assert.doesNotMatch(one[4], / 0 findings/)
	assert.match(steps.at(-1)[4], /^1 procedure, 0 findings/)
})

test('every refusal that the rules show is kept, word for word', () => {
	const refused = join(root, 'tests/procedure/refused')
	const kept = readdirSync(refused).filter((name) => name.endsWith('.txt') && statSync(join(refused, name)).isFile())
		.map((name) => readFileSync(join(refused, name), 'utf8')).join('')
	const shown = text.slice(text.indexOf('## The rules')).match(/^\S+\.yaml:\d+:\d+: .*$/gm)

	assert.ok(shown.length >= 11)
	for (const line of shown) assert.ok(kept.includes(`${line}\n`), line)
})

test('every key of the format has its row', () => {
	const schema = JSON.parse(readFileSync(join(root, 'institutions/procedure.schema.json'), 'utf8'))
	const sections = Object.fromEntries([...text.matchAll(/^### (?:The |A |An )?(\w+)\n([^]*?)(?=^##)/gm)].map(([, name, body]) => [name.toLowerCase(), body]))
	const section = { definition: 'procedure', set_field: 'field' }

	for (const [name, { properties, required = [] }] of Object.entries(schema.$defs)) {
		for (const key of Object.keys(properties ?? {})) {
			const row = sections[section[name] ?? name].match(new RegExp(`^\\| \`${key}\` \\| *(required)? *\\|`, 'm'))
			assert.ok(row, `${name}: ${key} has no row`)
			if (name !== 'set_field') assert.equal(row[1] !== undefined, required.includes(key), `${name}: ${key}`)
		}
	}
})

test('every rule has its section', () => {
	for (const rule of ['W1', 'W2', 'W3', 'P1', 'P2', 'P3', 'S1', 'S2', 'S3', 'R1', 'R2', 'R3', 'R4'])
		assert.match(text, new RegExp(`^### ${rule} `, 'm'))
})
