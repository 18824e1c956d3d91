// Lists as files: what the lists show, in the columns that are asked for, as csv and as a spreadsheet; tables of the institution as
// import takes them; to nobody more than they may see.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { bihuan, foreseen, get, inside, launch, problem, root, run, signIn, smallest } from './lib.mjs'

const registry = 'li.zhufei', checker = 'tan.yunlan', lead = 'deng.puqing', other = 'pan.xiuliao'
const personnel = readFileSync(join(root, 'institutions/minimal/tenures.csv'), 'utf8').match(/^personnel-head,([^,]+),/m)[1]
const data = smallest('data', registry, checker, lead, other, personnel)
const at = (day) => ['--now', `2019-${day}T09:00`]
const open = (procedure, as, ...fields) => JSON.parse(run('open', data, procedure, ...fields, '--as', as, ...at('01-07'), '--json')).number
const roof = open('task', registry, 'title==修缮屋顶', 'lead_unit=projects', 'leader=deputy-director-2', 'due=2019-01-31')
const desk = open('task', registry, 'title=窗口整治', 'lead_unit=station', 'leader=deputy-director-2', 'due=2019-03-29')
const damp = open('finding', checker, 'title=屋顶渗水', 'unit=projects', 'due=2019-05-31')
run('account', data, 'kin', lead, checker, '--kind', 'in-law', '--as', personnel, ...at('01-07'))
run('act', data, roof, 'send', '--as', registry, ...at('01-07'))
run('act', data, roof, 'sign', '--as', lead, ...at('01-08'))
const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', ...at('01-09')])
after(() => server.stop())
const people = Object.fromEntries(await Promise.all([registry, checker, lead, other, personnel].map(async (name) => [name, await signIn(server, name)])))
const chinese = await signIn(server, lead, 'zh')
async function file(who, path) {
	const reply = await who.get('/api/v1/exports/' + path)
	assert.equal(reply.status, 200, reply.body)
	return reply
}
const rows = (reply) => reply.body.split('\r\n').filter(Boolean).map((line) => line.split(','))

