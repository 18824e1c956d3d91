// Reports: every figure comes out of the rows, in both languages and in every form.
import assert from 'node:assert/strict'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { bihuan, district, file, inside, root, run } from './run.mjs'

const data = district()
const morning = (day) => ['--now', `${day}T09:00`]
const report = (name, day, ...more) => JSON.parse(run('report', data, name, '--json', ...morning(day), ...more))
const tenures = run('export', data, 'tenures').split('\r\n').map((line) => line.split(','))
const holder = (post, day = '2019-01-10') => tenures.find((row) => row[0] === post && row[2] <= day && (row[3] === '' || row[3] > day))[1]
const paper = file('paper.txt', 'what was found')
const office = holder('supervision-office-head')

test('the moves and ages of the article come out of the tenures', () => {
	const rows = report('moves', '2018-12-31', '--from', '2019-01-01', '--to', '2019-12-31', '--at', '2019-03-01')
	const value = (measure, kind) => rows.find((row) => row.measure === measure && row.kind === kind).value
	assert.equal(value('moves', 'promotion and transfer'), 279)
	assert.equal(value('moves', 'promotion'), 52)
	assert.equal(value('moves', 'transfer'), 227)
	assert.equal(value('before 2019-02-28', 'heads'), 21)
	assert.equal(value('before 2019-02-28', 'mean age'), '47.2')
	assert.equal(value('after 2019-03-01', 'mean age'), '45.0')
	assert.equal(value('before 2019-02-28', 'median age'), '46.0')
	assert.equal(value('after 2019-03-01', 'median age'), '45.0')
	// Counted again from the exported rows, by nothing of ours.
	const transfers = tenures.filter((row) => row[5] === 'transfer')
	const january = transfers.filter((row) => row[2].startsWith('2019-01')).length
	assert.equal(report('moves', '2018-12-31', '--from', '2019-01-01', '--to', '2019-01-31').find((row) => row.kind === 'transfer')?.value ?? 0, january)
	const towns = report('moves', '2018-12-31', '--kind', 'town', '--at', '2019-03-01')
	assert.notEqual(towns.find((row) => row.kind === 'heads').value, 21)
})

test('another roster gives its own figures', () => {
	const other = inside('roster')
	cpSync(join(root, 'institutions/minimal'), other + '.institution', { recursive: true })
	const table = (name, ...rows) => file(`roster.institution/${name}.csv`, rows.join('\n') + '\n')
	table('people', 'code,name,gender,born', 'jia,甲一,m,1979-07-01', 'yi,乙二,f,1958-03-02', 'bing,丙三,m,1984-02-29')
	table('tenures', 'post,person,from,until,kind,move', 'office-head,yi,2010-01-01,2020-06-01,holder,appointment',
		'office-head,jia,2020-06-01,,holder,promotion', 'supervision-head,bing,2019-06-01,,holder,transfer')
	run('init', other, '--institution', other + '.institution', '--now', '2020-12-01T08:00')
	const rows = JSON.parse(run('report', other, 'moves', '--json', '--from', '2020-01-01', '--to', '2020-12-31', '--at', '2020-06-01',
		'--kind', 'section', ...morning('2020-12-01')))
	const value = (measure, kind) => rows.find((row) => row.measure === measure && row.kind === kind)?.value
	assert.equal(value('moves', 'promotion and transfer'), 1)
	assert.equal(value('moves', 'promotion'), 1)
	assert.equal(value('moves', 'transfer'), undefined)
	// On 31 May they are 62 and 36 years old, on 1 June 40 and 36.
	assert.deepEqual(['mean age', 'median age', '≤35', '36–40', '≥56'].map((kind) => value('before 2020-05-31', kind)), ['49.0', '49.0', 0, 1, 1])
	assert.deepEqual(['mean age', 'median age', '≤35', '36–40', '≥56'].map((kind) => value('after 2020-06-01', kind)), ['38.0', '38.0', 0, 2, 0])
	// 3,803 and 365 days in the post; then none and 366.
	assert.equal(value('before 2020-05-31', 'mean years in the post'), '5.7')
	assert.equal(value('after 2020-06-01', 'mean years in the post'), '0.5')
})

