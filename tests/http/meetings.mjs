// Meetings and what they decided: the list and its filters, one as minutes, who sees which item, what was done against the rules.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { bihuan, foreseen, get, inside, launch, problem, run, signIn, smallest } from './lib.mjs'

const clerk = 'lin.yanchuan', chief = 'chen.zhuzhou', deputy = 'liang.diqiu', second = 'huang.tongheng', lead = 'deng.puqing', other = 'pan.xiuliao', watcher = 'tan.yunlan', rules = 'zhong.lingxue'
const data = smallest('data', clerk, chief, lead, other, watcher)
const at = (day, time = '09:00') => ['--now', `2019-${day}T${time}`]
const council = `procedure: council
grasp: governance
title: {zh: 局务会, en: Council}
number: "局会〔{year}〕{seq}号"
roles: {office: {function: registry}, watcher: {function: supervision_office}}
fields:
  title: {type: text, required: true}
  unit: {type: unit, required: true}
  kind: {type: choice, required: true, choices: {regular: {zh: 例会, en: Regular}, special: {zh: 专题会, en: Special}}}
  held_on: {type: date, required: true}
  first: {type: text}
  agenda: {type: lines}
  expected: {type: persons}
  present: {type: persons}
  task: {type: text}
  task_unit: {type: unit}
  task_leader: {type: post}
  task_due: {type: date}
states: {called: {start: true}, carrying: {}, closed: {end: success}, dropped: {end: void}}
actions:
  record:
    by: office
    from: called
    to: carrying
    evidence: optional
    fields: {first: {}, agenda: {required: true}, expected: {required: true}, present: {required: true}}
    checks:
      - {that: present within expected, say: {zh: 不在应到名单里, en: who is present isn't expected}}
      - {that: first first_of agenda, say: {zh: 第一议题没有列首位, en: the first item isn't what is studied}, basis: {rule: 局务会规则, article: 第三条}, breach: {of: office, escalate: watcher}}
  cancel: {by: office, from: called, to: dropped, answers_to: watcher}
  give: {by: office, from: carrying, open: task, child: true, with: {title: task, lead_unit: task_unit, leader: task_leader, due: task_due}, fields: {task: {required: true}, task_unit: {required: true}, task_leader: {required: true}, task_due: {required: true}}}
  close: {by: watcher, from: carrying, to: closed, not_by: [record]}
duties:
  record_it: {bearer: office, in: called, discharged_by: [record, cancel], within: 30 days, breach: {escalate: watcher}}
  close_it: {bearer: watcher, in: carrying, discharged_by: close, within: 90 days, breach: {escalate: office}}
  give_it: {bearer: office, in: carrying, discharged_by: give, within: 9 days, breach: {escalate: watcher}}
children: {of: task, close: before_parent, progress: weighted}
no_evidence: minutes are the evidence
meeting: {held_on: held_on, body: unit, kind: kind, first_item: first, agenda: agenda, expected: expected, present: present}
`
const item = `procedure: item
grasp: rules
title: {zh: 议题, en: Item}
number: "题〔{year}〕{seq}号"
roles: {lead: {field: unit}, board: {function: leadership}, watcher: {function: supervision_office}}
fields:
  title: {type: text, required: true}
  unit: {type: unit, required: true}
  sort: {type: choice, required: true, choices: {money: {zh: 大额资金使用, en: Large sum}, project: {zh: 重大项目安排, en: Project}}}
  held_on: {type: date, required: true}
  of: {type: matter}
  chief: {type: person}
  spoke: {type: persons}
  agree: {type: persons}
states: {proposed: {start: true}, decided: {}, closed: {end: success}, dropped: {end: void}}
actions:
  pass:
    by: board
    from: proposed
    to: decided
    fields: {chief: {required: true}, spoke: {required: true}, agree: {required: true}}
    checks:
      - {that: held_on <= today, say: {zh: 还没有开会, en: the meeting wasn't held}}
      - {that: chief last_of spoke, say: {zh: 主要负责人没有末位表态, en: the chief didn't speak last}, breach: {of: board, escalate: watcher}}
  postpone: {by: board, from: proposed, to: dropped, answers_to: watcher}
  withdraw: {by: lead, from: proposed, to: dropped, answers_to: board}
  close: {by: watcher, from: decided, to: closed, not_by: [pass]}
duties:
  pass_it: {bearer: board, in: proposed, discharged_by: [pass, postpone], within: 30 days, breach: {escalate: watcher}}
  withdraw_it: {bearer: lead, in: proposed, discharged_by: withdraw, within: 60 days, breach: {escalate: watcher}}
  close_it: {bearer: watcher, in: decided, discharged_by: close, within: 90 days, breach: {escalate: board}}
no_evidence: the votes are the evidence
visibility: unit
meeting: {held_on: held_on, kind: sort, of: of, chair: chief, spoke: spoke, agree: agree}
`
for (const [name, text] of [['council.yaml', council], ['item.yaml', item]]) {
	writeFileSync(inside(name), text)
	run('adopt', data, inside(name), '--yes', '--as', rules, ...at('01-02'))
}
const json = (...args) => JSON.parse(run(...args, '--json'))
const open = (procedure, as, fields, ...when) => json('open', data, procedure, ...fields, '--as', as, ...when).number
const first = open('council', clerk, ['title=一月例会', 'unit=leadership', 'kind=regular', 'held_on=2019-01-10'], ...at('01-03'))
const next = open('council', clerk, ['title=专题会', 'unit=leadership', 'kind=special', 'held_on=2019-02-20'], ...at('01-03'))
const money = open('item', lead, ['title=购置设备', 'unit=projects', 'sort=money', 'held_on=2019-01-10', `of=${first}`], ...at('01-03'))
const alone = open('item', lead, ['title=修路', 'unit=projects', 'sort=project', 'held_on=2019-01-08'], ...at('01-03'))
run('act', data, first, 'record', 'first=学习', 'agenda=研究设备\n学习', `expected=${chief},${deputy},${second}`, `present=${chief},${deputy}`, '--as', clerk, ...at('01-11'))
run('act', data, first, 'give', 'task=落实议定事项', 'task_unit=projects', 'task_leader=deputy-director-2', 'task_due=2019-03-29', '--as', clerk, ...at('01-11', '10:00'))
run('act', data, money, 'pass', `chief=${chief}`, `spoke=${chief};${deputy}`, `agree=${deputy};${chief}`, '--as', deputy, ...at('01-11', '11:00'))