// The parts of a zip by name, as text.
function parts(bytes) {
	const found = {}, end = bytes.lastIndexOf(Buffer.from('PK\x05\x06'))
	for (let i = 0, at = bytes.readUInt32LE(end + 16); i < bytes.readUInt16LE(end + 10); i++) {
		const name = bytes.subarray(at + 46, at + 46 + bytes.readUInt16LE(at + 28)).toString(), local = bytes.readUInt32LE(at + 42)
		const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28), packed = bytes.subarray(from, from + bytes.readUInt32LE(at + 20))
		found[name] = (bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed).toString()
		at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
	}
	return found
}
// The cells of a sheet, row by row.
function cells(bytes) {
	const all = parts(bytes), strings = [...(all['xl/sharedStrings.xml'] ?? '').matchAll(/<si><t[^>]*>([^<]*)/g)].map((one) => one[1])
	return [...all['xl/worksheets/sheet1.xml'].matchAll(/<row .*?<\/row>/gs)].map(([row]) =>
		[...row.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(([, of, inner = '']) => {
			const value = /<(?:v|t)[^>]*>([^<]*)/.exec(inner)?.[1] ?? ''
			return /t="s"/.test(of) ? strings[value] : value
		}))
}

test('matters come in the columns that are asked for, and lamps as words', async () => {
	assert.deepEqual(rows(await file(people[lead], 'matters?procedure=task&sort=number&columns=title,lamp,number')), [['title', 'lamp', 'number'], ['"\'=修缮屋顶"', 'green', roof], ['窗口整治', 'grey', desk]])
	assert.deepEqual(rows(await file(chinese, 'matters?unit=projects&procedure=task&columns=lamp,state')), [['灯', '环节'], ['绿', '在办']])
	for (const columns of ['title,nmber', 'title,', ',', 'title;lamp']) problem(await people[lead].get('/api/v1/exports/matters?columns=' + columns), 400, 'columns')
	problem(await people[lead].get('/api/v1/exports/matters?format=pdf'), 400, 'format')
})

test('a spreadsheet holds the same, and a text that begins like a formula is a text', async () => {
	const reply = await file(people[lead], 'matters?procedure=task&sort=number&columns=number,title,lamp&format=xlsx')
	assert.equal(reply.headers['content-type'], 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
	assert.match(reply.headers['content-disposition'], /matters\.xlsx$/)
	assert.deepEqual(cells(reply.bytes), [['number', 'title', 'lamp'], [roof, '=修缮屋顶', 'green'], [desk, '窗口整治', 'grey']])
	assert.ok(!parts(reply.bytes)['xl/worksheets/sheet1.xml'].includes('<f>'))
})

test('what somebody may not see is in no file of theirs', async () => {
	assert.ok((await file(people[lead], 'matters')).body.includes(damp))
	assert.ok(!(await file(people[other], 'matters')).body.includes(damp))
	assert.ok(!(await file(people[other], 'duties?open=false')).body.includes(damp))
	assert.ok((await file(people[checker], 'duties')).body.includes(damp) || (await file(people[lead], 'duties')).body.includes(damp))
	for (const path of ['matters', 'duties', 'units']) problem(await get(server, '/api/v1/exports/' + path), 401)
})

test('duties are exported as their list filters them', async () => {
	const mine = rows(await file(people[lead], 'duties?mine=true&columns=number,name,bearer,due,state'))
	assert.deepEqual(mine[0], ['number', 'duty', 'bearer', 'due', 'state'])
	const listed = (await people[lead].get('/api/v1/duties?mine=true')).json.duties
	assert.ok(listed.length > 0)
	assert.deepEqual(mine.slice(1).map((row) => [row[0], row[3], row[4]]), listed.map((duty) => [duty.number, duty.due_day, 'open']))
	problem(await people[lead].get('/api/v1/exports/duties?columns=lamp'), 400, 'columns')
})

test('tables of the institution are exported as import takes them', async () => {
	for (const table of ['units', 'posts', 'tenures', 'functions', 'calendar']) {
		const reply = await file(people[lead], table)
		assert.deepEqual(reply.body, run('export', data, table).replace(/^﻿/, ''), table)
	}
	const path = inside('units.xlsx')
	writeFileSync(path, (await file(people[lead], 'units?format=xlsx')).bytes)
	assert.match(run('import', data, 'units', path, '--dry-run', '--as', registry, ...at('01-10')), /nothing|0/)
	assert.deepEqual(rows(await file(people[lead], 'units?columns=name,code'))[0], ['name', 'code'])
	problem(await people[lead].get('/api/v1/exports/secrets'), 400, 'table')
})

test('of people only names are everybody\'s, and delegations are the organisation office\'s', async () => {
	assert.deepEqual(rows(await file(people[lead], 'people'))[0], ['code', 'name'])
	problem(await people[lead].get('/api/v1/exports/people?columns=born'), 400, 'columns')
	for (const table of ['delegations', 'kin']) problem(await people[lead].get('/api/v1/exports/' + table), 403, 'table')
	assert.deepEqual(rows(await file(people[personnel], 'people'))[0], ['code', 'name', 'gender', 'born'])
	assert.deepEqual(rows(await file(people[personnel], 'delegations'))[0], ['from', 'to', 'since', 'until'])
})

test('relatives are listed to who keeps them, and to each their own', async () => {
	const document = (await get(server, '/api/v1/openapi.json')).json
	const kin = async (name, query = '') => {
		const reply = await people[name].get('/api/v1/kin' + query)
		foreseen(document, '/api/v1/kin', 'GET', reply)
		assert.equal(reply.status, 200, reply.body)
		return reply.json.kin.map((one) => [one.person, one.other, one.kind].sort())
	}
	const row = [lead, checker, 'in-law'].sort()
	assert.deepEqual(await kin(personnel), [row])
	assert.deepEqual(await kin(lead), [row])
	assert.deepEqual(await kin(checker, `?person=${lead}`), [row])
	assert.deepEqual(await kin(other), [])
	assert.deepEqual(await kin(other, `?person=${lead}`), [])
	assert.deepEqual(await kin(personnel, `?person=${other}`), [])
	problem(await people[lead].get('/api/v1/kin?person=nobody'), 400, 'person')
	problem(await get(server, '/api/v1/kin'), 401)
	assert.equal(rows(await file(people[personnel], 'kin')).length, 2)
	assert.deepEqual(rows(await file(people[lead], 'relations')), [['relation', 'zh', 'en'], ['arises_from', '源于', 'Arises from']])
})