test('posts that are vacant are named with since when, and only on the days on which they are', () => {
	const all = (day, ...more) => report('vacancies', day, ...more)
	const rows = all('2019-01-10'), sum = rows.at(-1)
	const posts = run('export', data, 'posts').trim().split('\r\n').slice(1)
	const held = new Set(tenures.slice(1).filter((row) => row[2] <= '2019-01-10' && (row[3] === '' || row[3] > '2019-01-10')).map((row) => row[0]))
	assert.equal(sum.posts, posts.length)
	assert.equal(sum.vacant + sum.acting + sum.held, posts.length)
	assert.equal(sum.vacant, posts.filter((line) => !held.has(line.split(',')[0])).length)
	// Whoever heads the supervision section leaves; nobody follows until the day after the last.
	const minimal = inside('vacant')
	run('init', minimal, '--institution', join(root, 'institutions/minimal'), '--now', '2019-01-02T08:00')
	const roster = run('export', minimal, 'tenures').split('\r\n').map((line) => line.split(','))
	const head = roster.find((row) => row[0] === 'supervision-head')[1]
	run('move', minimal, 'supervision-head', head, '--end', '--from', '2019-03-01', '--as', roster.find((row) => row[0] === 'personnel-head')[1], ...morning('2019-02-15'))
	const gaps = (day) => JSON.parse(run('report', minimal, 'vacancies', '--json', '--at', day, ...morning('2019-04-01')))
	assert.equal(gaps('2019-02-28').at(-1).vacant, 0)
	const [gap, unit, whole] = gaps('2019-03-11')
	assert.deepEqual([gap.state, gap.since, gap.days], ['vacant', '2019-03-01', 10])
	assert.equal(gap['held before by'] ?? gap.before, JSON.parse(run('people', minimal, '--json', ...morning('2019-02-15'))).find((row) => row.code === head).name)
	assert.deepEqual([unit.posts, unit.held, unit.vacant, whole.vacant], [2, 1, 1, 1])
})

test('before anything is recorded, reports are empty and say so by having no rows', () => {
	for (const name of ['overdue', 'programmes', 'rectification', 'breaches', 'commanders'])
		assert.deepEqual(report(name, '2018-12-31'), [])
})

test('programmes are a tree: what is part of what, how far it is, and what nobody has taken up', () => {
	for (const name of ['deployment', 'programme', 'key_task'])
		run('import', data, 'matters', join(root, `institutions/pengjiang-2019/matters/${name}.csv`), '--procedure', name, ...morning('2019-02-18'))
	const rows = report('programmes', '2019-02-18')
	assert.equal(rows.length, 6 + 9 + 40)
	const levels = rows.map((row) => row.level)
	assert.equal(levels[0], 0)
	for (let i = 1; i < levels.length; i++)
		assert.ok(levels[i] <= levels[i - 1] + 1)
	assert.deepEqual([0, 1, 2].map((level) => levels.filter((found) => found === level).length), [6, 9, 40])
	const task = rows.find((row) => row.title === '滨江新区道路和管网配套')
	assert.equal(task.taken_up, 'by nobody yet')
	assert.equal(rows.find((row) => row.title === '“1+3”平台建设').taken_up, 'broken down')
	// Two deployments have no programme: nobody has taken them up.
	const bare = rows.filter((row, i) => row.level === 0 && (i + 1 === rows.length || rows[i + 1].level === 0))
	assert.ok(bare.length > 0 && bare.every((row) => row.taken_up === 'by nobody yet'))
	// The parts' progress rolls up by weight: 3 of 3+2+… is reported half done.
	const binjiang = holder('binjiang-liaison')
	run('act', data, task.number, 'dispatch', '--as', office, ...morning('2019-02-18'))
	run('act', data, task.number, 'sign', '--as', binjiang, ...morning('2019-02-18'))
	run('act', data, task.number, 'report', 'progress=50', 'note=过半', '--as', binjiang, ...morning('2019-02-18'))
	const after = report('programmes', '2019-02-18')
	const at = after.findIndex((row) => row.title === '“1+3”平台建设')
	const parts = after.slice(at + 1).slice(0, after.slice(at + 1).findIndex((row) => row.level <= 1))
	const weights = parts.reduce((sum, row) => sum + row.weight, 0)
	assert.equal(after[at].progress, Math.floor(3 * 50 / weights))
	assert.equal(parts[0].taken_up, 'yes')
})

