// Tables in and out: every bad cell at once, nothing twice, and what is exported can be imported.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { bihuan, district, file, inside, root, run } from './run.mjs'

const data = district()
const at = (time) => ['--now', time]
const now = at('2019-02-18T09:00')
const size = (folder = data) => JSON.parse(run('checkpoint', folder, '--json')).size
const office = 'ruan0098' // heads the supervision office on that day
// Who records what: units and the like the staffing office, people the organisation department, days the reform office.
const recorder = (kind) => ['--as', { units: 'rong0111', posts: 'rong0111', functions: 'rong0111', calendar: 'jian0106' }[kind] ?? 'guan0064']
const sample = join(root, 'institutions/pengjiang-2019')
const imports = (folder, kind, path, ...more) => bihuan(['import', folder, kind, path, ...more])

test('a dry run names every bad cell as file:line:column and writes nothing', () => {
	const before = size()
	const path = file('people.csv', 'code,name,born\nnew.one,新人,1980-02-30\nye0001,叶椿苓,1963-12-09\n,无名,\nnew two,新人二,九月\n')
	const done = imports(data, 'people', path, '--dry-run', ...now)
	assert.equal(done.code, 2)
	assert.equal(done.out, [
		`${path}:2:born: '1980-02-30' is not in the calendar: there is no such day`,
		`${path}:4:code: give a code of 1 to 64 bytes`,
		`${path}:5:born: '九月' is no day: write it like 2019-03-05`, ''].join('\n'))
	assert.match(done.err, /3 wrong places, named one by one; nothing was written/)
	const said = JSON.parse(imports(data, 'people', path, '--json', ...now).out)
	assert.deepEqual(said.errors.map((error) => [error.line, error.column]), [[2, 'born'], [4, 'code'], [5, 'born']])
	assert.equal(size(), before)
})

test('without a dry run too, nothing is written unless all is good', () => {
	const before = size()
	const path = file('people.csv', 'code,name\nnew.one,新人\nnew two,新人二\n')
	const done = imports(data, 'people', path, ...now)
	assert.equal(done.code, 2)
	assert.equal(done.out, '')
	assert.match(done.err, /people\.csv:3:code: a code has no blanks/)
	assert.equal(size(), before)
})

test('a quote left open is named with its line', () => {
	const path = file('open.csv', 'code,name\na,甲\nb,"乙\nc,丙\n')
	const done = imports(data, 'people', path, '--dry-run', ...now)
	assert.equal(done.code, 2)
	assert.match(done.out, /open\.csv:3:name: a quote is opened here and never closed/)
})

test('columns that are not known are refused with the nearest name', () => {
	const path = file('columns.csv', 'code,nmae,belief\nnew.one,新人,x\n')
	const done = imports(data, 'people', path, '--dry-run', ...now)
	assert.equal(done.code, 2)
	assert.equal(done.out, [
		`${path}:1: the column 'name' is missing`,
		`${path}:1:nmae: there is no column 'nmae' here; did you mean 'name'?`,
		`${path}:1:belief: there is no column 'belief' here`, ''].join('\n'))
})

test('the same file twice changes nothing the second time', () => {
	const path = file('people.csv', '﻿姓名,账号,出生日期\n新人,new.one,１９８０年１月５日\n新人二,new.two,\n')
	assert.equal(run('import', data, 'people', path, ...recorder('people'), ...now), `${path}: 2 rows, 2 acts recorded\n`)
	const before = size()
	assert.equal(run('import', data, 'people', path, ...recorder('people'), ...now), `${path}: 2 rows, all known already, nothing changes\n`)
	assert.equal(size(), before)
	const changed = file('people.csv', 'code,name\nnew.one,新人\nnew.two,新名\n')
	assert.equal(JSON.parse(run('import', data, 'people', changed, '--json', ...recorder('people'), ...now)).recorded, 1)
	assert.match(run('export', data, 'people'), /new\.one,新人,,1980-01-05\r\nnew\.two,新名,,\r\n/)
})

