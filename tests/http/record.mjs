// The record of results of one person: figures, what is behind them, and to whom it is open.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { bihuan, foreseeing, get, inside, launch, problem, run, signIn, smallest } from './lib.mjs'

const registry = 'li.zhufei', checker = 'tan.yunlan', lead = 'deng.puqing', liaison = 'su.lanmo', leader = 'huang.tongheng', director = 'chen.zhuzhou', personnel = 'guan.meishuang', legal = 'zhong.lingxue', finance = 'zhao.xilu', inquirer = 'lu.tinghe'
const names = [registry, checker, lead, liaison, leader, director, personnel, legal, finance, inquirer]
const data = smallest('data', ...names)
const at = (day, time = '09:00') => ['--now', `2019-${day}T${time}`]
const json = (...args) => JSON.parse(run(...args, '--json'))
const paper = inside('paper.txt')
writeFileSync(paper, 'what was done')

// Two tasks: the one is signed for in time, done and verified; for the other nobody signs, so it is failed by whoever heads the unit then.
const task = (title, day, hour = '09') => {
	const { number } = json('open', data, 'task', `title=${title}`, 'lead_unit=projects', 'leader=deputy-director-2', 'due=2019-12-31', '--as', registry, ...at(day, hour + ':00'))
	run('act', data, number, 'send', '--as', registry, ...at(day, hour + ':30'))
	return number
}
const done = task('修缮屋顶', '01-07'), left = task('铺设管道', '01-07', '10')
json('open', data, 'accountability', 'title=某事', 'subject=station', 'ground=overdue', '--as', inquirer, ...at('01-07', '11:00'))
run('act', data, done, 'sign', '--as', lead, ...at('01-08'))
run('act', data, done, 'ask_close', '--evidence', paper, '--as', lead, ...at('01-09'))
run('act', data, done, 'close', '--as', checker, ...at('01-10'))
run('tick', data, ...at('01-14'))
// Later two change places, and the new head signs for a third.
run('move', data, 'projects-head', finance, '--leave', 'finance-head', '--from', '2019-02-01', '--as', personnel, ...at('01-30'))
run('move', data, 'finance-head', lead, '--from', '2019-02-01', '--as', personnel, ...at('01-30', '09:30'))
const third = task('清理河道', '02-11')
run('act', data, third, 'sign', '--as', finance, ...at('02-12'))
// One head does what is theirs, in a task that everybody sees and in a finding that those around the unit see; a day later they hold no post.
const last = json('open', data, 'task', 'title=汇编规章', 'lead_unit=legal', 'leader=deputy-director-2', 'due=2019-12-31', '--as', registry, ...at('02-12', '09:10')).number
const finding = json('open', data, 'finding', 'title=合同未备案', 'unit=legal', 'due=2019-05-31', '--as', checker, ...at('02-12', '09:20')).number
run('act', data, last, 'send', '--as', registry, ...at('02-12', '09:30'))
run('act', data, last, 'sign', '--as', legal, ...at('02-12', '09:40'))
run('act', data, last, 'ask_close', '--evidence', paper, '--as', legal, ...at('02-12', '09:50'))
run('act', data, last, 'close', '--as', checker, ...at('02-12', '10:00'))
run('act', data, finding, 'feed_back', '--evidence', paper, '--as', checker, ...at('02-12', '10:10'))
run('act', data, finding, 'claim', 'measures=补备案', '--as', legal, ...at('02-12', '10:20'))
run('move', data, 'legal-head', legal, '--end', '--from', '2019-02-13', '--as', personnel, ...at('02-12', '11:00'))

const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', ...at('02-13')])
after(() => server.stop())
const people = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await signIn(server, name)])))
const { read } = foreseeing((await get(server, '/api/v1/openapi.json')).json, people)
const record = async (who, whose, query = '') => {
	const reply = await read(who, `/people/${whose}/record${query}`)
	assert.equal(reply.status, 200, reply.body)
	return reply.json
}
const later = at('02-14') // looks are recorded while the server runs
const of = (sums) => [sums.in_time, sums.late, sums.failed + sums.owed, sums.verified]

