// Education from a shell: who attended which session, taken in as a table; whoever was away owes to catch up; coverage against the plan.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bihuan, district, file, inside, run } from './run.mjs'

const data = district()
const head = 'huang0221', deputy = 'mo0225', deputy2 = 'deng0301', liaison = 'ruan0719', office = 'ou0070', chief = 'situ0226'
const at = (day, time = '09:00') => ['--now', `2019-${day}T${time}`]
const json = (...args) => JSON.parse(run(...args, '--json'))
const paper = file('paper.txt', 'sheet of signatures')
const open = (procedure, who, day, ...fields) => json('open', data, procedure, ...fields, '--as', who, ...at(day)).number
const act = (number, action, who, day, ...more) => run('act', data, number, action, ...more, '--as', who, ...at(day))
const session = (title, day, ...more) => open('study_session', head, day, `title=${title}`, 'unit=finance', 'kind=theme', `held_on=2019-${day}`, 'first_item=重要讲话', ...more)

const lecture = session('专题学习', '04-08')
act(lecture, 'hold', head, '04-08')

test('what is wrong with a list of attendance is named cell by cell, and nothing is written', () => {
	const bad = file('bad.csv', `编号,姓名,到会情况,事由,实得学时\n${lecture},nobody.here,到会,,\n${lecture},${head},early,,\nNo 9,${deputy},到会,,\n${lecture},${liaison},到会,,many\n`)
	const { code, err } = bihuan(['import', data, 'attendance', bad, '--as', head, ...at('04-09')])
	assert.equal(code, 2)
	assert.deepEqual(err.trim().split('\n').filter((line) => line.includes('bad.csv:') && !line.startsWith('bihuan')).map((line) => line.replace(/^.*bad\.csv:/, '').split(': ')[0]), ['2:姓名', '3:到会情况', '4:编号', '5:实得学时'])
	const twice = file('twice.csv', `编号,姓名,到会情况\n${lecture},${head},到会\n${lecture},${head},缺席\n`)
	assert.match(bihuan(['import', data, 'attendance', twice, '--as', head, ...at('04-09')]).err, /:3: the same stands in line 2 already/)
	const silent = file('silent.csv', `编号,姓名,到会情况\n${lecture},${head},到会\n${lecture},${deputy},请假\n`)
	assert.match(bihuan(['import', data, 'attendance', silent, '--as', head, ...at('04-09')]).err, /Whoever was away needs a reason/)
	const stranger = bihuan(['import', data, 'attendance', file('one.csv', `编号,姓名,到会情况\n${lecture},${head},到会\n`), '--as', office, ...at('04-09')])
	assert.match(stranger.err, /Call the roll/)
})

test('a table with names fills the roll by one act, and again changes nothing', () => {
	const name = json('people', data).find((person) => person.code === deputy2).name
	const good = file('good.csv', `编号,姓名,到会情况,请假事由,个人学时\n${lecture},${head},到会,,\n${lecture},${deputy},请假,出差,\n${lecture},${name},到会,,2\n${lecture},${liaison},缺席,未说明,\n`)
	assert.match(run('import', data, 'attendance', good, '--as', head, ...at('04-09')), /4 rows, 1 act recorded/)
	assert.match(run('import', data, 'attendance', good, '--as', head, ...at('04-09')), /all known already/)
	// What is exported can be imported: one cell changed, and one more person.
	const rows = run('export', data, 'attendance').trimEnd().split('\r\n')
	assert.equal(rows[0], 'number_ref,person,status,why,earned')
	assert.ok(rows.includes(`${lecture},${deputy2},present,,2`))
	run('export', data, 'attendance', '--out', inside('roll.xlsx'))
	assert.match(run('import', data, 'attendance', inside('roll.xlsx'), '--as', head, ...at('04-09')), /all known already/)
	const edited = file('edited.csv', [rows[0], `${lecture},${deputy2},present,,3`, `${lecture},${chief},present,,`].join('\n') + '\n')
	assert.match(run('import', data, 'attendance', edited, '--as', head, ...at('04-09')), /2 rows, 1 act recorded/)
	assert.equal(run('export', data, 'attendance').trimEnd().split('\r\n').length, 6)
})

test('once it is confirmed, each who was away owes to catch up, and fails it like any other duty', () => {
	act(lecture, 'record', head, '04-10', 'agenda=第一议题；专题', 'hours=4', '--evidence', paper)
	assert.match(act(lecture, 'confirm', office, '04-11'), /./)
	const owed = json('list', data, '--procedure', 'catch_up', ...at('04-11'))
	assert.deepEqual(owed.map(({ title, unit }) => title), ['专题学习', '专题学习'])
	const mine = json('duties', data, '--as', deputy, ...at('04-11'))
	assert.ok(mine.some(({ due }) => due.startsWith('2019-05-12T00:00')), JSON.stringify(mine))
	const [of_liaison, of_deputy] = owed.map(({ number }) => number)
	assert.equal(bihuan(['act', data, of_deputy, 'make_up', 'made_up_on=2019-04-20', '--as', liaison, '--evidence', paper, ...at('04-22')]).code, 1)
	act(of_deputy, 'make_up', deputy, '04-22', 'made_up_on=2019-04-20', '--evidence', paper)
	assert.equal(bihuan(['act', data, of_deputy, 'accept', '--as', deputy, ...at('04-22')]).code, 1, 'nobody accepts their own')
	act(of_deputy, 'accept', head, '04-23')
	run('tick', data, ...at('05-13'))
	assert.match(run('show', data, of_liaison, ...at('05-13')), /breach|late|missed/i)
	run('audit', data, ...at('05-13'))
	run('replay', data)
})

