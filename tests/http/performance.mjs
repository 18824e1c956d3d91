// Units by a formula: adopted as an event, tried without one; the ranking, what is behind each point, and who may put it in force.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { bihuan, foreseeing, get, inside, launch, problem, run, signIn, smallest } from './lib.mjs'

const registry = 'li.zhufei', checker = 'tan.yunlan', lead = 'deng.puqing', legal = 'zhong.lingxue', other = 'pan.xiuliao', inquirer = 'lu.tinghe'
const names = [registry, checker, lead, legal, other, inquirer]
const data = smallest('data', ...names)
const at = (day, time = '09:00') => ['--now', `2019-${day}T${time}`]
const json = (...args) => JSON.parse(run(...args, '--json'))
const paper = inside('paper.txt'), file = inside('performance.yaml')
writeFileSync(paper, 'what was done')
const formula = (points) => `formula: plain
title: {zh: 简明公式, en: Plain}
items:
  in_time: {measure: in_time, weight: 60, label: {zh: 按期, en: In time}}
  closed: {measure: closed, procedure: task, weight: 40, label: {zh: 办结, en: Closed}}
  breaches: {measure: breaches, points: ${points}, most: -30, label: {zh: 失责, en: Breaches}}
`
writeFileSync(file, formula(-1))

const task = (title, unit, hour) => {
	const { number } = json('open', data, 'task', `title=${title}`, `lead_unit=${unit}`, 'leader=deputy-director-2', 'due=2019-12-31', '--as', registry, ...at('01-07', hour + ':00'))
	run('act', data, number, 'send', '--as', registry, ...at('01-07', hour + ':30'))
	return number
}
const done = task('修缮屋顶', 'projects', '09'), left = task('窗口整治', 'services', '10')
// Of a finding only those around its unit hear.
run('open', data, 'finding', 'title=排队过长', 'unit=station', 'due=2019-05-31', '--as', checker, ...at('01-07', '11:00'))
run('act', data, done, 'sign', '--as', lead, ...at('01-08'))
run('act', data, done, 'ask_close', '--evidence', paper, '--as', lead, ...at('01-09'))
run('act', data, done, 'close', '--as', checker, ...at('01-10'))
run('tick', data, ...at('01-14'))

const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', ...at('01-15')])
after(() => server.stop())
const people = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await signIn(server, name)])))
const { read, write, done: did } = foreseeing((await get(server, '/api/v1/openapi.json')).json, people)
const ranking = async (name, query = '') => {
	const reply = await read(name, '/performance' + query)
	assert.equal(reply.status, 200, reply.body)
	return reply.json
}
const ranks = ({ units }) => units.map(({ code, rank, peers, points }) => [code, rank, peers, points])

test('as long as none is in force there is nothing to rank by, but any formula can be tried', async () => {
	problem(await read(lead, '/performance'), 404, 'formula')
	assert.deepEqual((await read(lead, '/performance/formulas')).json.formulas, [])
	const before = (await get(server, '/api/v1/ledger/checkpoint')).body.split('\n')[1]
	const tried = (await did(lead, '/performance/what-if', { text: formula(-1) }))
	assert.equal(tried.formula.version, undefined)
	assert.deepEqual(ranks(tried).filter(([code]) => code === 'projects' || code === 'services').map(([code, rank, , points]) => [code, rank, points]).sort(), [['projects', 1, 10000], ['services', tried.units.find(({ code }) => code === 'services').rank, -100]])
	assert.equal((await get(server, '/api/v1/ledger/checkpoint')).body.split('\n')[1], before)
})

test('a formula is put in force by the rules office alone, by whoever has just proved who they are, and never for the past', async () => {
	const body = { file: 'performance.yaml', text: formula(-1) }
	problem(await write(lead, '/performance/formulas', body), 403)
	problem(await write(legal, '/performance/formulas', { ...body, from: '2019-01-14' }), 422, 'from')
	problem(await write(legal, '/performance/formulas', { ...body, text: 'formula: x\n' }), 400, 'text')
	const receipt = await did(legal, '/performance/formulas', body)
	assert.deepEqual([receipt.count, receipt.id], [1, 1])
	problem(await write(legal, '/performance/formulas', body), 409, 'text')
	assert.equal((await did(legal, '/performance/formulas', { ...body, text: formula(-5), from: '2019-07-01' })).id, 2)
	const [second, first] = (await read(lead, '/performance/formulas')).json.formulas
	assert.deepEqual([first.version, first.from, first.present, first.event], [1, '2019-01-15', true, receipt.index])
	assert.deepEqual([second.version, second.from, second.present], [2, '2019-07-01', false])
	const text = await people[lead].get('/api/v1/performance/formulas/2/text')
	assert.equal(text.body, formula(-5))
	assert.equal((await people[lead].get('/api/v1/performance/formulas/3/text')).status, 404)
})

test('a score is reckoned by the formula that is in force on the last day of its period, or by the version asked for', async () => {
	const now = await ranking(lead), later = await ranking(lead, '?to=2019-07-31'), asked = await ranking(lead, '?formula=2')
	assert.deepEqual([now.formula.version, later.formula.version, asked.formula.version], [1, 2, 2])
	const services = (told) => told.units.find(({ code }) => code === 'services').points
	assert.deepEqual([services(now), services(later), services(asked)], [-100, -500, -500])
	problem(await read(lead, '/performance?to=2019-01-14'), 404, 'formula')
	problem(await read(lead, '/performance?formula=3'), 400, 'formula')
	problem(await read(lead, '/performance?from=2019-02-01&to=2019-01-31'), 400, 'to')
})