test('what was owed is put down to whoever held the post on the day that counts', async () => {
	const first = await record(lead, lead), second = await record(finance, finance)
	assert.deepEqual(of(first.sums), [2, 0, 1, 1]) // signed, finished; the one that nobody signed for; verified by the other
	assert.equal(first.sums.duties, 3)
	assert.deepEqual(of(second.sums), [1, 0, 0, 0])
	assert.deepEqual(first.years.map(({ year, sums }) => [year, sums]), [[2019, first.sums]])
	assert.equal(first.person.code, lead)
	assert.deepEqual(second.person.posts.map(({ code }) => code), ['projects-head'])
	assert.deepEqual(second.tenures.map(({ post, from, until }) => [post, from, until]), [['projects-head', '2019-02-01', undefined], ['finance-head', '2018-01-02', '2019-02-01']])
	// Who was told of the failure owes an answer to it, and hasn't given any.
	assert.deepEqual(of((await record(registry, registry)).sums).slice(1), [0, 1, 0])
})

test('the figures are the rows behind them, page by page, and those of the report', async () => {
	for (const [name, whose] of [[lead, lead], [personnel, registry], [director, finance]]) {
		const { sums } = await record(name, whose), rows = []
		let cursor = ''
		do {
			const page = (await read(name, `/people/${whose}/record/duties?limit=1${cursor}`)).json
			rows.push(...page.duties)
			cursor = page.cursor === undefined ? undefined : `&cursor=${page.cursor}`
		} while (cursor !== undefined)
		assert.equal(rows.length, sums.duties)
		assert.deepEqual(rows, (await read(name, `/people/${whose}/record/duties`)).json.duties)
		assert.deepEqual(rows.map(({ day }) => day), rows.map(({ day }) => day).sort().reverse())
		for (const fate of ['in_time', 'late', 'failed', 'owed']) {
			assert.equal(rows.filter((row) => row.fate === fate).length, sums[fate], fate)
			assert.equal((await read(name, `/people/${whose}/record/duties?fate=${fate}`)).json.duties.length, sums[fate])
		}
		const said = json('report', data, 'results', '--format', 'json', '--as', name, ...later).find(({ code }) => code === whose)
		assert.deepEqual([said.in_time, said.late, said.failed + said.owed, said.verified], of(sums))
	}
	const [verified] = (await read(lead, `/people/${lead}/record/verified`)).json.verified
	assert.deepEqual([verified.number, verified.action], [done, 'Ask to close'])
	const failed = (await read(lead, `/people/${lead}/record/duties`)).json.duties.find(({ fate }) => fate !== 'in_time')
	assert.deepEqual([failed.number, failed.name, failed.fate], [left, 'Sign in time', 'owed'])
	assert.equal(failed.day, failed.due_day)
})

test('a period takes duties by their due day and results by their end', async () => {
	assert.deepEqual(of((await record(lead, lead, '?to=2019-01-08')).sums), [0, 0, 0, 0])
	assert.deepEqual(of((await record(lead, lead, '?to=2019-01-09')).sums), [1, 0, 1, 0])
	assert.deepEqual(of((await record(lead, lead, '?from=2019-01-10&to=2019-01-10')).sums).slice(3), [1])
	assert.deepEqual(of((await record(lead, lead, '?from=2019-02-01')).sums), [1, 0, 0, 0]) // done long before its day
	problem(await read(lead, `/people/${lead}/record?from=2019-02-02&to=2019-02-01`), 400, 'to')
	problem(await read(lead, `/people/${lead}/record/duties?fate=lost`), 400, 'fate')
})