test('coverage is counted by unit and by person, of what was confirmed', () => {
	const day = at('05-20')
	const plan = open('study_plan', liaison, '05-14', 'title=2019年学习计划', 'unit=finance', 'year=2019', 'until=2019-12-13')
	act(plan, 'submit', liaison, '05-14', 'sessions=6', 'hours=4')
	act(plan, 'approve', office, '05-15')
	const finance = json('report', data, 'education', ...day).find(({ code }) => code === 'finance')
	assert.deepEqual([finance.plan, finance.held, finance.confirmed, finance['first item'] ?? finance.first_items, finance.required], [plan, 1, 1, 1, 4])
	// The head and the chief of general affairs were there to the end; one made it up; one had three hours; one still owes.
	assert.deepEqual([finance.met, finance.away, finance.owed, finance.late], [3, 2, 1, 1])
	const people = Object.fromEntries(json('report', data, 'education', '--unit', 'finance', ...day).map((row) => [row.code, row]))
	assert.deepEqual([people[deputy].hours, people[deputy].made_up, people[deputy].owed, people[deputy].met], [4, 4, 0, 'yes'])
	assert.deepEqual([people[deputy2].hours, people[deputy2].met], [3, 'no'])
	assert.deepEqual([people[liaison].hours, people[liaison].owed, people[liaison].due], [0, 1, '2019-05-11'])
	assert.equal(json('report', data, 'education', '--from', '2018-01-01', '--to', '2018-12-31', ...day).length, 0)
	assert.match(bihuan(['report', data, 'education', '--unit', 'navy', ...day]).err, /no unit of this code/)
	// What somebody may not see is in no sum: catching up is for those around the unit.
	const stranger = json('report', data, 'education', '--as', 'he0458', ...day).find(({ code }) => code === 'finance')
	assert.deepEqual([stranger.confirmed, stranger.owed, stranger.met], [1, 0, 2])
	run('report', data, 'education', '--out', inside('education.xlsx'), ...day)
	assert.match(run('report', data, 'education', '--format', 'csv', ...day), /^﻿?单位|^unit/)
})

test('a requirement leads to its standard and to what carries it out', () => {
	const standard = open('work_standard', head, '05-16', 'title=专项资金拨付工作标准', 'requirement=按进度拨付', 'source=预算法', 'unit=finance', 'area=money')
	const rule = open('rule_making', head, '05-16', 'title=专项资金管理办法', 'kind=amend', 'area=money', 'unit=finance', 'due=2019-07-31')
	run('link', data, rule, 'carries_out', standard, '--as', head, ...at('05-16'))
	const [row] = json('report', data, 'requirements', ...at('05-20'))
	assert.deepEqual([row.requirement, row.source, row.number], ['按进度拨付', '预算法', standard])
	assert.match(row.carried_by, new RegExp(rule))
	assert.equal(row.rules, '')
	// The rule that the matter made stands beside it, in the version that it made last.
	run('rule', 'issue', data, file('rule.md', '---\ncode: funds\ntitle: 专项资金管理办法\narea: money\nstages: policy\nunit: finance\nfrom: 2019-08-01\n---\n第一条 甲。\n'), '--matter', rule, '--as', 'jian0106', ...at('05-16'))
	assert.equal(json('report', data, 'requirements', ...at('05-20'))[0].rules, '专项资金管理办法, version 1')
	run('rule', 'issue', data, file('rule-2.md', '---\ncode: funds\nfrom: 2019-09-01\nversion: 2\n---\n第一条 乙。\n'), '--matter', rule, '--as', 'jian0106', ...at('05-16'))
	assert.equal(json('report', data, 'requirements', '--lang', 'zh', ...at('05-20'))[0].rules, '《专项资金管理办法》第 2 版')
})

test('a centre is scored by the items that apply and are met, and looked at again', () => {
	const centre = json('units', data).find(({ code }) => code === '440703002101')
	const guard = run('export', data, 'tenures').split('\r\n').map((line) => line.split(',')).find(([post, , from, until]) => post.startsWith('440703002101') && from <= '2019-04-01' && (until === '' || until > '2019-06-01'))[1]
	const number = open('standard_review', 'guan0064', '05-16', 'title=达标', 'standard=检查表', 'unit=440703002101', 'town=440703002', 'items=3', 'due=2019-09-27')
	const list = file('list.csv', `编号,检查项,是否达标,佐证\n${number},会议记录,达标,照片1\n${number},公开栏,缺项,\n${number},集体资产,不适用,\n`)
	assert.match(run('import', data, 'checklists', list, '--as', guard, ...at('05-16')), /3 rows, 1 act recorded/)
	const [row] = json('report', data, 'standards', ...at('05-20')).filter((each) => each.number === number)
	assert.deepEqual([row.unit, row.items, row.met, row.missing, row.score], [centre.name_en ?? centre.name, 2, 1, 1, 50])
	const items = json('report', data, 'standards', '--unit', '440703002101', ...at('05-20'))
	assert.deepEqual(items.map(({ item, result, shown }) => [item, result, shown]), [['会议记录', 'Met', '照片1'], ['公开栏', 'Missing', ''], ['集体资产', "Doesn't apply", '']])
})
