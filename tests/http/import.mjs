// Tables over HTTP: sent, looked at without writing anything, recorded as one act in the sender's rights; exported tables edited and imported
// again.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { parts, sheet, workbook, zip } from '../cli/xlsx.mjs'
import { ask, bihuan, foreseen, get, inside, launch, problem, run, signIn, smallest } from './lib.mjs'

const registry = 'li.zhufei', checker = 'tan.yunlan', personnel = 'guan.meishuang', legal = 'zhong.lingxue', lead = 'deng.puqing', outsider = 'pan.xiuliao'
const names = [registry, checker, personnel, legal, lead, outsider]
const data = smallest('data', ...names)
const now = ['--now', '2019-01-09T09:00']
const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', ...now])
after(() => server.stop())
const document = (await get(server, '/api/v1/openapi.json')).json
const people = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await signIn(server, name)])))

async function send(name, bytes, file = 't.csv') {
	const body = Buffer.from(bytes)
	const reply = await ask(server, 'POST', `/api/v1/imports?name=${encodeURIComponent(file)}`, { body, headers: { ...people[name].headers, 'Content-Length': body.length } })
	foreseen(document, '/api/v1/imports', 'POST', reply)
	assert.equal(reply.status, 201, reply.body)
	return reply.json.file
}
async function step(name, file, what, body, headers = {}) {
	const reply = await people[name].post(`/api/v1/imports/${file}/${what}`, body, { headers })
	foreseen(document, `/api/v1/imports/{file}/${what}`, 'POST', reply)
	return reply
}
async function preview(name, bytes, body, file) {
	const sent = await send(name, bytes, file)
	const reply = await step(name, sent, 'preview', body)
	assert.equal(reply.status, 200, reply.body)
	return { ...reply.json, file: sent }
}
const commit = (name, seen, body, headers) => step(name, seen.file, 'commit', { ...body, digest: seen.digest }, headers)
const events = async () => Number((await get(server, '/api/v1/ledger/checkpoint')).body.split('\n')[1])
const tasks = { kind: 'matters', procedure: 'task' }, findings = { kind: 'matters', procedure: 'finding' }
const rows = (...lines) => ['number_ref,title,lead_unit,leader,due', ...lines, ''].join('\n')
const good = rows('A-1,年度采购计划,finance,deputy-director-1,2019-06-28', 'A-2,服务大厅改造,projects,deputy-director-2,2019.9.27')

test('a preview says what each row would do and writes nothing; a commit is one act, done once under its key', async () => {
	const before = await events()
	const seen = await preview(registry, good, tasks)
	assert.deepEqual([seen.rows, seen.opens, seen.wrong, seen.nothing], [2, 2, 0, 0])
	assert.deepEqual(seen.shown[1], { line: 3, does: 'opens', cells: { number_ref: 'A-2', title: '服务大厅改造', lead_unit: 'projects', leader: 'deputy-director-2', due: '2019.9.27' } })
	assert.deepEqual(seen.columns[4], { at: '5', header: 'due', column: 'due', basis: 'named' })
	assert.ok(seen.targets.find((target) => target.name === 'due').required)
	// Labels in the language of whoever asks, of fields and of the columns that every table has.
	const labels = ({ targets }) => ['title', 'opened'].map((name) => targets.find((target) => target.name === name).label)
	const chinese = (await people[registry].post(`/api/v1/imports/${seen.file}/preview`, tasks, { headers: { 'Accept-Language': 'zh' } })).json
	assert.deepEqual([labels(seen), labels(chinese)], [['Task', 'Opened on'], ['任务', '立项日期']])
	assert.equal(await events(), before)
	const done = await commit(registry, seen, tasks, { 'Idempotency-Key': 'i1' })
	assert.equal(done.status, 200, done.body)
	assert.deepEqual([done.json.recorded, done.json.index, done.json.again], [2, before, false])
	assert.equal(await events(), before + done.json.count)
	const again = (await commit(registry, seen, tasks, { 'Idempotency-Key': 'i1' })).json
	assert.deepEqual([again.again, again.index, again.count], [true, before, done.json.count])
	assert.equal((await get(server, done.json.receipt)).status, 200)
	const known = await preview(registry, good, tasks)
	assert.deepEqual([known.nothing, known.opens], [2, 0])
	assert.equal((await commit(registry, known, tasks)).json.count, 0)
	assert.equal(await events(), before + done.json.count)
})