test('units stand beside those of their kind, with the points of each item', async () => {
	const told = await ranking(lead)
	for (const { kind, peers } of told.units) assert.equal(told.units.filter((unit) => unit.kind === kind).length, peers)
	const projects = told.units.find(({ code }) => code === 'projects')
	assert.deepEqual(projects.parts, [{ points: 6000, good: 2, all: 2, empty: false }, { points: 4000, good: 1, all: 1, empty: false }, { points: 0, all: 0, empty: false }])
	assert.deepEqual((await ranking(lead, '?kind=station')).units.map(({ kind }) => kind).filter((kind) => kind !== 'station'), [])
	assert.deepEqual(told.formula.items.map(({ measure, weight, points }) => [measure, weight, points]), [['in_time', 60, undefined], ['closed', 40, undefined], ['breaches', undefined, -1]])
})

test('behind each point is a fact, and behind each fact an event whose inclusion is proved', async () => {
	const told = await ranking(lead)
	for (const { code, parts } of told.units) {
		const facts = (await read(lead, `/performance/units/${code}`)).json.facts
		told.formula.items.forEach(({ name }, place) => {
			const of = facts.filter(({ item }) => item === name)
			assert.equal(of.length, parts[place].all, `${code} ${name}`)
			if (parts[place].good !== undefined) assert.equal(of.filter(({ counts }) => counts === 'for').length, parts[place].good)
		})
		const paged = []
		let cursor = ''
		do {
			const page = (await read(lead, `/performance/units/${code}?limit=1${cursor}`)).json
			paged.push(...page.facts)
			cursor = page.cursor === undefined ? undefined : `&cursor=${page.cursor}`
		} while (cursor !== undefined)
		assert.deepEqual(paged, facts)
	}
	const facts = (await read(lead, '/performance/units/projects?item=in_time')).json.facts
	assert.deepEqual(facts.map(({ number, duty }) => [number, duty]), [[done, 'Sign in time'], [done, 'Finish by the due date']])
	for (const { event } of facts) assert.equal((await get(server, `/api/v1/ledger/proof/inclusion?index=${event}`)).status, 200)
	const [against] = (await read(lead, '/performance/units/services?item=breaches')).json.facts
	assert.deepEqual([against.number, against.counts, against.duty], [left, 'against', 'Sign in time'])
	assert.equal((await read(lead, '/performance/units/nowhere')).status, 404)
	const tried = await did(lead, '/performance/what-if', { text: formula(-5), unit: 'services' })
	assert.ok(tried.facts.length > 0 && tried.facts.every((fact) => ['for', 'against'].includes(fact.counts)))
})

test('what a reader doesn’t see counts for no unit', async () => {
	const matters = (told) => told.units.find(({ code }) => code === 'station')?.parts[0].all ?? 0
	const finding = async (name) => (await read(name, '/performance/units/station')).json.facts.filter(({ title }) => title === '排队过长').length
	assert.equal(await finding(lead), 0)
	assert.ok(matters(await ranking(lead)) <= matters(await ranking(other)))
	assert.ok(!JSON.stringify((await read(lead, '/performance/units/station')).json).includes('排队过长'))
})

test('a formula that is none is refused with its line', async () => {
	const refused = await write(lead, '/performance/what-if', { text: formula(-1).replace('measure: in_time', 'measure: opinions') })
	problem(refused, 400, 'text')
	assert.match(refused.body, /text:4:\d+: 'opinions' is no measure/)
	problem(await write(lead, '/performance/what-if', { text: formula(-1), unit: 'nowhere' }), 400, 'unit')
	problem(await write(lead, '/performance/what-if', {}), 400, 'text')
	problem(await get(server, '/api/v1/performance'), 401)
})

test('the report and its file are the same ranking; what was adopted is replayed and found sound', async () => {
	const told = await ranking(lead), report = (await read(lead, '/reports/performance')).json
	assert.deepEqual(report.rows.map(({ cells }) => [cells[0], Number(cells[1]), Math.round(100 * Number(cells[4]))]), told.units.map(({ kind_label: kind, rank, points }) => [kind, rank, points]))
	assert.ok(report.rows.every(({ cells }) => cells.at(-1).startsWith('plain v1 sha256:')))
	const file = await people[lead].get('/api/v1/exports/reports/performance')
	assert.equal(file.status, 200, file.body)
	assert.equal(file.body.trim().split('\r\n').length, told.units.length + 1)
	const { code } = await server.stop()
	assert.equal(code, 0)
	run('replay', data, ...at('01-16'))
	run('audit', data, ...at('01-16'))
})

test('the shell adopts too, shows what differs, and says which version', () => {
	writeFileSync(file, formula(-2))
	const said = run('adopt', data, file, '--yes', '--as', legal, ...at('01-17'))
	assert.match(said, /^-.*points: -1/m)
	assert.match(said, /^\+.*points: -2/m)
	assert.match(said, /plain {2}version 3, in force from 2019-01-17, event \d+/)
	const rows = json('report', data, 'performance', '--format', 'json', ...at('01-17', '10:00'))
	assert.ok(rows.length > 0 && rows.every((row) => row.formula.startsWith('plain v3 sha256:')))
	run('replay', data, ...at('01-17', '11:00'))
})