test('who takes a programme up themselves has it in hand, also before it is broken down', () => {
	const data = district('in-hand'), binjiang = holder('binjiang-liaison'), now = morning('2019-02-18')
	const made = JSON.parse(run('open', data, 'programme', 'title=岸线整治', 'lead_unit=binjiang', 'leader=government-deputy-5', 'due=2019-12-31', '--as', binjiang, '--json', ...now))
	const taken = () => JSON.parse(run('report', data, 'programmes', '--json', ...now)).map((row) => row.taken_up)
	assert.deepEqual(taken(), ['by nobody yet'])
	run('act', data, made.number, 'take_up', '--as', binjiang, ...now)
	assert.deepEqual(taken(), ['yes'])
})

test('what is overdue is named with who bears it, how late it is, and why its lamp is what it is', () => {
	assert.deepEqual(report('overdue', '2019-02-18'), [])
	run('tick', data, ...morning('2019-02-27'))
	const rows = report('overdue', '2019-02-27')
	const first = rows.find((row) => row.title === '平台项目用地保障')
	assert.equal(first.duty, 'Dispatch in time')
	assert.equal(first.unit, 'Supervision Office')
	assert.equal(first.due, '2019-02-21')
	assert.equal(first.days_late, 4) // 22, 25, 26, 27
	assert.match(first.lamp, /^red: 4 working days late/)
	assert.notEqual(first.person, '')
	assert.ok(rows.every((row) => row.due <= '2019-02-26'))
	assert.deepEqual(report('overdue', '2019-02-27', '--from', '2019-02-22'), rows.filter((row) => row.due >= '2019-02-22'))
	assert.deepEqual(report('overdue', '2019-02-27', '--to', '2019-02-20'), rows.filter((row) => row.due <= '2019-02-20'))
	assert.ok(rows.some((row) => row.due === '2019-02-20'))
})

test('each breach is shown once, with its answer and what it led to', () => {
	const rows = report('breaches', '2019-02-27')
	const overdue = report('overdue', '2019-02-27')
	assert.equal(rows.length, overdue.length)
	const breach = rows.find((row) => row.title === '平台项目用地保障')
	assert.equal(breach.unit, 'Supervision Office')
	assert.equal(breach.done, 'still owed')
	assert.equal(breach.answer, 'owed')
	assert.equal(breach.consequence, '')
	// Whoever follows it up answers; the task is dispatched late.
	const shown = JSON.parse(run('show', data, breach.number, '--json', ...morning('2019-02-27')))
	const answer = shown.duties.find((duty) => duty.kind === 'answer')
	run('answer', data, breach.number, answer.id, '已提醒', '--as', holder(answer.post), ...morning('2019-02-27'))
	run('act', data, breach.number, 'dispatch', '--as', office, ...morning('2019-02-27'))
	const after = report('breaches', '2019-02-27').find((row) => row.number === breach.number)
	assert.equal(after.done, '2019-02-27')
	assert.equal(after.answer, 'given')
	assert.equal(report('breaches', '2019-02-27').length, rows.length)
})

test('a breach that opens an accountability is shown with it', () => {
	const csv = file('short.csv', 'title,lead_unit,commander,due\n短期任务,binjiang,binjiang-head,2019-03-15\n')
	run('import', data, 'tasks', csv, '--as', office, ...morning('2019-02-28'))
	const number = JSON.parse(run('list', data, '--q', '短期任务', '--json', ...morning('2019-02-28')))[0].number
	run('act', data, number, 'dispatch', '--as', office, ...morning('2019-02-28'))
	run('act', data, number, 'sign', '--as', holder('binjiang-liaison', '2019-02-28'), ...morning('2019-02-28'))
	run('tick', data, ...morning('2019-03-18'))
	const breach = report('breaches', '2019-03-18', '--from', '2019-03-15', '--to', '2019-03-15').find((row) => row.number === number)
	assert.equal(breach.duty, 'Finish by the due date')
	assert.match(breach.consequence, /^责〔2019〕\d+号$/)
	assert.notEqual(breach.consequence_state, '')
})

