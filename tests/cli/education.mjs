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
	assert.match(run('import', data, 'attendance', good, '--as', head, ...at('04-09')), /4 rows, 1 acts? recorded/)
	assert.match(run('import', data, 'attendance', good, '--as', head, ...at('04-09')), /all known already/)
	// What is exported can be imported: one cell changed, and one more person.
	const rows = run('export', data, 'attendance').trimEnd().split('\r\n')
	assert.equal(rows[0], 'number_ref,person,status,why,earned')
	assert.ok(rows.includes(`${lecture},${deputy2},present,,2`))
	run('export', data, 'attendance', '--out', inside('roll.xlsx'))
	assert.match(run('import', data, 'attendance', inside('roll.xlsx'), '--as', head, ...at('04-09')), /all known already/)
	const edited = file('edited.csv', [rows[0], `${lecture},${deputy2},present,,3`, `${lecture},${chief},present,,`].join('\n') + '\n')
	assert.match(run('import', data, 'attendance', edited, '--as', head, ...at('04-09')), /2 rows, 1 acts? recorded/)
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