test('every bad cell has its place and its sentence in both languages, and all rows wait for it', async () => {
	const before = await events()
	const table = workbook([['督查事项', '主办单位', '分管领导', '办结时限', '天气'], ['好的一行', 'finance', 'deputy-director-1', '2019-06-30'], ['坏的一行', 'finanse', 'deputy-director-1', '2019-02-30', '晴']])
	const body = { ...tasks, columns: [{ header: '分管领导', column: 'leader' }] }
	const seen = await preview(registry, table, body, '任务.xlsx')
	assert.deepEqual(seen.errors.map((error) => error.place), ['Sheet1!E1', 'Sheet1!B3', 'Sheet1!D3'])
	assert.match(seen.errors[2].text, /is not in the calendar/)
	assert.match(seen.errors[2].text_zh, /\p{Script=Han}/u)
	assert.doesNotMatch(seen.errors[2].text_zh, /calendar/)
	assert.deepEqual(seen.columns.map((column) => column.basis), ['usual', 'usual', 'said', 'usual', 'unknown'])
	assert.deepEqual(seen.shown.map((row) => row.does), ['opens', 'wrong'])
	problem(await commit(registry, seen, body), 400, 'file')
	assert.equal(await events(), before)
})

test('what was said of columns is remembered with the act, for this person and this kind', async () => {
	const table = (title) => workbook([['督查事项', '单位甲', '哪位领导', '到什么时候', '天气'], [title, 'finance', 'deputy-director-1', '2019-06-30', '晴']])
	const columns = [['单位甲', 'lead_unit'], ['哪位领导', 'leader'], ['到什么时候', 'due'], ['天气', '-']].map(([header, column]) => ({ header, column }))
	assert.ok((await preview(registry, table('第一件'), tasks, 'a.xlsx')).errors.length > 0)
	const seen = await preview(registry, table('第一件'), { ...tasks, columns }, 'a.xlsx')
	assert.deepEqual(seen.errors, [])
	// Not by looking alone.
	assert.ok((await preview(registry, table('第二件'), tasks, 'b.xlsx')).errors.length > 0)
	assert.equal((await commit(registry, seen, { ...tasks, columns })).status, 200)
	const next = await preview(registry, table('第二件'), tasks, 'b.xlsx')
	assert.deepEqual(next.errors, [])
	assert.deepEqual(next.columns.map((column) => column.basis), ['usual', 'remembered', 'remembered', 'remembered', 'remembered'])
	assert.ok((await preview(registry, table('第二件'), { ...tasks, forget: true }, 'b.xlsx')).errors.length > 0)
	assert.ok((await preview(checker, table('第二件'), tasks, 'b.xlsx')).errors.length > 0)
	const wrong = await step(registry, next.file, 'preview', { ...tasks, columns: [{ header: '天气', column: 'weather' }] })
	problem(wrong, 400, 'columns')
})

test('an import has the rights of who sends it, and of nobody else', async () => {
	const before = await events()
	const table = rows('B-1,越权,finance,deputy-director-1,2019-06-28')
	const refused = await preview(outsider, table, tasks)
	assert.equal(refused.errors[0].line, 2)
	problem(await commit(outsider, refused, tasks), 400, 'file')
	// Not in the name of another either.
	const named = await preview(outsider, 'number_ref,by,title,lead_unit,leader,due\nB-1,li.zhufei,借名,finance,deputy-director-1,2019-06-28\n', tasks)
	assert.ok(named.errors.some((error) => error.column === 'by' && /opened by whoever imports it/.test(error.text)))
	// Nor another's file.
	const file = await send(registry, rows('B-2,别人的,finance,deputy-director-1,2019-06-28'))
	problem(await step(outsider, file, 'preview', tasks), 404, 'file')
	const persons = await preview(registry, 'code,name\nnew.one,新人\n', { kind: 'people' })
	assert.match(persons.errors[0].text, /"Records of people and tenures"/)
	assert.equal(await events(), before)
})

