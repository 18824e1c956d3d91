// mkapi.mjs OPENAPI.json docs/api.md [--check]: writes the list of routes, between its two marks, from the document that a server
// answers under /api/v1/openapi.json. --check only says whether it is there already.
import { readFileSync, writeFileSync } from 'node:fs'

const begin = '<!-- routes: made by tools/mkapi.mjs -->\n', end = '<!-- end of routes -->\n'

/** The type of a value in few words. */
function words(schema) {
	if (schema.$ref) return schema.$ref.split('/').pop()
	if (schema.enum) return schema.enum.map((word) => `\`${word}\``).join(' ')
	if (schema.type === 'array') return `list of ${words(schema.items)}`
	if (schema.type === 'integer') return schema.maximum === undefined || schema.maximum > 2 ** 53 ? (schema.minimum > -(2 ** 53) ? `number from ${schema.minimum}` : 'number') : `number ${schema.minimum} to ${schema.maximum}`
	if (schema.type !== 'string') return schema.type
	if (schema.format) return { date: 'day', 'date-time': 'instant', binary: 'bytes' }[schema.format]
	if (schema.pattern?.includes('{64}')) return 'hash'
	if (schema.pattern?.startsWith('^"')) return 'version'
	return `${schema.pattern ? 'name' : 'text'} of ${schema.minLength} to ${schema.maxLength}`
}

const cell = (text) => text.replaceAll('|', '\\|')

function params(operation) {
	const found = operation.parameters.filter(({ name }) => name !== 'Idempotency-Key').map((param) => ({ ...param, schema: param.schema }))
	const body = operation.requestBody?.content['application/json']?.schema
	for (const [name, schema] of Object.entries(body?.properties ?? {}))
		found.push({ name, in: 'body', required: body.required.includes(name), schema, description: schema.description })
	return found
}

function list(document) {
	let text = ''
	for (const [path, methods] of Object.entries(document.paths))
		for (const [method, operation] of Object.entries(methods)) {
			const answers = Object.entries(operation.responses).filter(([status]) => status !== 'default')
				.map(([status, { description, content }]) => `${status} ${content ? `\`${Object.keys(content)[0]}\`: ` : ''}${description}`)
			text += `### ${method.toUpperCase()} \`${path}\`\n\n${operation.summary} (${operation['x-summary-zh']}). `
			text += `Who: ${operation['x-capability'].toLowerCase()}; bucket: ${operation['x-rate']}. Answers ${answers.join('; ')}.\n\n`
			const found = params(operation)
			if (found.length === 0) continue
			text += '| parameter | in | type | | |\n|---|---|---|---|---|\n'
			for (const param of found)
				text += `| \`${param.name}\` | ${param.in} | ${cell(words(param.schema))} | ${param.required ? 'needed' : ''} | ${cell(param.description)} |\n`
			text += '\n'
		}
	return text
}

const [openapi, page, check] = process.argv.slice(2)
const before = readFileSync(page, 'utf8')
const [head, rest] = before.split(begin)
if (rest === undefined || !rest.includes(end)) throw new Error(`${page} lacks the marks of the list`)
const after = head + begin + '\n' + list(JSON.parse(readFileSync(openapi, 'utf8'))) + end + rest.slice(rest.indexOf(end) + end.length)
if (check !== '--check') {
	writeFileSync(page, after)
} else if (after !== before) {
	console.error(`${page} isn't what the routes are: run node tools/mkapi.mjs OPENAPI.json ${page}`)
	process.exit(1)
}
