// An institution whose procedures and fields are called by no name of a shipped one: what they count as its definitions say, so
// every report, import and export knows them.
import assert from 'node:assert/strict'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { bihuan, file, inside, root, run } from './run.mjs'

// A matter of a unit's that the supervision office closes; `more` are fields, `acts` actions, `key` what it counts as.
const definition = (name, number, more, key, acts = '', bars = '') => `procedure: ${name}
grasp: supervision
title: {zh: 本局程序, en: ${name}}
number: "${number}〔{year}〕{seq}号"
fields:
  what: {type: text, required: true}
  whose: {type: unit, required: true}
  until: {type: date, required: true}
${more}roles:
  office: {function: supervision_office}
  side:   {field: whose}
states: {working: {start: true}, review: {}, closed: {end: success}}
actions:
  ask:       {by: side, from: working, to: review, evidence: required}
  close:     {by: office, from: review, to: closed, not_by: [ask${bars}]}
  send_back: {by: office, from: review, to: working, fields: {reason: {type: text, required: true}}}
${acts}duties:
  finish: {bearer: side, in: working, discharged_by: ask, by: until, breach: {escalate: [head of side, office]}}
  judge:  {bearer: office, in: review, discharged_by: [close, send_back], within: 5 working days, breach: {escalate: superior of office}}
${key}
`
const FAULT = definition('fault', '错', '  came_out: {type: choice, choices: [mended, not_mended]}\n',
	'counts_as: {as: finding, unit: whose, result: came_out, undone: not_mended, planned_by: [promise]}',
	'  promise:   {by: side, from: working, fields: {came_out: {}}}\n')
const HALL = definition('hall_check', '厅', `  street: {type: unit}
  points:
    type: rows
    columns:
      point: {type: text}
      found: {type: choice, required: true, choices: [held, lacking, elsewhere]}
      by_what: {type: text}
      picture: {type: file}
`, 'counts_as: {as: checklist, unit: whose, above: street, items: points, met: held, missing: lacking}', '  list:      {by: side, from: working, fields: {points: {required: true}}, evidence: optional}\n', ', list')
const AGAIN = definition('hall_again', '再', '', 'counts_as: {as: look_back, unit: whose}')
const MANUAL = definition('manual', '册', '  called_for: {type: text, required: true}\n  stands_in: {type: text}\n  parts: {type: number}\n',
	'counts_as: {as: standard, requirement: called_for, source: stands_in, unit: whose, items: parts}')
const ERRAND = definition('errand', '差', '', 'counts_as: {as: task}')
const LECTURE = definition('lecture', '课', '  hearers:\n    type: rows\n    columns:\n      who: {type: person}\n      status: {type: choice, required: true, choices: [present, ill]}\n',
	'study: {as: session, unit: whose, held_on: until, roll: hearers}', '  call:      {by: side, from: working, fields: {hearers: {required: true}}}\n')

const folder = inside('own-names'), data = inside('own-names-data')
cpSync(join(root, 'institutions/minimal'), folder, { recursive: true })
const shipped = readdirSync(join(folder, 'procedures'))
for (const name of ['decision.yaml', 'finding.yaml', 'task.yaml']) rmSync(join(folder, 'procedures', name))
rmSync(join(folder, 'matters'), { recursive: true })
for (const text of [FAULT, HALL, AGAIN, MANUAL, ERRAND, LECTURE]) writeFileSync(join(folder, 'procedures', `${/procedure: (\w+)/.exec(text)[1]}.yaml`), text)
run('init', data, '--institution', folder, '--now', '2018-12-31T08:00')
const at = (day) => ['--now', `${day}T09:00`]
const paper = file('own.txt', 'paper')
const report = (name, ...more) => JSON.parse(run('report', data, name, '--json', '--lang', 'en', ...more, ...at('2019-03-29')))
// Whoever acts first opens it.
const HEADS = { projects: 'deng.puqing', services: 'luo.purui', station: 'pan.xiuliao', finance: 'zhao.xilu' }
const open = (procedure, day, ...fields) => run('open', data, procedure, ...fields, '--as', HEADS[/whose=(\w+)/.exec(fields.join(' '))[1]], ...at(day))

test('none of its names is a shipped one', () => {
	const own = readdirSync(join(folder, 'procedures')).filter((name) => name !== 'accountability.yaml')
	assert.deepEqual(own.filter((name) => shipped.includes(name)), [])
	assert.equal(own.length, 6)
})

test('what was found is counted by its unit: planned, verified, undone', () => {
	open('fault', '2019-03-04', 'what=漏签', 'whose=projects', 'until=2019-03-29')
	open('fault', '2019-03-04', 'what=漏签', 'whose=projects', 'until=2019-03-29')
	open('fault', '2019-03-04', 'what=晚报', 'whose=services', 'until=2019-03-29')
	run('act', data, '错〔2019〕1号', 'promise', '--as', 'deng.puqing', ...at('2019-03-05'))
	for (const [number, who, outcome] of [['错〔2019〕1号', 'deng.puqing', 'mended'], ['错〔2019〕3号', 'luo.purui', 'not_mended']]) {
		run('act', data, number, 'promise', `came_out=${outcome}`, '--as', who, ...at('2019-03-06'))
		run('act', data, number, 'ask', '--as', who, '--evidence', paper, ...at('2019-03-06'))
		run('act', data, number, 'close', '--as', 'tan.yunlan', ...at('2019-03-06'))
	}
	const told = report('rectification').map((row) => [row.unit, row.found, row.planned, row.verified, row['verified as not done'] ?? row.undone, row.open, row.repeats])
	assert.deepEqual(told, [['Projects Section', 2, 1, 1, 0, 1, 1], ['Services Section', 1, 1, 0, 1, 0, 0], ['all', 3, 2, 1, 1, 1, 1]])
	assert.deepEqual(report('rectification', '--from', '2019-03-05'), [], 'opened before')
})