test('rows of the institution, relatives and the calendar come from tables', async () => {
	const body = { kind: 'people' }
	const seen = await preview(personnel, 'code,name,born\nnew.one,新人甲,1980-01-02\nnew.two,新人乙,\n', body)
	assert.deepEqual([seen.sets, seen.wrong], [2, 0])
	assert.equal((await commit(personnel, seen, body)).json.recorded, 2)
	const kin = await preview(personnel, '人员,亲属,关系\nnew.one,new.two,spouse\nnew.one,nobody.such,child\n', { kind: 'kin' })
	assert.deepEqual(kin.errors.map((error) => [error.place, error.text_zh]), [['3:亲属', '没有人员“nobody.such”']])
	const pair = await preview(personnel, '人员,亲属,关系\nnew.one,new.two,spouse\n', { kind: 'kin' })
	assert.equal((await commit(personnel, pair, { kind: 'kin' })).status, 200)
	assert.equal((await preview(personnel, '人员,亲属,关系\nnew.two,new.one,spouse\n', { kind: 'kin' })).nothing, 1)
	const relations = { kind: 'relations' }, ties = '关系,中文名称,英文名称\nfollows,后续,Follows\n'
	assert.match((await preview(personnel, ties, relations)).errors[0].text, /"Adoption of procedures and the calendar"/)
	assert.equal((await commit(legal, await preview(legal, ties, relations), relations)).json.recorded, 1)
	assert.equal((await preview(legal, ties, relations)).nothing, 1)
	const days = await preview(legal, 'day,works\n2019-03-09,true\n', { kind: 'calendar' })
	assert.equal((await commit(legal, days, { kind: 'calendar' })).json.recorded, 1)
	// Themselves they don't record.
	assert.match((await preview(personnel, `code,name\n${personnel},改名\n`, body)).errors[0].text, /nobody records what is about themselves/)
})

test('nothing else is recorded than what was looked at', async () => {
	const table = 'code,name\nlate.one,晚来\n'
	const seen = await preview(personnel, table, { kind: 'people' })
	const other = await preview(personnel, 'code,name\nearly.one,先到\n', { kind: 'people' })
	assert.equal((await commit(personnel, other, { kind: 'people' })).status, 200)
	const before = await events()
	problem(await commit(personnel, seen, { kind: 'people' }), 409, 'digest')
	problem(await commit(personnel, { ...seen, digest: '0'.repeat(64) }, { kind: 'people' }), 409, 'digest')
	assert.equal(await events(), before)
	problem(await step(personnel, seen.file, 'commit', { kind: 'people' }), 400, 'digest')
	problem(await step(personnel, seen.file, 'preview', { kind: 'peeple' }), 400, 'kind')
	problem(await step(personnel, seen.file, 'preview', { kind: 'matters' }), 400, 'procedure')
	problem(await step(personnel, seen.file, 'preview', { kind: 'people', procedure: 'task' }), 400, 'procedure')
	problem(await step(personnel, seen.file, 'preview', { kind: 'matters', procedure: 'tusk' }), 400, 'procedure')
	problem(await step(personnel, seen.file, 'preview', { kind: 'people', sheet: 'x' }), 400, 'sheet')
	problem(await step(personnel, 'f'.repeat(64), 'preview', { kind: 'people' }), 404, 'file')
	problem(await ask(server, 'POST', '/api/v1/imports?name=x.csv', { body: 'a', headers: { 'Content-Length': 1 } }), 401)
})