const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', ...at('01-14')])
after(() => server.stop())
const document = (await get(server, '/api/v1/openapi.json')).json
const people = Object.fromEntries(await Promise.all([clerk, chief, lead, other, watcher].map(async (name) => [name, await signIn(server, name)])))
async function read(name, path, pattern = path.split('?')[0]) {
	const reply = await people[name].get('/api/v1' + path)
	assert.equal(reply.status, 200, reply.body)
	foreseen(document, '/api/v1' + pattern, 'GET', reply)
	return reply.json
}
const list = async (name, query = '') => (await read(name, '/meetings' + query)).meetings
const numbers = async (name, query) => (await list(name, query)).map(({ matter }) => matter.number)
const minutes = async (name, number) => read(name, `/meetings/${(await read(name, '/matters?q=' + encodeURIComponent(number))).matters[0].id}`, '/meetings/{matter}')

test('meetings stand by their day, the latest first, and an item with its meeting', async () => {
	assert.deepEqual(await numbers(lead), [next, first, alone])
	const [, row] = await list(lead)
	assert.deepEqual({ held_on: row.held_on, body: row.body, kind: row.kind, kind_label: row.kind_label, items: row.items, tasks: row.tasks, tasks_done: row.tasks_done, irregularities: row.irregularities },
		{ held_on: '2019-01-10', body: 'leadership', kind: 'regular', kind_label: 'Regular', items: 1, tasks: 1, tasks_done: 0, irregularities: 2 })
})

test('the list is filtered by each of its parameters', async () => {
	for (const [query, want] of [
		['?body=leadership', [next, first]], ['?body=projects', []], ['?kind=special', [next]], ['?kind=money', [money]], ['?state=called', [next]], ['?procedure=item', [money, alone]],
		['?from=2019-01-10', [next, first]], ['?to=2019-01-10', [first, alone]], ['?from=2019-01-10&to=2019-01-10', [first]], ['?from=2020-01-01', []],
	])
		assert.deepEqual(await numbers(lead, query), want, query)
})

test('page by page it is the same list', async () => {
	const seen = []
	for (let cursor = ''; cursor !== undefined;) {
		const page = await read(lead, `/meetings?limit=1${cursor && `&cursor=${cursor}`}`)
		seen.push(...page.meetings.map(({ matter }) => matter.number))
		cursor = page.cursor
	}
	assert.deepEqual(seen, [next, first, alone])
})