test('GB18030 is read as what it is', () => {
	const path = inside('gb.csv')
	file('gb.csv', execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GB18030'], { input: '账号,姓名,性别\ngb.one,张㐂,男\n' }))
	run('import', data, 'people', path, ...recorder('people'), ...now)
	assert.match(run('export', data, 'people'), /gb\.one,张㐂,m,\r\n/)
})

test('units name posts and posts name units: imported one after the other', () => {
	const units = file('units.csv', 'code,name,parent,leader\nnew-office,新办公室,new-bureau,new-head\nnew-bureau,新局,government,\n')
	const refused = imports(data, 'units', units, ...now)
	assert.equal(refused.code, 2)
	assert.match(refused.err, /units\.csv:2:leader: there is no post 'new-head'/)
	const bare = file('bare.csv', 'code,name,parent\nnew-office,新办公室,new-bureau\nnew-bureau,新局,government\n')
	run('import', data, 'units', bare, ...recorder('units'), ...now)
	run('import', data, 'posts', file('posts.csv', 'code,unit,title,kind\nnew-head,new-bureau,局长,正职\n'), ...recorder('posts'), ...now)
	run('import', data, 'units', units, ...recorder('units'), ...now)
	assert.match(run('export', data, 'units'), /new-office,新办公室,,,new-bureau,new-head,,\r\n/)
})

test('who leaves is gone before the next one comes, and two at once are refused', () => {
	const first = file('tenures.csv', 'post,person,from\nnew-head,new.one,2019-01-01\n')
	run('import', data, 'tenures', first, ...recorder('tenures'), ...now)
	const two = file('two.csv', 'post,person,from\nnew-head,new.two,2019-02-01\n')
	const refused = imports(data, 'tenures', two, '--dry-run', ...now)
	assert.equal(refused.code, 2)
	assert.match(refused.out, /two\.csv:2:post: 新人 holds that post in the same days/)
	run('import', data, 'tenures', file('two.csv', 'post,person,from,until\nnew-head,new.two,2019-02-01,\nnew-head,new.one,2019-01-01,2019-02-01\n'), ...recorder('tenures'), ...now)
})

test('functions and delegations come from tables too', () => {
	run('import', data, 'functions', file('functions.csv', '职能,单位,岗位\nnew_function,new-bureau,\n'), ...recorder('functions'), ...now)
	run('import', data, 'delegations', file('delegations.csv', 'from,to,since,until\nnew.one,new.two,2019-02-01,2019-03-01\n'), ...recorder('delegations'), ...now)
	assert.match(run('export', data, 'functions'), /new_function,new-bureau,\r\n/)
	assert.match(run('export', data, 'delegations'), /new\.one,new\.two,2019-02-01,2019-03-01\r\n/)
})

test('a day that the institution takes off moves the limits that are counted over it', () => {
	const folder = district('days')
	const due = (title) => {
		run('open', folder, 'key_task', `title=${title}`, 'lead_unit=agriculture', 'commander=committee-mayor', 'due=2019-12-20', '--as', office, ...now)
		return JSON.parse(run('list', folder, '--json', '--q', title, ...now))[0].due
	}
	assert.equal(due('甲'), '2019-02-21') // three working days from Monday
	const days = file('days.csv', '日期,是否上班\n2019/2/20,休息\n2019.2.23,上班\n')
	assert.equal(run('import', folder, 'calendar', days, ...recorder('calendar'), ...now), `${days}: 2 rows, 1 act recorded\n`)
	assert.match(run('import', folder, 'calendar', days, ...recorder('calendar'), ...now), /nothing changes/)
	assert.equal(due('乙'), '2019-02-22')
	assert.equal(run('export', folder, 'calendar'), 'day,works\r\n2019-02-20,false\r\n2019-02-23,true\r\n')
	const wrong = imports(folder, 'calendar', file('wrong.csv', 'day,works\n2019-02-30,true\n2019-03-01,perhaps\n2019-03-02,true\n2019-03-02,false\n'), '--dry-run', ...now)
	assert.equal(wrong.out.split('\n').length, 4)
	assert.match(wrong.out, /wrong\.csv:5:day: this day stands in line 4 already/)
	// Back to what it was: the third calendar, under a name of its own.
	run('import', folder, 'calendar', file('back.csv', 'day,works\n2019-02-20,true\n'), ...recorder('calendar'), ...now)
	assert.equal(due('丙'), '2019-02-21')
})

// ---- matters ----

const tasks = 'number_ref,parent,weight,title,lead_unit,co_units,commander,due\n' +
	'A-1,,,河道清淤,agriculture,housing;transport,committee-mayor,2019年6月30日\n' +
	'A-2,A-1,2,"东段,含支流",agriculture,,committee-mayor,2019.5.31\n' +
	',A-1,1,西段,agriculture,,committee-mayor,2019-05-31\n'

test('matters are opened once, parts under what they are part of', () => {
	const path = file('tasks.csv', tasks)
	assert.match(bihuan(['import', data, 'tasks', path, '--dry-run', ...now]).out, /tasks\.csv:2: say who opens it: here, or with --as/)
	assert.equal(run('import', data, 'tasks', path, '--dry-run', '--as', office, ...now), `${path}: 3 rows, nothing wrong; 3 acts to record\n`)
	assert.equal(run('import', data, 'tasks', path, '--as', office, ...now), `${path}: 3 rows, 3 acts recorded\n`)
	const before = size()
	assert.match(run('import', data, 'tasks', path, '--as', office, ...now), /all known already/)
	// Known also to somebody else, in another order of columns and in another form of the same values.
	const other = file('other.csv', '原编号,督查事项,主办单位,协办单位,挂牌领导,办结时限\nA-1,河道清淤,agriculture,housing、transport,committee-mayor,2019/6/30\n')
	assert.match(run('import', data, 'tasks', other, '--as', 'huang0014', ...now), /all known already/)
	assert.equal(size(), before)
	const list = JSON.parse(run('list', data, '--json', '--procedure', 'key_task', ...now))
	assert.equal(list.length, 3)
	const shown = JSON.parse(run('show', data, list.find((row) => row.title === '东段,含支流').number, '--json', ...now))
	assert.equal(shown.parent.id, list.find((row) => row.title === '河道清淤').id)
})

test('a row that is known and says something else is refused', () => {
	const path = file('changed.csv', 'number_ref,title,lead_unit,commander,due\nA-1,河道清淤,agriculture,committee-mayor,2019-08-30\n')
	const done = imports(data, 'tasks', path, '--as', office, ...now)
	assert.equal(done.code, 2)
	assert.match(done.err, /changed\.csv:2:due: this was opened before with something else in it/)
})

test('the rules of opening hold for an import', () => {
	const before = size()
	const wrong = (text, ...more) => imports(data, 'tasks', file('wrong.csv', text), '--dry-run', ...now, ...more).out
	const columns = 'number_ref,parent,by,opened,title,lead_unit,commander,due\n'
	assert.match(wrong(`${columns},,ye0001,,甲,agriculture,committee-mayor,2019-06-30\n`), /wrong\.csv:2:by: this belongs to the role office/)
	assert.match(wrong(`${columns},A-9,${office},,甲,agriculture,committee-mayor,2019-06-30\n`), /wrong\.csv:2:parent: there is no such matter/)
	assert.match(wrong(`${columns},B-2,${office},,甲,agriculture,committee-mayor,2019-06-30\nB-2,,${office},,乙,agriculture,committee-mayor,2019-06-30\n`),
		/wrong\.csv:2:parent: there is no such matter, here above/)
	assert.match(wrong(`${columns}B-1,,${office},,甲,agriculture,committee-mayor,2019-06-30\nB-1,,${office},,乙,agriculture,committee-mayor,2019-06-30\n`),
		/wrong\.csv:3:number_ref: the same stands in line 2 already/)
	assert.match(wrong(`${columns},,${office},2019-12-01,甲,agriculture,committee-mayor,2019-12-30\n`), /wrong\.csv:2:opened: this day is still to come/)
	assert.match(wrong(`${columns},,${office},2018-01-05,甲,agriculture,committee-mayor,2019-06-30\n`), /wrong\.csv:2:opened: the record already goes to 2019-02-18/)
	assert.match(imports(data, 'matters', file('wrong.csv', columns), ...now).err, /--procedure: say of which procedure/)
	assert.match(imports(data, 'matters', file('wrong.csv', columns), '--procedure', 'key_tsk', ...now).err, /did you mean key_task/)
	assert.match(imports(data, 'taks', file('wrong.csv', columns), ...now).err, /did you mean tasks/)
	assert.equal(size(), before)
})

test('with --now each row is opened on its day, and what falls due in between is fired', () => {
	const folder = district('days2')
	const path = file('days.csv', 'opened,by,title,lead_unit,commander,due\n2019-02-14,ruan0098,乙,agriculture,committee-mayor,2019-06-28\n' +
		'2019-01-08,ruan0098,甲,agriculture,committee-mayor,2019-06-28\n,ruan0098,丙,agriculture,committee-mayor,2019-06-28\n')
	run('import', folder, 'tasks', path, ...now)
	const list = JSON.parse(run('list', folder, '--json', ...now))
	const opened = Object.fromEntries(list.map((row) => [row.title, JSON.parse(run('show', folder, row.number, '--json', ...now)).opened.slice(0, 16)]))
	assert.deepEqual(opened, { 甲: '2019-01-08T09:00', 乙: '2019-02-14T09:00', 丙: '2019-02-18T09:00' })
	assert.deepEqual(list.map((row) => [row.title, row.number]).sort(), [['丙', '督〔2019〕3号'], ['乙', '督〔2019〕2号'], ['甲', '督〔2019〕1号']].sort())
	// The first was to be dispatched within three working days, and the breach stands before the second opening.
	const first = JSON.parse(run('show', folder, '督〔2019〕1号', '--json', ...now))
	assert.ok(JSON.stringify(first).includes('duty.breach'))
	assert.match(run('import', folder, 'tasks', path, ...now), /all known already/)
})

test('by the real clock an earlier day is kept in words', () => {
	const folder = inside('real')
	run('init', folder, '--institution', join(root, 'institutions/minimal'))
	run('import', folder, 'matters', join(root, 'institutions/minimal/matters/task.csv'), '--procedure', 'task')
	const path = file('past.csv', 'opened,by,title,lead_unit,leader,due\n2019年1月15日,li.zhufei,旧事,finance,deputy-director-1,2099-06-28\n')
	run('import', folder, 'matters', path, '--procedure', 'task')
	const list = JSON.parse(run('list', folder, '--json'))
	assert.equal(list.length, 3)
	const shown = JSON.parse(run('show', folder, list.find((row) => row.title === '旧事').number, '--json'))
	assert.notEqual(shown.opened.slice(0, 4), '2019')
	assert.match(JSON.stringify(shown.history), /原立项日期 2019-01-15/)
})

test('all matters of the article are imported, and what is exported opens the same elsewhere', () => {
	const folder = district('whole')
	const order = ['deployment', 'programme', 'key_task', 'inspection', 'meeting', 'study_plan', 'study_session']
	const files = readdirSync(join(sample, 'matters')).map((name) => name.replace('.csv', ''))
	const sorted = [...order, ...files.filter((name) => !order.includes(name))]
	for (const name of sorted)
		run('import', folder, 'matters', join(sample, 'matters', name + '.csv'), '--procedure', name, ...now)
	for (const name of sorted)
		assert.match(run('import', folder, 'matters', join(sample, 'matters', name + '.csv'), '--procedure', name, ...now), /all known already/)
	const other = district('elsewhere')
	for (const name of sorted) {
		const text = run('export', folder, 'matters', '--procedure', name)
		const path = file('export.csv', text)
		assert.match(run('import', folder, 'matters', path, '--procedure', name, ...now), /all known already/)
		run('import', other, 'matters', path, '--procedure', name, ...now)
		assert.equal(run('export', other, 'matters', '--procedure', name), text, name)
	}
})

test('a unit is abolished when nothing rests on it, by a row of a file or from a shell, and goes out with its day', () => {
	const day = '2019-02-18', refused = (...args) => { const done = bihuan(args); assert.notEqual(done.code, 0); return done.err }
	const file_of = (until) => file('units.csv', `code,name,until\nnew-office,新办公室,${until}\n`)
	assert.match(refused('abolish', data, 'unit', 'new-bureau', ...recorder('units'), ...now), /new-bureau|below it: 1/)
	assert.match(refused('import', data, 'units', file_of('2019-02-19'), ...recorder('units'), ...now), /units\.csv:2: until: |yet to come/)
	run('import', data, 'units', file_of(day), ...recorder('units'), ...now)
	assert.match(run('export', data, 'units'), /new-office,新办公室,,,new-bureau,new-head,,2019-02-18\r\n/)
	assert.match(refused('abolish', data, 'unit', 'new-bureau', ...recorder('units'), ...now), /beyond that day: 1 \(新名 first\)/)
	run('move', data, 'new-head', 'new.two', '--end', ...recorder('tenures'), ...now)
	assert.match(refused('abolish', data, 'post', 'new-head', ...recorder('units'), ...now), /nobody who answers for it/)
	assert.match(refused('abolish', data, 'house', 'new-bureau', ...recorder('units'), ...now), /unit or post/)
	assert.match(refused('abolish', data, 'unit', 'new-bureau', ...recorder('units'), ...now), /rest there: 1 \(new_function first\)/)
	run('import', data, 'functions', file('functions.csv', 'function,unit\nnew_function,agriculture\n'), ...recorder('functions'), ...now)
	assert.match(run('abolish', data, 'unit', 'new-bureau', ...recorder('units'), ...now, '--lang', 'zh'), /^已撤销单位: 新局, 自 2019-02-18  事件 \d+\n$/)
	assert.match(refused('abolish', data, 'unit', 'new-bureau', ...recorder('units'), ...now), /abolished already/)
	assert.match(refused('move', data, 'new-head', 'new.one', ...recorder('tenures'), ...now), /abolished from 2019-02-18 on/)
	const codes = (...more) => JSON.parse(run('units', data, '--json', '--q', 'new-', ...now, ...more)).map(({ code }) => code)
	assert.deepEqual([codes(), codes('--on', '2019-02-17').length, codes('--all').length], [[], 2, 2])
	assert.equal(JSON.parse(run('posts', data, '--json', '--q', 'new-head', '--all', ...now))[0].until, day)
})

test('a renamed unit is called as it was on the days before', () => {
	const named = (...more) => JSON.parse(run('units', data, '--json', '--lang', 'zh', ...more)).find(({ code }) => code === 'agriculture').name
	const before = named(...now)
	assert.match(run('rename', data, 'agriculture', '区水利局', '--en', 'Waters', ...recorder('units'), ...now, '--lang', 'zh'), /已更名: 区水利局/)
	assert.deepEqual([named(...now), named(...now, '--on', '2019-02-17')], ['区水利局', before])
	assert.match(bihuan(['rename', data, 'agriculture', '区水局', '--from', '2019-02-19', ...recorder('units'), ...now]).err, /yet to come/)
})

test('rows of the institution go out and come in again', () => {
	for (const kind of ['units', 'posts', 'people', 'tenures', 'functions', 'delegations', 'calendar']) {
		const text = run('export', data, kind)
		assert.match(run('import', data, kind, file('out.csv', text), ...now), /nothing changes/)
		const marked = bihuan(['export', data, kind, '--bom']).bytes
		assert.deepEqual([...marked.subarray(0, 3)], [0xef, 0xbb, 0xbf])
		assert.match(run('import', data, kind, file('out.csv', marked), ...now), /nothing changes/)
	}
	assert.equal(run('export', district('fresh'), 'tenures').replaceAll('\r\n', '\n'), readFileSync(join(sample, 'tenures.csv'), 'utf8'))
})
