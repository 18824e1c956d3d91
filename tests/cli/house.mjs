// An installation from a shell: made, looked at, its posts moved, its definitions changed.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { bihuan, file, inside, program, root, run } from './run.mjs'

const minimal = join(root, 'institutions/minimal')
// personnel records who holds what, the legal section what is in force.
const personnel = 'guan.meishuang', legal = 'zhong.lingxue'
const registry = 'li.zhufei', checker = 'tan.yunlan', lead = 'deng.puqing', liaison = 'su.lanmo', leader = 'huang.tongheng'
const at = (day, time = '09:00') => ['--now', `2019-${day}T${time}`]
const json = (...args) => JSON.parse(run(...args, '--json'))

let houses = 0
function house(institution = minimal) {
	const data = inside(`house${++houses}`)
	run('init', data, '--institution', institution, '--now', '2018-12-31T08:00')
	return data
}
// Opened on 7 January, unless another day is told.
function open(data, title, due, ...more) {
	const now = more.includes('--now') ? [] : at('01-07')
	return json('open', data, 'task', `title=${title}`, 'lead_unit=projects', 'leader=deputy-director-2', `due=${due}`, '--as', registry, ...now, ...more).number
}
// In hand since 8 January.
function begin(data, number) {
	run('act', data, number, 'send', '--as', registry, ...at('01-07'))
	run('act', data, number, 'sign', '--as', lead, ...at('01-08'))
}
function copied(name, path, change) {
	cpSync(minimal, inside(name), { recursive: true })
	writeFileSync(join(inside(name), path), change(readFileSync(join(minimal, path), 'utf8')))
	return inside(name)
}

// The smallest institution, in which a task may have parts.
const family = () => house(copied('family', 'procedures/task.yaml', (text) => text + 'children: {of: task, close: before_parent, progress: weighted}\n'))

// ---- making one ----

test('a new installation tells the key by which its record is verified, and that is the ledger\'s', () => {
	const said = json('init', inside('new'), '--institution', minimal, ...at('01-02'))
	assert.deepEqual({ ...said, key: undefined, administrators: undefined },
		{ institution: 'minimal', units: 10, posts: 21, people: 21, tenures: 21, procedures: 4, key: undefined, administrators: undefined })
	assert.match(said.key, /^bureau\.example\/minimal\+[0-9a-f]{8}\+/)
	assert.equal(run('checkpoint', inside('new'), '--key').trim(), said.key)
	assert.ok(run('init', inside('new2'), '--institution', minimal, '--lang', 'zh').startsWith('示例局: 10 个单位, 21 个岗位'))
})

test('everything of the folder is in the installation, as of the founding\'s own time', () => {
	const data = house()
	assert.equal(json('units', data).length, 10)
	assert.equal(json('people', data).length, 21)
	const posts = json('posts', data)
	assert.equal(posts.length, 21)
	assert.deepEqual(posts.find((post) => post.code === 'projects-head'),
		{ code: 'projects-head', unit: 'projects', title: 'Chief', kind: 'head', rank: '股级', holder: '邓浦晴', person: lead, from: '2018-01-02', duties: 0 })
	assert.equal(json('units', data).find((unit) => unit.code === 'projects').leader, 'deputy-director-2')
})

test('a folder that holds an installation is never made anew', () => {
	const data = house()
	const before = readFileSync(join(data, 'signing.key'))
	const { code, err } = bihuan(['init', data, '--institution', minimal])
	assert.equal(code, 1)
	assert.match(err, /^bihuan: init: /)
	assert.ok(readFileSync(join(data, 'signing.key')).equals(before))
})