test('what is no table is said as such, and a file that means harm harms nobody', async () => {
	const broken = await send(registry, Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(200, 7)]), 'x.xlsx')
	problem(await step(registry, broken, 'preview', tasks), 400, undefined)
	const old = await send(registry, Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'x.xls')
	problem(await step(registry, old, 'preview', tasks), 400, undefined)
	const entity = await send(registry, zip(parts({ Sheet1: sheet([['title']]).replace('<worksheet', '<!DOCTYPE x [<!ENTITY a "b">]><worksheet') })), 'x.xlsx')
	problem(await step(registry, entity, 'preview', tasks), 400, undefined)
	// Many at once, while the server has all of its threads.
	const table = workbook([['title', 'lead_unit', 'leader', 'due'], ['并发', 'finance', 'deputy-director-1', '2019-06-30']])
	const file = await send(registry, table, 'x.xlsx')
	const all = await Promise.all(Array.from({ length: 12 }, () => step(registry, file, 'preview', tasks)))
	assert.deepEqual(all.map((reply) => [reply.status, reply.json.opens]), all.map(() => [200, 1]))
	assert.deepEqual(readdirSync(join(data, 'imports')).filter((name) => /\.(part|new)$/.test(name)), [])
})

// ---- out, edited, in again ----

const exported = () => {
	const out = inside('findings.csv')
	run('export', data, 'matters', '--procedure', 'finding', '--out', out, '--now', '2019-01-09T20:00')
	const [head, ...lines] = readFileSync(out, 'utf8').trim().split(/\r?\n/).map((line) => line.split(','))
	return { head, lines }
}
/** The exported table with one cell of one row changed. */
function edited(table, row, column, value) {
	const lines = table.lines.map((line) => [...line])
	lines.find((line) => line[table.head.indexOf('title')] === row)[table.head.indexOf(column)] = value
	return { head: table.head, lines }
}
const text = ({ head, lines }) => [head, ...lines].map((line) => line.join(',')).join('\n') + '\n'

test('an edited cell is the one action that sets it, by who may do it now', async () => {
	for (const title of ['台账不全', '公示过期'])
		assert.equal((await people[checker].post('/api/v1/matters', { procedure: 'finding', fields: { title, unit: 'projects', due: '2099-05-31' } })).status, 201)
	const list = (await people[checker].get('/api/v1/matters?procedure=finding')).json.matters
	const id = (title) => list.find((matter) => matter.title === title).id
	const note = Buffer.from('%PDF-1.4\n%%EOF\n')
	const evidence = (await ask(server, 'POST', '/api/v1/evidence?name=a.pdf', { body: note, headers: { ...people[checker].headers, 'Content-Length': note.length } })).json.hash
	assert.equal((await people[checker].post(`/api/v1/matters/${id('台账不全')}/actions/feed_back`, { evidence: [evidence] })).status, 200)

	const table = exported()
	const as = async (name, changed) => preview(name, text(changed), findings)
	assert.equal((await as(lead, table)).nothing, 2)
	// The server gives the same table, as csv and as a spreadsheet, to whom may see it.
	const given = await people[lead].get('/api/v1/exports/matters/finding')
	assert.deepEqual(given.body.trim().split(/\r?\n/).sort(), text(table).trim().split('\n').sort())
	const sheetGiven = await people[lead].get('/api/v1/exports/matters/finding?format=xlsx')
	assert.equal((await preview(lead, sheetGiven.bytes, findings, 'f.xlsx')).nothing, 2)
	assert.equal((await people[outsider].get('/api/v1/exports/matters/finding')).body.trim().split(/\r?\n/).length, 1)
	problem(await people[lead].get('/api/v1/exports/matters/accountability'), 422, 'procedure')
	problem(await people[lead].get('/api/v1/exports/matters/fnding'), 404)
	const seen = await as(lead, edited(table, '台账不全', 'measures', '补齐台账'))
	assert.deepEqual([seen.changes, seen.nothing, seen.errors], [1, 1, []])
	assert.deepEqual(seen.shown.find((row) => row.does === 'changes').action, 'claim')
	// What nobody sets once it is open; what isn't theirs; what can't be done here; what is emptied.
	const due = await as(lead, edited(table, '台账不全', 'due', '2099-08-31'))
	assert.match(due.errors[0].text, /no action of this procedure changes it/)
	assert.equal(due.errors[0].column, 'due')
	assert.match((await as(checker, edited(table, '台账不全', 'measures', '代填'))).errors[0].text, /changed by 'Claim and plan', but/)
	assert.match((await as(lead, edited(table, '公示过期', 'measures', '抢先'))).errors[0].text, /not in the present state/)
	assert.equal((await as(lead, edited(table, '台账不全', 'version', ''))).errors[0]?.text ?? '', '')
	assert.match((await as(lead, edited(edited(table, '台账不全', 'measures', '补齐'), '台账不全', 'version', '1'))).errors[0].text, /has changed since the file was exported/)

	const before = await events()
	const done = await commit(lead, seen, findings)
	assert.equal(done.status, 200, done.body)
	const matter = (await people[lead].get(`/api/v1/matters/${id('台账不全')}`)).json
	assert.equal(JSON.stringify(matter).includes('补齐台账'), true)
	// Whoever looked at something meanwhile is recorded beside it, in its own time.
	assert.ok(await events() >= before + done.json.count)
	// The same file again: all of it is so. An older one with something else: it has changed since.
	assert.equal((await as(lead, edited(table, '台账不全', 'measures', '补齐台账'))).nothing, 2)
	assert.match((await as(lead, edited(table, '台账不全', 'measures', '另一套'))).errors[0].text, /export it again/)
	assert.match((await as(lead, edited(exported(), '台账不全', 'measures', ''))).errors[0].text, /empties no cell/)
})

