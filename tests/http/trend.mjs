// How the figures came about: opened, ended and breached, week by week and month by month, against a count of the lists themselves.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { bihuan, foreseen, get, inside, launch, problem, run, signIn, smallest, until } from './lib.mjs'

const registry = 'li.zhufei', checker = 'tan.yunlan', lead = 'deng.puqing', inquirer = 'lu.tinghe'
const data = smallest('data', registry, checker, lead, inquirer)
let minute = 0
// Each a minute later than the one before, in the night before Beijing's midnight or in the morning.
const at = (day, hour = '09') => ['--now', `2019-${day}T${hour}:${String(minute++ % 60).padStart(2, '0')}`]
const open = (procedure, as, day, ...fields) => JSON.parse(run('open', data, procedure, ...fields, '--as', as, ...at(day), '--json')).number
const task = (day, title = '事') => open('task', registry, day, `title=${title}`, 'lead_unit=projects', 'leader=deputy-director-2', 'due=2019-12-31')
const paper = inside('paper.txt')
writeFileSync(paper, 'what was done')

const first = task('01-07'), second = task('01-07'), third = task('01-31')
open('finding', checker, '01-31', 'title=只有一个单位知道', 'unit=projects', 'due=2019-05-31')
open('accountability', inquirer, '01-31', 'title=专案', 'subject=station', 'ground=overdue')
run('act', data, third, 'drop', 'reason=不再需要', '--as', registry, ...at('01-31', '23'))
run('act', data, first, 'send', '--as', registry, ...at('02-01', '00'))
run('act', data, first, 'sign', '--as', lead, ...at('02-01'))
run('act', data, first, 'ask_close', '--evidence', paper, '--as', lead, ...at('02-04'))
run('act', data, first, 'close', '--as', checker, ...at('02-05'))
task('02-18')
const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', ...at('03-12')])
after(() => server.stop())
const document = (await get(server, '/api/v1/openapi.json')).json
const people = Object.fromEntries(await Promise.all([registry, checker, lead].map(async (name) => [name, await signIn(server, name)])))
async function trend(name, query = '') {
	const reply = await people[name].get('/api/v1/dashboard/trend' + query)
	foreseen(document, '/api/v1/dashboard/trend', 'GET', reply)
	assert.equal(reply.status, 200, reply.body)
	return reply.json.periods
}
const list = async (path, key) => (await people[registry].get('/api/v1' + path)).json[key]
const short = (day) => day.slice(0, 10)
// What the lists say of a period; of matters that everybody sees.
async function counted({ from, to }) {
	const within = (lines, day) => lines.filter((line) => short(day(line)) >= from && short(day(line)) <= to).length
	const matters = await list('/matters?limit=200&procedure=task', 'matters'), ended = async (standing) => within(await list(`/matters?limit=200&procedure=task&standing=${standing}`, 'matters'), (line) => line.ended)
	const breached = (await list('/duties?open=false&breached=true&limit=200', 'duties')).filter((duty) => duty.procedure !== 'finding')
	return { from, to, opened: within(matters, (line) => line.opened), closed: await ended('closed'), late: await ended('late'), void: await ended('void'), breached: within(breached, (duty) => duty.due_day) }
}

test('months and weeks hold what the lists do, the present one last', async () => {
	await until(async () => (await list('/duties?open=false&breached=true', 'duties')).length > 0)
	for (const query of ['', '?by=month&periods=3', '?by=week&periods=10', '?by=week&periods=60']) {
		const periods = await trend(lead, query), model = []
		for (const period of periods) model.push(await counted(period))
		assert.deepEqual(periods, model, query)
	}
	const months = await trend(checker, '?periods=3')
	assert.deepEqual(months.map((month) => [month.from, month.to]), [['2019-01-01', '2019-01-31'], ['2019-02-01', '2019-02-28'], ['2019-03-01', '2019-03-31']])
	// The drop of 23:00 on the last day of January belongs to January; the finding and the compartment to no figure.
	assert.deepEqual(months.map((month) => [month.opened, month.closed + month.late, month.void]), [[3, 0, 1], [1, 1, 0], [0, 0, 0]])
	assert.ok(months.reduce((sum, month) => sum + month.breached, 0) > 0)
	const weeks = await trend(lead, '?by=week&periods=2')
	assert.deepEqual(weeks.map((week) => [week.from, week.to]), [['2019-03-04', '2019-03-10'], ['2019-03-11', '2019-03-17']])
	assert.equal((await trend(lead)).length, 12)
	assert.ok(second)
})

test('what is kept is what counting gives', () => {
	const { stdout } = spawnSync(bihuan, ['audit', data, ...at('03-13'), '--lang', 'en'])
	assert.match(stdout.toString(), /OK {2}Every figure is what counting gives/)
})

test('what is no trend is refused', async () => {
	for (const [query, place] of [['?by=day', 'by'], ['?periods=0', 'periods'], ['?periods=61', 'periods'], ['?from=2019-01-01', 'from']])
		problem(await people[lead].get('/api/v1/dashboard/trend' + query), 400, place)
	problem(await get(server, '/api/v1/dashboard/trend'), 401)
})