test('a day that was missed stays told when the duty is given another, and each that is missed has a row', () => {
	// In a copy: what comes after goes on with the days before.
	const later = inside('later')
	cpSync(data, later, { recursive: true })
	const csv = file('later.csv', 'title,lead_unit,commander,due\n改期任务,binjiang,binjiang-head,2019-03-22\n')
	run('import', later, 'tasks', csv, '--as', office, ...morning('2019-03-18'))
	const number = JSON.parse(run('list', later, '--q', '改期任务', '--json', ...morning('2019-03-18')))[0].number
	const lead = holder('binjiang-liaison', '2019-03-18')
	run('act', later, number, 'dispatch', '--as', office, ...morning('2019-03-18'))
	run('act', later, number, 'sign', '--as', lead, ...morning('2019-03-18'))
	run('request', later, number, 'extend', 'reason=汛期', 'measure=增加机械', 'until=2019-03-29', '--as', lead, ...morning('2019-03-21'))
	// It is granted when the day is over and its breach recorded.
	run('tick', later, ...morning('2019-03-25'))
	const told = (day) => JSON.parse(run('report', later, 'breaches', '--json', ...morning(day), '--from', '2019-03-21', '--to', '2019-03-31')).filter((row) => row.number === number && row.duty === 'Finish by the due date')
	const missed = told('2019-03-25')
	assert.deepEqual(missed.map((row) => [row.due, row.done]), [['2019-03-22', 'still owed']])
	run('decide', later, number, '1', 'grant', '--as', office, ...morning('2019-03-25'))
	assert.deepEqual(told('2019-03-25').map((row) => [row.due, row.done, row.answer, row.consequence]),
		[['2019-03-22', 'still owed, moved to 2019-03-29', 'owed', missed[0].consequence]])
	const duty = () => JSON.parse(run('show', later, number, '--json', ...morning('2019-03-25'))).duties.find((one) => one.due_day === '2019-03-29')
	assert.deepEqual([duty().breached, duty().missed_day], [false, '2019-03-22'])
	assert.match(run('show', later, number, '--lang', 'en', ...morning('2019-03-25')), /\(missed on 2019-03-22\)/)
	run('tick', later, ...morning('2019-04-01'))
	const both = told('2019-04-01')
	assert.deepEqual(both.map((row) => row.due), ['2019-03-22', '2019-03-29'])
	assert.equal(new Set(both.map((row) => row.consequence)).size, 2)
	run('replay', later)
})

test('each leader\'s board counts what stands under that name', () => {
	const rows = report('commanders', '2019-03-18')
	const list = JSON.parse(run('list', data, '--json', '--limit', '1000', ...morning('2019-03-18')))
	assert.equal(rows.reduce((sum, row) => sum + row.open + row.closed, 0), list.length - list.filter((row) => row.number.startsWith('责')).length)
	const head = rows.find((row) => row.post.includes('Binjiang'))
	assert.ok(head.open > 0 && head.overdue > 0 && head.overdue <= head.open)
	assert.ok(head.red + head.yellow <= head.open)
	assert.deepEqual(report('commanders', '2019-03-18', '--to', '2019-01-01'), [])
})

// ---- findings ----