test('a checklist is reckoned item by item, with its look-back', () => {
	open('hall_check', '2019-03-07', 'what=服务站', 'whose=station', 'street=services', 'until=2019-03-29')
	run('act', data, '厅〔2019〕1号', 'list', 'points=牌子|held|照片|own.txt\n电话|lacking||\n车位|elsewhere||', '--as', 'pan.xiuliao', '--evidence', paper, ...at('2019-03-07'))
	open('hall_again', '2019-03-07', 'what=服务站', 'whose=station', 'until=2019-06-28')
	const [centre] = report('standards')
	assert.deepEqual([centre.unit, centre.town, centre.items, centre.met, centre.evidenced, centre.missing, centre.score, centre.look_back], ['Service Station', 'Services Section', 2, 1, 1, 1, 50, 'working'])
	assert.deepEqual(report('standards', '--unit', 'station').map((row) => [row.item, row.result, row.shown, row.photo]), [['牌子', 'held', '照片', 'own.txt'], ['电话', 'lacking', '', ''], ['车位', 'elsewhere', '', '']])
})

test('a requirement stands beside its standard', () => {
	open('manual', '2019-03-08', 'what=接待手册', 'whose=services', 'until=2019-06-28', 'called_for=接待要有标准', 'stands_in=本局通知', 'parts=7')
	const [row] = report('requirements')
	assert.deepEqual([row.requirement, row.source, row.unit, row.items, row.number], ['接待要有标准', '本局通知', 'Services Section', '7', '册〔2019〕1号'])
})

const table = (kind, text, ...more) => bihuan(['import', data, kind, file(`${kind}.csv`, text), ...more])

test('a kind of table goes to the procedure that counts as it', () => {
	assert.equal(table('tasks', 'number_ref,by,what,whose,until\nA,zhao.xilu,买纸,finance,2019-06-28\n', ...at('2019-03-11')).code, 0)
	assert.equal(table('findings', 'number_ref,by,what,whose,until\nB,zhao.xilu,错账,finance,2019-06-28\n', ...at('2019-03-11')).code, 0)
	assert.match(run('list', data, ...at('2019-03-12')), /差〔2019〕1号[^]*错〔2019〕4号|错〔2019〕4号[^]*差〔2019〕1号/)
	const tasks = run('export', data, 'tasks')
	assert.match(tasks, /^number_ref,parent,/)
	assert.match(tasks, /买纸/)
	open('lecture', '2019-03-11', 'what=读文件', 'whose=finance', 'until=2019-03-15')
	const roll = table('attendance', 'number_ref,who,status\n课〔2019〕1号,zhao.xilu,present\n课〔2019〕1号,lv.fengqiao,ill\n', '--as', 'zhao.xilu', ...at('2019-03-15'))
	assert.equal(roll.code, 0, roll.err + roll.out)
	assert.match(run('export', data, 'attendance'), /课〔2019〕1号,lv\.fengqiao,ill/)
	const items = table('checklists', 'number_ref,point,found\n厅〔2019〕1号,电话,held\n', '--as', 'pan.xiuliao', ...at('2019-03-15'))
	assert.equal(items.code, 0, items.err + items.out)
	assert.match(run('export', data, 'checklists'), /厅〔2019〕1号,电话,held/)
})

test('where two procedures count as one kind, one is named; where none does, it is said', () => {
	const second = file('errand_far.yaml', ERRAND.replace('procedure: errand', 'procedure: errand_far').replace('差〔', '远〔').replace('en: errand', 'en: far').replace('本局程序', '远差'))
	run('adopt', data, second, '--yes', '--as', 'zhong.lingxue', ...at('2019-03-18'))
	assert.match(table('tasks', 'number_ref,by,what,whose,until\n').err, /--procedure: say of which procedure these are: errand, errand_far/)
	assert.match(table('tasks', 'number_ref,by,what,whose,until\n', '--procedure', 'fault').err, /--procedure: the procedure fault in force isn't of tasks/)
	assert.equal(table('tasks', 'number_ref,by,what,whose,until\nC,zhao.xilu,买布,finance,2019-06-28\n', '--procedure', 'errand_far', ...at('2019-03-18')).code, 0)
	assert.match(bihuan(['export', data, 'tasks']).err, /errand, errand_far/)
	assert.match(bihuan(['import', data, 'matters', file('m.csv', 'what\n')]).err, /say of which procedure these are: accountability, /)
	const none = inside('own-none')
	cpSync(folder, join(inside('own-none-folder')), { recursive: true })
	rmSync(join(inside('own-none-folder'), 'procedures/hall_check.yaml'))
	run('init', none, '--institution', inside('own-none-folder'), '--now', '2018-12-31T08:00')
	assert.match(bihuan(['export', none, 'checklists']).err, /no procedure in force is of checklists/)
})