test('it is open to oneself, to the organisation office and to those above; to others as if nobody were there', async () => {
	const strip = ({ status, body }) => ({ status, body: body.replace(/"request":"[^"]*"/, '') })
	const rows = (name) => json('report', data, 'results', '--format', 'json', '--as', name, ...later).map(({ code }) => code)
	for (const name of [finance, personnel, leader, director]) await record(name, finance)
	await record(finance, liaison) // of the unit that they head
	for (const name of [liaison, legal, registry, checker, lead]) {
		for (const part of ['', '/duties', '/verified']) {
			const nobody = strip(await read(name, `/people/nobody.here/record${part}`))
			assert.equal(nobody.status, 404)
			assert.deepEqual(strip(await read(name, `/people/${finance}/record${part}`)), nobody, name)
		}
		assert.ok(!rows(name).includes(finance), name)
		const refused = spawnSync(bihuan, ['report', data, 'results', '--person', finance, '--as', name, ...later])
		assert.equal(refused.status, 2)
	}
	assert.ok(rows(personnel).includes(finance) && rows(leader).includes(finance))
	problem(await get(server, `/api/v1/people/${finance}/record`), 401)
})

test('what a reader doesn’t see counts for nothing in what they read', async () => {
	// The inquirer's own duties are in a compartment: the organisation office hears of none of them.
	const own = await record(inquirer, inquirer), told = await record(personnel, inquirer)
	assert.ok(told.sums.duties <= own.sums.duties)
	assert.equal(told.sums.duties, 0)
})

test('whoever holds no post any more reads their own record, and nothing else', async () => {
	const { sums, tenures, person } = await record(legal, legal)
	assert.deepEqual(of(sums), [3, 0, 0, 1]) // signed, finished, claimed; the task was verified
	assert.deepEqual(person.posts, [])
	assert.deepEqual(tenures.map(({ post, until }) => [post, until]), [['legal-head', '2019-02-13']])
	const { duties } = (await read(legal, `/people/${legal}/record/duties`)).json
	assert.deepEqual([...new Set(duties.map(({ number }) => number))].sort(), [last, finding].sort())
	for (const { matter } of duties) assert.equal((await read(legal, `/matters/${matter}`)).status, 404)
	assert.deepEqual((await read(legal, '/matters')).json.matters, [])
	assert.deepEqual((await read(legal, `/people/${legal}/record/verified`)).json.verified.map(({ number }) => number), [last])
	assert.equal(json('report', data, 'results', '--person', legal, '--format', 'json', '--as', legal, ...later).length, 4)
	for (const whose of [lead, finance]) problem(await read(legal, `/people/${whose}/record`), 404)
})

test('a report tells one record line by line, on the screen and over HTTP alike', async () => {
	const lines = json('report', data, 'results', '--person', lead, '--format', 'json', '--as', lead, '--lang', 'en', ...later)
	assert.deepEqual(lines.map(({ how }) => how).sort(), ['in time', 'in time', 'overdue', 'verified'])
	const told = (await read(lead, `/reports/results?person=${lead}`)).json
	assert.equal(told.rows.length, lines.length)
	problem(await read(lead, `/reports/results?person=${finance}`), 400, 'person')
})

test('the history of a matter names the account of those whose record is open to the reader, and of nobody else', async () => {
	const list = (await read(registry, '/matters?q=' + encodeURIComponent('修缮屋顶'))).json
	const { id } = list.matters.find(({ number }) => number === done)
	const named = async (name) => new Set((await read(name, `/matters/${id}/history`)).json.events.map(({ person }) => person).filter(Boolean))
	assert.deepEqual(await named(registry), new Set([registry]))
	assert.deepEqual(await named(personnel), new Set([registry, lead, checker]))
	for (const person of [registry, lead, checker]) assert.equal((await read(personnel, `/people/${person}/record`)).status, 200)
	assert.equal((await read(registry, `/people/${lead}/record`)).status, 404)
})