test('rectification counts as closed only what somebody else has verified', () => {
	const team = 'inspection-team-1', day = '2019-03-19'
	const at = morning(day)
	const finder = holder(`${team}-head`, day), inspection = holder('inspection-office-head', day), deputy = holder('inspection-office-deputy-1', day)
	const water = holder('agriculture-liaison', day)
	const problems = [['账目不清', '09-27'], ['制度缺失', '09-27'], ['账目不清', '09-26'], ['不是问题', '09-27']]
	const csv = file('findings.csv', 'title,due,source,found_by,unit,leader\n' +
		problems.map(([title, due]) => `${title},2019-${due},district_inspection,${team},agriculture,government-deputy-5\n`).join(''))
	run('import', data, 'findings', csv, '--as', finder, ...at)
	const numbers = JSON.parse(run('list', data, '--procedure', 'finding', '--json', ...at)).reverse().map((row) => row.number)
	const counts = () => {
		const [row] = report('rectification', day).filter((found) => found.unit !== 'all')
		return [row.found, row.planned, row.verified, row.open, row.rate, row.repeats]
	}
	assert.deepEqual(counts(), [4, 0, 0, 4, '0.0', 1])
	run('act', data, numbers[3], 'drop', 'reason=核实后不成立', '--as', finder, ...at)
	assert.deepEqual(counts(), [3, 0, 0, 3, '0.0', 1])
	run('act', data, numbers[0], 'submit', 'problem=账目不清', 'advice=清理', '--evidence', paper, '--as', finder, ...at)
	run('act', data, numbers[0], 'feed_back', '--as', inspection, ...at)
	const [rectification] = JSON.parse(run('list', data, '--procedure', 'rectification', '--json', ...at))
	const act = (...words) => run('act', data, rectification.number, ...words, ...at)
	act('claim', '--as', water)
	act('submit_lists', 'problems=1', 'tasks=1', 'duties=1', 'kind=at_once', 'measures=清理账目', 'person=agriculture-head', '--evidence', paper, '--as', water)
	assert.deepEqual(counts(), [3, 0, 0, 3, '0.0', 1])
	act('approve_plan', '--as', inspection)
	assert.deepEqual(counts(), [3, 1, 0, 3, '0.0', 1])
	act('ask_strike_off', 'result=done', 'note=已清理', '--evidence', paper, '--as', water)
	act('strike_off', 'look_on=2019-12-27', '--as', inspection)
	// The unit says it is done; nobody else has verified it yet.
	assert.deepEqual(counts(), [3, 1, 0, 3, '0.0', 1])
	run('act', data, numbers[0], 'verify_result', 'result=done', 'note=属实', '--evidence', paper, '--as', finder, ...at)
	run('act', data, numbers[0], 'strike', '--as', deputy, ...at)
	assert.deepEqual(counts(), [3, 1, 1, 2, '33.3', 1])
	const all = report('rectification', day).find((row) => row.unit === 'all')
	assert.equal(all.found, 3)
	assert.deepEqual(report('rectification', day, '--to', '2019-03-18'), [])
})

// ---- forms ----

test('a report is a table, csv or JSON, in both languages', () => {
	const day = morning('2019-03-19')
	const table = run('report', data, 'overdue', ...day)
	assert.match(table, /^duties that are overdue, and whose they are\nnumber +title +duty +unit/)
	assert.match(bihuan(['report', data, 'overdue', ...day, '--lang', 'zh']).out, /^逾期未办的责任\n编号 +事项 +责任 +责任单位/)
	const csv = run('report', data, 'overdue', '--format', 'csv', ...day)
	assert.match(csv, /^number,title,duty,unit,post,person,due,days_late,lamp\r\n/)
	assert.equal(csv.split('\r\n').length - 2, report('overdue', '2019-03-19').length)
	assert.equal(run('report', data, 'overdue', '--format', 'json', ...day), run('report', data, 'overdue', '--json', ...day))
})

test('what can\'t be reported is refused, with what can', () => {
	for (const [args, why] of [
		[['overdu'], /did you mean overdue.*overdue, programmes, rectification, breaches, commanders, coverage, moves, vacancies, results, effects, rules, performance/],
		[['overdue', '--format', 'odt'], /there are table, csv, json/],
		[['overdue', '--from', '2019-02-30'], /--from: 2019-02-30/],
		[['overdue', '--from', '2019-03-01', '--to', '2019-02-01'], /--to: the period would end before it begins/],
		[['programmes', '--from', '2019-03-01'], /it has no period/],
	]) {
		const done = bihuan(['report', data, ...args, ...morning('2019-03-19')])
		assert.equal(done.code, 2, args.join(' '))
		assert.match(done.err, why)
	}
	assert.equal(bihuan(['report', inside('nowhere'), 'overdue']).code, 1)
})