test('an item and its figures are there for whoever sees the matter, and for nobody else', async () => {
	assert.deepEqual(await numbers(other), [next, first])
	assert.deepEqual((await list(other))[1].items, 0)
	assert.equal((await list(other))[1].irregularities, 1)
	assert.deepEqual((await minutes(other, first)).items, [])
	assert.deepEqual((await minutes(other, first)).irregular.map(({ number }) => number), [first])
	const hidden = (await minutes(lead, first)).items[0].matter.id
	const refusal = async (id) => ({ ...problem(await people[other].get(`/api/v1/meetings/${id}`), 404), request: undefined })
	assert.deepEqual(await refusal(hidden), await refusal(999999))
})

test('one meeting is told as minutes: who was there in order, what was decided, what came of it', async () => {
	const told = await minutes(lead, first)
	const part = (of, name) => of.parts.find((each) => each.part === name)
	assert.deepEqual(part(told.meeting, 'agenda').lines, ['研究设备', '学习'])
	assert.deepEqual(part(told.meeting, 'expected').people.map(({ code }) => code), [chief, deputy, second])
	assert.deepEqual(told.meeting.given_out.map(({ title }) => title), ['落实议定事项'])
	assert.equal(told.meeting.given_out[0].lamp, 'grey')
	assert.deepEqual(told.items.map(({ matter }) => matter.number), [money])
	assert.deepEqual(part(told.items[0], 'spoke').people.map(({ code }) => code), [chief, deputy])
	assert.deepEqual(part(told.items[0], 'agree').people.map(({ code }) => code), [deputy, chief])
})

test('what was done against the rules is there by name, with the rule and who must answer', async () => {
	const { irregular } = await minutes(lead, first)
	assert.deepEqual(irregular.map(({ number, action, rule, post, person, answer }) => ({ number, action, rule, post, person, answer })), [
		{ number: first, action: 'record', rule: "the first item isn't what is studied (局务会规则 第三条)", post: 'office-head', person: 'li.zhufei', answer: 'open' },
		{ number: money, action: 'pass', rule: "the chief didn't speak last", post: 'director', person: chief, answer: 'open' },
	])
	const owed = (await read(watcher, '/duties?mine=true')).duties.filter(({ kind }) => kind === 'answer')
	assert.equal(owed.length, 2)
	const answered = await people[watcher].post(`/api/v1/matters/${owed[0].matter}/answers`, { duty: owed[0].id, text: '已提醒' })
	assert.ok(answered.status < 300, answered.body)
	assert.equal((await minutes(lead, first)).irregular.find(({ matter }) => matter === owed[0].matter).answer, 'done')
})

test('the reports tell the votes, the tasks and the breaches of procedure', async () => {
	const rows = async (name, report) => {
		const { columns, rows: all } = await read(name, `/reports/${report}?from=2019-01-01&to=2019-01-31`, '/reports/{report}')
		return all.map((row) => Object.fromEntries(columns.map(({ key }, i) => [key, row.cells[i]])))
	}
	const decisions = await rows(lead, 'decisions')
	assert.deepEqual(decisions.map(({ number, kind, agree, tasks, irregularities }) => [number, kind, agree, tasks, irregularities]),
		[[alone, 'Project', '', '0', '0'], [first, 'Regular', '', '1', '1'], [money, 'Large sum', '2', '0', '1']])
	assert.deepEqual((await rows(lead, 'irregularities')).map(({ number, person }) => [number, person]).sort(), [[first, '李渚霏'], [money, (await read(lead, `/people?q=${chief}`)).people[0].name]].sort())
	assert.deepEqual((await rows(other, 'irregularities')).map(({ number }) => number), [first])
})

test('what is no meeting, and what is asked wrongly, is refused', async () => {
	const task = (await minutes(lead, first)).meeting.given_out[0].id
	problem(await people[lead].get(`/api/v1/meetings/${task}`), 404, 'meeting')
	problem(await people[lead].get('/api/v1/meetings?from=yesterday'), 400, 'from')
	problem(await people[lead].get('/api/v1/meetings?body=nowhere'), 400, 'body')
	problem(await people[lead].get('/api/v1/meetings?cursor=AAAA'), 400, 'cursor')
	problem(await get(server, '/api/v1/meetings'), 401)
})
