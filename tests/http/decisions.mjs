// What was decided about somebody, as they read it themselves, also when they hold no post any more; and that what was told to them by
// nobody yet isn't there.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { bihuan, foreseeing, get, inside, launch, root, run, signIn } from './lib.mjs'

const data = inside('decisions'), paper = inside('paper.txt')
writeFileSync(paper, 'what was found')
run('init', data, '--institution', join(root, 'institutions/pengjiang-2019'), '--now', '2018-12-31T08:00')
const tenures = run('export', data, 'tenures').split('\r\n').map((line) => line.split(','))
const holder = (post) => tenures.find((row) => row[0] === post && row[2] <= '2019-01-10' && (row[3] === '' || row[3] > '2019-01-20'))[1]
const person = holder('agriculture-liaison'), colleague = holder('agriculture-deputy-1'), inquirer = holder('discipline-accountability-head'), committee = holder('committee-secretary'), personnel = holder('organisation-head')
run('account', data, 'samples', person, colleague, '--now', '2018-12-31T09:00')
const at = (day, time = '09:00') => ['--now', `2019-${day}T${time}`]
const open = (procedure, as, time, ...fields) => JSON.parse(run('open', data, procedure, ...fields, '--as', as, '--json', ...at(...time))).number
const act = (number, action, as, day, ...fields) => run('act', data, number, action, ...fields, '--as', as, ...at(day, day === '01-14' ? '09:40' : '09:00'))

// Called to account and decided; called to account and only looked into; sanctioned and served; sanctioned and not served yet.
const called = (title, time) => open('accountability', inquirer, time, `title=${title}`, 'subject=agriculture', 'ground=inaction')
const decided = called('灌溉工程停工', ['01-07']), secret = called('另有线索', ['01-07', '09:10'])
for (const number of [decided, secret]) act(number, 'start', inquirer, '01-08')
act(decided, 'tell_post', inquirer, '01-09', 'subject_post=agriculture-liaison', `leader=${person}`, 'facts=未按期组织复工', '--evidence', paper)
act(decided, 'speak', person, '01-10', 'statement=因雨停工')
act(decided, 'propose', inquirer, '01-11', 'form=admonish', 'reply=雨停后仍未复工', '--evidence', paper)
act(decided, 'decide', committee, '01-11', 'form=admonish', 'effect_until=2019-07-14', 'reason=事实清楚')
// A lead handled by a letter, which they answered in time.
const manager = holder('discipline-management-head'), handler = holder('discipline-investigation-head'), secretary = holder('discipline-secretary')
const lead = open('lead', manager, ['01-14', '09:30'], 'title=匿名举报某事', 'source=letters', `respondent=${person}`, 'unit=agriculture')
act(lead, 'assign', manager, '01-14')
act(lead, 'propose', handler, '01-14', 'way=letter', 'reason=可以函询', '--evidence', paper)
act(lead, 'approve_letter', secretary, '01-14', 'questions=请说明两笔支出')
act(lead, 'reply', person, '01-14', 'statement=两笔均有批文')
const sanction = (title, time) => open('sanction', personnel, time, `title=${title}`, `respondent=${person}`, 'unit=agriculture', 'decision=党内警告', 'until=2020-01-14')
const served = sanction('违规收受礼品', ['01-14', '10:00']), unserved = sanction('尚未送达的处分', ['01-14', '10:10'])
act(served, 'serve', personnel, '01-15', 'served_on=2019-01-15', '--evidence', paper)
run('move', data, 'agriculture-liaison', person, '--end', '--from', '2019-01-16', '--as', personnel, ...at('01-15', '10:00'))

const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', ...at('01-17')])
assert.ok(server.address, server.err)
after(() => server.stop())
const people = Object.fromEntries(await Promise.all([person, colleague].map(async (name) => [name, await signIn(server, name)])))
const { read } = foreseeing((await get(server, '/api/v1/openapi.json')).json, people)
const decisions = async (name) => {
	const reply = await read(name, '/me/decisions')
	assert.equal(reply.status, 200, reply.body)
	return reply
}

test('whoever holds no post reads what was decided about them and what was served, and that an appeal is open', async () => {
	const { json } = await decisions(person)
	assert.deepEqual(json.decisions.map(({ number }) => number), [decided, served, lead])
	const [account, sanctioned] = json.decisions
	assert.deepEqual([account.title, account.until, account.state_label, account.appeal], ['灌溉工程停工', '2019-07-14', 'In execution, open to appeal', true])
	assert.deepEqual(account.shown.map(({ name }) => name), ['form', 'effect_until'])
	assert.equal(sanctioned.state_label, undefined)
	const [told] = sanctioned.served
	assert.deepEqual(told.shown.map(({ name }) => name).sort(), ['decision', 'served_on', 'title', 'until'])
})

test('what nobody told them isn’t there, nor what is about others, nor a way into the matter', async () => {
	const { body, json } = await decisions(person)
	for (const hidden of ['匿名举报', '另有线索', secret, '尚未送达的处分', unserved]) assert.ok(!body.includes(hidden), hidden)
	for (const { matter } of json.decisions) assert.equal((await read(person, `/matters/${matter}`)).status, 404)
	assert.deepEqual((await decisions(colleague)).json.decisions, [])
})

test('their record holds what was theirs to do, and nothing that they did inside a compartment', async () => {
	const { duties } = (await read(person, `/people/${person}/record/duties`)).json
	assert.deepEqual(duties.map(({ number, fate }) => [number, fate]), [[decided, 'in_time']])
	assert.ok(!(await read(person, `/people/${person}/record/verified`)).body.includes(lead))
})

test('the shell tells them the same, in lines and as JSON', async () => {
	const shell = (name, ...words) => run('decisions', data, '--as', name, ...words, ...at('01-17'))
	assert.deepEqual(JSON.parse(shell(person, '--json')), (await decisions(person)).json)
	const said = shell(person)
	assert.match(said, new RegExp(`^${decided}  灌溉工程停工\n.*In execution, open to appeal  in effect until 2019-07-14  open to appeal\n`))
	assert.match(said, /\n {2}served 2019-01-15T09:00 {2}/)
	for (const hidden of ['匿名举报', secret, unserved]) assert.ok(!said.includes(hidden), hidden)
	assert.equal(shell(colleague), 'nothing was decided about them\n')
})