test('merit is read from the record: what was done in time, late or not, and what others verified', () => {
	const rows = report('results', '2019-03-19')
	const of = (code) => rows.find((row) => row['sign-in name'] === code || row.code === code)
	for (const row of rows) assert.equal(row.in_time + row.late + row.failed + row.owed, row.duties)
	// One task was dispatched too late, two things in time, and the rest of the office's duties lie there still.
	const head = of(office)
	assert.deepEqual([head.in_time, head.late, head.failed], [2, 1, 0])
	assert.ok(head.owed > 30)
	// The unit that put it right, and who found it: each was verified by somebody else. Who closed it wasn't.
	assert.equal(of(holder('agriculture-liaison', '2019-03-19')).verified, 1)
	assert.equal(of(holder('inspection-team-1-head', '2019-03-19')).verified, 1)
	assert.equal(of(holder('inspection-office-deputy-1', '2019-03-19'))?.verified ?? 0, 0)
	// Duties count where they fell due, results where the matter ended.
	assert.deepEqual(report('results', '2019-03-19', '--to', '2019-01-31'), [])
	assert.equal(report('results', '2019-03-19', '--to', '2019-03-18').reduce((sum, row) => sum + row.verified, 0), 0)
	// Of what only those around a unit may see, others hear nothing.
	const finder = holder('inspection-team-1-head', '2019-03-19')
	assert.equal(report('results', '2019-03-19', '--as', holder('staffing-head', '2019-03-19')).find((row) => row.code === finder)?.verified ?? 0, 0)
	// A new holder doesn't inherit what the last one failed.
	const owed = of(office).owed
	const [, other, day] = tenures.find((row) => row[0] === 'supervision-office-head' && row[2] > '2019-03-19')
	const after = report('results', day, '--to', '2019-03-18')
	assert.equal(after.find((row) => row.code === office).owed, owed)
	assert.equal(after.find((row) => row.code === other)?.owed ?? 0, 0)
})

test('each point of a unit names the event behind it', () => {
	const formula = join(root, 'institutions/pengjiang-2019/performance.yaml')
	const rows = report('performance', '2019-03-19', '--formula', formula, '--unit', 'supervision-office').filter((row) => row.event !== '')
	assert.ok(rows.some((row) => row.counts === 'for') && rows.some((row) => row.counts === 'against'))
	for (const counts of ['for', 'against'])
		for (const row of rows.filter((found) => found.counts === counts).slice(0, 2)) {
			const { history } = JSON.parse(run('show', data, row.number, '--json', ...morning('2019-03-19')))
			const event = history.find((found) => found.event === row.event)
			assert.equal(event.kind, counts === 'for' ? 'matter.act' : 'duty.breach', JSON.stringify(row))
		}
	// Without a formula there must be one in force.
	const none = bihuan(['report', data, 'performance', ...morning('2019-03-19')])
	assert.equal(none.code, 1)
	assert.match(none.err, /no formula of performance was in force on 2019-03-19/)
})

// ---- whose eyes ----

test('with --as a report is of what that person may see, rows and sums alike; without it, of everything', () => {
	const day = '2019-12-28'
	const at = morning(day)
	const manager = holder('discipline-management-head', day)
	const stranger = holder('agriculture-head', day)
	const inspection = holder('inspection-office-head', day)
	run('open', data, 'lead', 'title=隐蔽线索', 'source=letters', `respondent=${holder('staffing-head', day)}`, 'unit=staffing', '--as', manager, ...at)
	const [lead] = JSON.parse(run('list', data, '--procedure', 'lead', '--json', ...at))
	const later = '2020-02-20'
	const seen = (name, ...more) => report(name, later, ...more)
	const shows = (rows) => rows.some((row) => row.number === lead.number)
	run('tick', data, ...morning(later))
	assert.ok(shows(seen('overdue')))
	assert.ok(shows(seen('overdue', '--as', manager)))
	assert.ok(!shows(seen('overdue', '--as', stranger)))
	assert.ok(shows(seen('breaches', '--as', manager)))
	assert.ok(!shows(seen('breaches', '--as', stranger)))
	// Findings are for those around the unit: a sum over them is too.
	const all = (...more) => seen('rectification', ...more).find((row) => row.unit === 'all')?.found
	assert.equal(all(), 3)
	assert.equal(all('--as', inspection), 3)
	assert.equal(all('--as', holder('staffing-head', later)), undefined)
	// What everybody may see, everybody is told of alike.
	assert.deepEqual(seen('programmes', '--as', stranger), seen('programmes').filter((row) => row.title !== '账目不清'))
	assert.equal(bihuan(['report', data, 'overdue', '--as', 'nobody-such', ...morning(later)]).code, 1)
})
