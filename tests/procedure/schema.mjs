// The JSON Schema of definitions says of every definition's form what the program says: what is sound or breaks only
// a rule is valid, what is refused for its form is not.
// usage: node schema.mjs ROOT
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'

const root = process.argv[2]
const schema = JSON.parse(readFileSync(join(root, 'institutions/procedure.schema.json'), 'utf8'))
const validate = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true }).compile(schema)

// Every .yaml in a folder and the folders in it.
function definitions(folder) {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name)
		return statSync(path).isDirectory() ? definitions(path) : name.endsWith('.yaml') ? [path] : []
	})
}

function read(path) {
	return parse(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)), { version: '1.2', schema: 'core' })
}

function isValid(path) {
	assert.ok(validate(read(path)), `${path}: ${JSON.stringify(validate.errors?.slice(0, 3))}`)
}

test('every shipped definition has the form', () => {
	const shipped = readdirSync(join(root, 'institutions'))
		.map((name) => join(root, 'institutions', name, 'procedures'))
		.filter(existsSync)
		.flatMap(definitions)
	assert.ok(shipped.length > 20)
	shipped.forEach(isValid)
})

test('every sound definition has the form', () => {
	const sound = definitions(join(root, 'tests/procedure/sound'))
	assert.ok(sound.length > 20)
	sound.forEach(isValid)
})

// What the schema can't know: names of one map used in another, numbers, and what YAML itself has done with a text.
const beyond = /an anchor|a tag|there is no (role|state|action|field|duty) '|'type', because the procedure has no field|a number knows|would have the same number/

function complaints(name) {
	return readFileSync(join(root, 'tests/procedure/refused', `${name}.txt`), 'utf8').split('\n').filter((line) => /^\S+:\d+:\d+: /.test(line))
}

// A complaint of a rule is written "file:line:col: P2: …", one of the form without the rule.
const isOfForm = (line) => !/^\S+:\d+:\d+: [WPSR]\d: /.test(line) || /there is no field type/.test(line)

for (const file of readdirSync(join(root, 'tests/procedure/refused')).filter((name) => name.endsWith('.yaml'))) {
	const name = file.slice(0, -'.yaml'.length)
	const path = join(root, 'tests/procedure/refused', file)
	const lines = complaints(name)
	if (lines.some((line) => isOfForm(line) && !beyond.test(line)))
		test(`${name} does not have the form`, () => {
			let definition
			try {
				definition = read(path)
			} catch {
				return // it is no YAML to begin with
			}
			assert.equal(validate(definition), false)
		})
	else if (!lines.some((line) => beyond.test(line)))
		test(`${name} has the form, and breaks a rule`, () => isValid(path))
}