test('a form for an appointment: its lines are looked at and chosen, and only tenures come of it', async () => {
	const form = (until) => `<Person><XingMing>钟凌雪</XingMing><ChuShengNianYue>BORN</ChuShengNianYue><MinZu>汉族</MinZu><JianLi>${until}</JianLi></Person>`
	const own = (name) => run('export', data, name).split('\r\n').map((line) => line.split(','))
	const [, name, , born] = own('people').find((row) => row[0] === legal), tenure = own('tenures').find((row) => row[1] === legal)
	const post = own('posts').find((row) => row[0] === tenure[0]), unit = own('units').find((row) => row[0] === post[1])
	const said = post[2].startsWith(unit[1]) ? post[2] : `${unit[1]}${post[2]}`
	const text = form(`${tenure[2].slice(0, 7).replace('-', '.')}--2019.01  ${said}\n2019.01--         某局局长`).replace('钟凌雪', name).replace('BORN', born.slice(0, 7).replace('-', ''))
	const body = { kind: 'lrmx' }, before = await events()
	const seen = await preview(personnel, text, body, 'form.lrmx')
	assert.deepEqual([seen.rows, seen.sets, seen.errors.length], [1, 1, 0], JSON.stringify(seen))
	assert.equal(seen.shown[0].cells.person, legal)
	assert.ok(seen.notes.some(({ text_zh }) => /未予读取：民族/.test(text_zh)) && seen.notes.some(({ line, text: why }) => line === 2 && /no post of the roster/.test(why)), JSON.stringify(seen.notes))
	assert.ok(!JSON.stringify(seen.shown).includes('汉族'))
	// None is chosen: nothing is recorded. A line that there isn't is refused.
	assert.equal((await step(personnel, seen.file, 'preview', { ...body, lines: [] })).json.sets, 0)
	problem(await step(personnel, seen.file, 'preview', { ...body, lines: [7] }), 400, 'lines')
	problem(await step(personnel, seen.file, 'preview', { kind: 'tenures' }), 400, 'kind')
	// Nobody else keeps the roster, and another choice is no longer what was looked at.
	const others = await preview(outsider, text, body, 'form.lrmx')
	assert.ok(others.errors.length > 0)
	problem(await commit(personnel, seen, { ...body, lines: [] }), 409, 'digest')
	assert.equal(await events(), before)
	const done = await commit(personnel, seen, { ...body, lines: [1] })
	assert.equal(done.status, 200, done.body)
	assert.equal(own('tenures').find((row) => row[1] === legal)[3], '2019-01-01')
})