test('an institution that isn\'t sound is refused with all its findings, and nothing is made', () => {
	const bad = copied('bad', 'procedures/task.yaml', (text) => text.replace(/    not_by: .*\n/, '').replace(/ {2}verify_in_time:\n(?: {4}.*\n)+/, ''))
	const { code, out, err } = bihuan(['init', inside('never'), '--institution', bad])
	assert.equal(code, 1)
	assert.equal(out, '')
	assert.match(err, /S1: [^]*P2: |P2: [^]*S1: /)
	assert.match(err, /the institution isn't sound: \d+ findings above; nothing was made\n$/)
	assert.ok(!existsSync(inside('never')))
	const badly = copied('badly', 'people.csv', (text) => text.replace('1968-01-01', '1968-13-01'))
	assert.match(bihuan(['init', inside('never'), '--institution', badly]).err, /people\.csv:2:4: /)
	assert.ok(!existsSync(inside('never')))
})

test('init says what it needs', () => {
	assert.match(bihuan(['init', inside('x')]).err, /^bihuan: init: --institution: say from which institution folder/)
	assert.match(bihuan(['init', inside('x'), '--institution', inside('nowhere')]).err, /there is no institution\.yaml in this folder/)
})

test('the district of the article is founded as ordinary events, in time', () => {
	const data = house(join(root, 'institutions/pengjiang-2019'))
	assert.ok(json('people', data).length > 700)
	const index = Number(/size (\d+)|^(\d+)$/m.exec(run('checkpoint', data)).slice(1).find(Boolean))
	assert.ok(index > 2800, `${index} events`)
})

// ---- looking ----

test('a list is filtered by procedure, state, unit, lamp, part and text, newest first', () => {
	const data = family()
	const first = open(data, '修缮屋顶', '2019-02-28'), second = open(data, '铺设管道', '2019-06-30', '--parent', '1')
	begin(data, first)
	const numbers = (...more) => json('list', data, ...more, ...at('01-09')).map((line) => line.number)
	assert.deepEqual(numbers(), [second, first])
	assert.deepEqual(numbers('--procedure', 'task', '--grasp', 'supervision'), [second, first])
	assert.deepEqual(numbers('--state', 'working'), [first])
	assert.deepEqual(numbers('--lamp', 'grey'), [second])
	assert.deepEqual(numbers('--unit', 'projects', '--open').sort(), [first, second].sort())
	assert.deepEqual(numbers('--unit', 'station'), [])
	assert.deepEqual(numbers('--q', '管道'), [second])
	assert.deepEqual(numbers('--parent', first), [second])
	assert.deepEqual(numbers('--limit', '1'), [second])
	for (const [option, value, pattern] of [['--lamp', 'rot', /rot: there is no such lamp; did you mean red/], ['--grasp', 'supervison', /did you mean supervision/],
		['--procedure', 'taks', /did you mean task/], ['--unit', 'project', /did you mean projects/], ['--limit', 'many', /--limit: 'many' is no whole number/],
		['--parent', '77', /77: there is no such matter/]]) assert.match(bihuan(['list', data, option, value]).err, pattern)
})

test('a list is as wide as its widest cell: a Chinese character takes two columns', () => {
	const data = house()
	open(data, '修缮屋顶', '2019-02-28')
	open(data, 'Roof', '2019-02-28')
	const width = (text) => [...text].reduce((sum, c) => sum + (/[\u2e80-\u9fff\uff00-\uffef]/.test(c) ? 2 : 1), 0)
	for (const lang of ['zh', 'en']) {
		const lines = run('list', data, '--lang', lang, ...at('01-08')).trimEnd().split('\n')
		const column = (line, word) => width(line.slice(0, line.indexOf(word)))
		assert.equal(column(lines[1], 'Roof'), column(lines[0], lang === 'zh' ? '事项' : 'title'))
		assert.equal(column(lines[2], '修缮屋顶'), column(lines[1], 'Roof'))
		assert.equal(column(lines[2], '2019-01-10'), column(lines[1], '2019-01-10'))
	}
})

test('what time has brought and nobody recorded yet is said beside a list', () => {
	const data = house()
	open(data, 'a', '2019-02-28')
	assert.equal(bihuan(['list', data, ...at('01-08')]).err, '')
	assert.match(bihuan(['list', data, ...at('01-20')]).err, /^bihuan: time has brought something for 1 matter that isn't recorded yet: run bihuan tick\n$/)
	run('tick', data, ...at('01-20'))
	assert.equal(bihuan(['list', data, ...at('01-20')]).err, '')
})

test('show tells what is owed and why, what may be done and why the rest may not', () => {
	const data = house()
	begin(data, open(data, '修缮屋顶', '2019-02-28'))
	const out = run('show', data, '1', '--as', lead, ...at('01-09'))
	for (const line of [/^督〔2019〕1号 {2}修缮屋顶\n/, /\nTask {2}In hand {2}green: \d+ working days left; progress 0 %, plan 0 %\n/,
		/\n {2}Lead unit {2}Projects Section\n/, /\n {2}Leader {5}Leadership, Deputy Director \(黄桐衡\)\n/,
		/\n {2}3 {2}Finish by the due date {2}Projects Section \(邓浦晴\) {2}by 2019-02-28 {2}under 本局督查工作制度 \(to be confirmed\)\n/,
		/\nmay be done by 邓浦晴\n {2}✓ {2}Report \(act report\)\n/, /\n {2}✗ {2}belongs to another post: .*Close \(act close\)/,
		/\n {2}\d+ {2}2019-01-07 09:00 {2}opened {2}李渚霏 \(General Office, Director\)\n/]) assert.match(out, line)
	const zh = run('show', data, '1', '--as', checker, '--lang', 'zh', ...at('01-09'))
	assert.match(zh, /\n可办事项: 谭筠岚\n/)
	assert.match(zh, /✗ {2}当前环节不能办理此项: .*核查办结 \(act close\)/)
	const may = (person) => json('show', data, '1', '--as', person, ...at('01-09')).possible.filter((one) => one.may).map((one) => one.action ?? one.request)
	assert.deepEqual(may(lead), ['report', 'ask_close', 'extend'])
	assert.deepEqual(may(checker), [])
	assert.equal(bihuan(['show', data, '5']).code, 1)
})

test('the history tells who held the post then, not who holds it now', () => {
	const data = house()
	begin(data, open(data, '修缮屋顶', '2019-02-28'))
	run('move', data, 'projects-head', 'zhao.xilu', '--leave', 'finance-head', '--from', '2019-02-01', '--as', personnel, ...at('01-30'))
	const out = run('show', data, '1', ...at('03-05'))
	assert.match(out, /Sign for {2}邓浦晴 \(Projects Section, Chief\) {2}→ In hand/)
	assert.match(out, /Finish by the due date {2}Projects Section \(赵溪露\) {2}by/)
	assert.match(out, /\+ 3 Finish by the due date: Projects Section \(邓浦晴\), by 2019-02-28/)
	run('tick', data, ...at('03-05'))
	const after = run('show', data, '1', ...at('03-05'))
	assert.match(after, /breached: Report every month {2}by the clock\n {8}due 2019-01-31 {2}in post when it fell due: 邓浦晴\n/)
	assert.match(after, /breached: Finish by the due date {2}by the clock\n {8}due 2019-02-28 {2}in post when it fell due: 赵溪露\n {8}told: Leadership, Deputy Director \(黄桐衡\)/)
	assert.match(after, /\n {2}— {2}2019-02-01 {2}handed over Projects Section, Chief: 邓浦晴 → 赵溪露\n {8}duties 3, 4\n {2}\d+ {2}2019-03-05 /)
	assert.deepEqual(json('show', data, '1', ...at('03-05')).handovers, [{
		day: '2019-02-01', post: 'projects-head', post_name: 'Projects Section, Chief',
		before: lead, before_name: '邓浦晴', after: 'zhao.xilu', after_name: '赵溪露', duties: '3, 4',
	}])
	// The accountability that it opened says where it comes from.
	assert.match(run('show', data, '2', ...at('03-05')), /opened {2}by the clock\n {8}caused by 督〔2019〕1号: Finish by the due date/)
})

test('requests, parts, links and evidence stand in the matter', () => {
	const data = family()
	begin(data, open(data, '修缮屋顶', '2019-02-28'))
	open(data, '铺设管道', '2019-02-15', '--parent', '1', ...at('01-09'))
	run('link', data, '1', 'arises_from', '2', '--as', lead, ...at('01-09'))
	run('act', data, '1', 'report', 'progress=30', 'note=第一段', '--evidence', file('a.txt', 'a'), '--as', lead, ...at('01-10'))
	run('request', data, '1', 'extend', 'reason=汛期', 'until=2019-03-31', '--as', lead, ...at('01-10'))
	const out = run('show', data, '1', '--as', checker, ...at('01-10'))
	assert.match(out, /\nrequests\n {2}1 {2}Ask for an extension {2}邓浦晴 \(Projects Section, Chief\) {2}2019-01-10 09:00 {2}waiting\n {5}Reason {2}汛期\n {5}Until {3}2019-03-31\n/)
	assert.match(out, /\nparts\n {2}督〔2019〕2号 {2}铺设管道 {2}Projects Section\n/)
	assert.match(out, /\nlinks\n {2}→ Arises from {2}督〔2019〕2号 {2}铺设管道\n/)
	assert.match(out, /\nevidence\n {2}a\.txt {2}1 bytes {2}SHA-256 ca978112[0-9a-f]{56} {2}event \d+\n/)
	assert.match(out, /✓ {2}decide: Ask for an extension \(decide 1\)/)
	assert.match(run('show', data, '2', ...at('01-10')), /\npart of 督〔2019〕1号\n/)
})

test('duties are a person\'s own, a unit\'s, or everybody\'s, by due day', () => {
	const data = house()
	begin(data, open(data, '修缮屋顶', '2019-02-28'))
	open(data, '铺设管道', '2019-02-28', ...at('01-08'))
	const owed = (...more) => json('duties', data, ...more, ...at('01-09')).map((duty) => `${duty.number} ${duty.name}`)
	assert.deepEqual(owed('--as', lead), ['督〔2019〕1号 report_in_time', '督〔2019〕1号 finish'])
	assert.deepEqual(owed('--as', liaison), owed('--as', lead))
	assert.deepEqual(owed('--as', registry), ['督〔2019〕2号 send_in_time'])
	assert.deepEqual(owed('--as', leader), [])
	assert.deepEqual(owed('--unit', 'office'), ['督〔2019〕2号 send_in_time'])
	assert.deepEqual(owed('--all'), ['督〔2019〕2号 send_in_time', ...owed('--as', lead)])
	const out = run('duties', data, '--as', registry, ...at('01-11'))
	assert.match(out, /督〔2019〕2号 {2}铺设管道 {5}1 {2}Hand out in time {2}General Office \(李渚霏\) {2}2019-01-11 {2}today\n/)
	assert.match(run('duties', data, '--as', registry, ...at('01-12', '00:00')), /overdue\n/)
	run('tick', data, ...at('01-12'))
	assert.match(run('duties', data, '--as', registry, ...at('01-12')), /breached\n/)
})

test('the clock fires what has fallen due, once, and tells what it was; posts hear of it', () => {
	const data = house()
	open(data, '修缮屋顶', '2019-02-28')
	assert.equal(run('tick', data, ...at('01-10', '23:59')), 'nothing has fallen due\n')
	const fired = json('tick', data, ...at('01-11', '00:00'))
	assert.deepEqual(fired.map(({ number, kind, duty }) => ({ number, kind, duty })), [{ number: '督〔2019〕1号', kind: 'duty.breach', duty: 'send_in_time' }])
	assert.equal(run('tick', data, ...at('01-12')), 'nothing has fallen due\n')
	const heard = json('inbox', data, '--as', leader, ...at('01-12'))
	assert.deepEqual(heard.map(({ kind, number, duty }) => ({ kind, number, duty })), [{ kind: 'breached', number: '督〔2019〕1号', duty: 'Hand out in time' }])
	assert.match(run('inbox', data, '--as', leader, '--lang', 'zh', ...at('01-12')), /失责 {2}督〔2019〕1号/)
	assert.equal(json('inbox', data, '--as', registry, '--limit', '1', ...at('01-12')).length, 1)
})

// ---- posts and people ----

test('a move ends the one tenure and begins the other, and shows which open duties pass', () => {
	const data = house()
	begin(data, open(data, '修缮屋顶', '2019-02-28'))
	const out = run('move', data, 'projects-head', 'zhao.xilu', '--leave', 'finance-head', '--how', 'transfer', '--from', '2019-02-01', '--as', personnel, ...at('01-30'))
	assert.match(out, /event \d+ {2}Finance Section, Chief {2}赵溪露 {2}2018-01-02 – 2019-02-01\n/)
	assert.match(out, /event \d+ {2}Projects Section, Chief {2}邓浦晴 {2}2018-01-02 – 2019-02-01\n/)
	assert.match(out, /event \d+ {2}Projects Section, Chief {2}赵溪露 {2}2019-02-01 – \n/)
	assert.match(out, /Projects Section, Chief: 邓浦晴 → 赵溪露 from 2019-02-01; open duties that pass: 2\n/)
	assert.match(out, /Finish by the due date {2}Projects Section \(赵溪露\) {2}2019-02-28/)
	assert.match(out, /Finance Section, Chief: 赵溪露 → nobody from 2019-02-01; open duties that pass: 0\n/)
	assert.equal(json('duties', data, '--as', 'zhao.xilu', ...at('02-01')).length, 2)
	assert.equal(json('duties', data, '--as', lead, ...at('02-01')).length, 0)
	const held = (day) => json('posts', data, '--unit', 'projects', '--on', day).find((post) => post.code === 'projects-head').person
	assert.deepEqual([held('2019-01-31'), held('2019-02-01')], [lead, 'zhao.xilu'])
})

test('a move under a key records each of its parts', () => {
	const data = house()
	run('move', data, 'projects-head', 'zhao.xilu', '--leave', 'finance-head', '--once', 'm1', '--from', '2019-02-01', '--as', personnel, ...at('01-30'))
	assert.deepEqual(json('posts', data, '--on', '2019-02-01').filter((post) => /^(projects|finance)-head$/.test(post.code)).map((post) => post.person), ['', 'zhao.xilu'])
})

test('a post that is vacant with open duties is said to be a defect', () => {
	const data = house()
	begin(data, open(data, '修缮屋顶', '2019-02-28'))
	const { code, err } = bihuan(['move', data, 'projects-head', lead, '--end', '--from', '2019-02-01', '--as', personnel, ...at('01-30')])
	assert.equal(code, 0)
	assert.match(err, /^bihuan: projects-head: the post is vacant with open duties \(2\): name a holder or somebody acting\n$/)
	assert.deepEqual(json('posts', data, '--vacant', '--on', '2019-02-01').map(({ code, duties }) => ({ code, duties })), [{ code: 'projects-head', duties: 2 }])
	run('move', data, 'projects-head', liaison, '--acting', '--from', '2019-02-01', '--as', personnel, ...at('01-31'))
	assert.deepEqual(json('posts', data, '--vacant', '--on', '2019-02-01'), [])
	assert.match(run('duties', data, '--as', liaison, ...at('02-01')), /Projects Section \(苏澜墨, acting\)/)
})

test('a move that contradicts the record is refused, and nothing of it is recorded', () => {
	const data = house()
	const tenures = () => run('posts', data, '--on', '2019-02-01')
	const before = tenures()
	for (const [args, code, pattern] of [
		[['projects-head', lead], 1, /邓浦晴 holds this post already/],
		[['projects-head', liaison, '--acting'], 1, /the post has a holder on that day/],
		[['projects-head', checker, '--end'], 1, /谭筠岚 doesn't hold this post on 2019-01-30/],
		[['projects-head', checker, '--leave', 'finance-head'], 1, /finance-head: 谭筠岚 doesn't hold this post/],
		[['projects-head', checker, '--from', '2019-02-30'], 2, /--from: 2019-02-30: /],
		[['projects-head', checker, '--from', '2018-01-02'], 2, /until: it would end before it begins/],
		[['project-head', checker], 1, /project-head: there is no such post; did you mean projects-head/],
		[['projects-head', 'tan.yunla'], 1, /did you mean tan\.yunlan/],
		[['projects-head', lead, '--end', '--acting'], 2, /--end: it only ends a tenure/],
	]) {
		const done = bihuan(['move', data, ...args, '--as', personnel, ...at('01-30')])
		assert.equal(done.code, code, done.err)
		assert.match(done.err, pattern)
	}
	assert.equal(tenures(), before)
})

test('people and units are found by a part of their names', () => {
	const data = house()
	assert.deepEqual(json('people', data, '--q', '邓').map((person) => ({ ...person })), [{ code: lead, name: '邓浦晴', posts: 'projects-head', titles: 'Projects Section, Chief' }])
	assert.deepEqual(json('units', data, '--q', 'projects').map((unit) => unit.head), ['邓浦晴'])
	assert.match(bihuan(['posts', data, '--on', '30.2.2019']).err, /--on: 30\.2\.2019: /)
})

// ---- definitions ----

test('a changed definition is shown line by line, and adopted only when that is said', () => {
	const data = house()
	const path = copied('longer', 'procedures/task.yaml', (text) => text.replace('within: 2 working days', 'within: 4 working days'))
	const shown = bihuan(['adopt', data, path, '--as', legal, ...at('01-05')])
	assert.equal(shown.code, 1)
	assert.match(shown.out, /^--- task \(in force\)\n\+\+\+ .*task\.yaml\n@@ -\d+,7 \+\d+,7 @@\n(?: .*\n){3}- {4}within: 2 working days\n\+ {4}within: 4 working days\n(?: .*\n){3}$/)
	assert.match(shown.err, /--yes: nothing was adopted/)
	const number = open(data, 'before', '2019-02-28')
	run('act', data, number, 'send', '--as', registry, ...at('01-07'))
	assert.match(run('adopt', data, path, '--yes', '--as', legal, ...at('01-08')), /\ntask {2}in force, event \d+\n$/)
	assert.equal(run('adopt', data, path, '--yes', '--as', legal, ...at('01-09')), 'nothing has changed\n')
	// What was opened before is still judged by the old one.
	const later = json('open', data, 'task', 'title=after', 'lead_unit=projects', 'leader=deputy-director-2', 'due=2019-02-28', '--as', registry, ...at('01-09')).number
	run('act', data, later, 'send', '--as', registry, ...at('01-09'))
	const due = (which) => json('show', data, which).duties.find((duty) => duty.name === 'Sign in time').due.slice(0, 10)
	assert.equal(due(number), '2019-01-10')
	assert.equal(due(later), '2019-01-16')
})

// What `patch` does with a unified difference.
function patched(before, difference) {
	const lines = before.split('\n').slice(0, -1), out = []
	let at = 0
	for (const hunk of difference.split(/^@@ /m).slice(1)) {
		const [head, ...body] = hunk.split('\n').slice(0, -1)
		const [, from, taken, to, put] = /^-(\d+),(\d+) \+(\d+),(\d+) @@$/.exec(head).map(Number)
		const begin = taken === 0 ? from : from - 1
		out.push(...lines.slice(at, begin))
		assert.equal(out.length, put === 0 ? to : to - 1)
		assert.deepEqual(body.filter((line) => line[0] !== '+').map((line) => line.slice(1)), lines.slice(begin, begin + taken))
		assert.equal(body.filter((line) => line[0] !== '-').length, put)
		out.push(...body.filter((line) => line[0] !== '-').map((line) => line.slice(1)))
		at = begin + taken
	}
	return [...out, ...lines.slice(at)].join('\n') + '\n'
}

test('the difference, applied to what is in force, gives the new text', () => {
	const data = house()
	const before = readFileSync(join(minimal, 'procedures/task.yaml'), 'utf8')
	let seed = 1
	const chance = (n) => (seed = (seed * 48271) % 2147483647) % n
	for (let round = 0; round < 12; round++) {
		// Lines of comment are put in anywhere, and whole lines of comment are taken out: it stays the same procedure.
		const lines = before.split('\n').slice(0, -1).filter((line) => !/^ *#/.test(line) || chance(2) === 0)
		for (let i = chance(9); i > 0; i--) lines.splice(chance(lines.length + 1), 0, ...Array(1 + chance(3)).fill(`# ${chance(3)}`))
		const after = lines.join('\n') + '\n'
		const { out } = bihuan(['adopt', data, file('changed.yaml', after), '--as', legal, ...at('01-05')])
		if (after !== before) assert.equal(patched(before, out.replace(/^---.*\n\+\+\+.*\n/, '')), after, `round ${round}`)
	}
})

test('an unsound definition is refused with every finding, whatever is said', () => {
	const data = house()
	const path = copied('unsafe', 'procedures/task.yaml', (text) => text.replace(/    not_by: .*\n/, ''))
	const done = bihuan(['adopt', data, join(path, 'procedures/task.yaml'), '--yes', '--as', legal, ...at('01-05')])
	assert.equal(done.code, 1)
	assert.match(done.out, /\n- {4}not_by: \[report, ask_close\]/)
	assert.match(done.err, /task\.yaml:\d+:\d+: S1: [^]*it isn't sound beside what is in force: 1 finding above; nothing was adopted\n$/)
	// Sound by itself, but what opens it no longer is.
	const less = copied('less', 'procedures/accountability.yaml', (text) => text.replaceAll('subject', 'blamed'))
	const beside = bihuan(['adopt', data, join(less, 'procedures/accountability.yaml'), '--yes', '--as', legal, ...at('01-05')])
	assert.equal(beside.code, 1)
	assert.match(beside.err, /task\.yaml:\d+:\d+: /)
	assert.equal(run('adopt', data, minimal, '--yes', '--as', legal, ...at('01-05')), 'nothing has changed\n')
})

test('several definitions that need each other are adopted together', () => {
	const data = house()
	const path = copied('together', 'procedures/task.yaml', (text) => text.replace('with: {title: title, subject: lead_unit,', 'with: {title: title, blamed: lead_unit,'))
	const accountability = join(path, 'procedures/accountability.yaml')
	writeFileSync(accountability, readFileSync(accountability, 'utf8').replaceAll('subject', 'blamed'))
	for (const name of readdirSync(join(path, 'procedures')))
		if (name !== 'task.yaml' && name !== 'accountability.yaml') writeFileSync(join(path, 'procedures', name), readFileSync(join(path, 'procedures', name), 'utf8').replaceAll('subject:', 'blamed:'))
	const out = run('adopt', data, path, '--yes', '--as', legal, ...at('01-05'))
	assert.match(out, /accountability {2}in force, event \d+\n/)
	assert.match(out, /task {2}in force, event \d+\n/)
	// One act: its events follow one another, and the audit tells of one time.
	const events = [...out.matchAll(/in force, event (\d+)/g)].map((match) => Number(match[1]))
	assert.deepEqual(events, events.map((_, i) => events[0] + i))
})

// ---- two at once ----

test('a folder that another process writes is refused, and reading goes on', async () => {
	const data = house()
	// A call that waits for its definition on standard input, with the folder open for writing.
	const holder = spawn(program, ['adopt', data, '-', '--as', legal, ...at('01-05')], { stdio: ['pipe', 'ignore', 'ignore'] })
	const ended = once(holder, 'exit')
	// Whoever has the lock writes its number into it.
	while (holder.exitCode === null && readFileSync(join(data, 'lock'), 'utf8').trim() !== String(holder.pid)) await new Promise(setImmediate)
	assert.equal(holder.exitCode, null)
	const done = bihuan(['note', data, '1', 'x', '--as', registry, ...at('01-06')])
	assert.equal(done.code, 3, done.err)
	assert.match(done.err, /^bihuan: note: /)
	assert.equal(bihuan(['list', data]).code, 0)
	holder.stdin.end('x')
	await ended
})

test('a folder that can\'t be written says so', { skip: process.getuid() === 0 && 'root may write everywhere' }, () => {
	const data = house()
	chmodSync(data, 0o500)
	assert.equal(bihuan(['note', data, '1', 'x', '--as', registry]).code, 3)
	chmodSync(data, 0o700)
})
