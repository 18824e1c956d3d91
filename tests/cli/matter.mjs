// The main job from a shell, in the smallest institution: a task from its opening to its end, and everything that
// must be refused on the way. Time is told with --now.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { bihuan, file, inside, root, run } from './run.mjs'

// Who is who: registry, its liaison; supervision; the lead unit's head and liaison; the leader in charge.
const registry = 'li.zhufei', checker = 'tan.yunlan', checker2 = 'feng.huaishi', lead = 'deng.puqing', liaison = 'su.lanmo'
const leader = 'huang.tongheng', stranger = 'zhao.xilu'
const photo = file('photo.jpg', 'a photograph')

let houses = 0
// A fresh installation, founded on the last day of 2018.
function house() {
	const data = inside(`house${++houses}`)
	run('init', data, '--institution', join(root, 'institutions/minimal'), '--now', '2018-12-31T08:00')
	return data
}
const fields = ['title=修缮屋顶', 'lead_unit=projects', 'leader=deputy-director-2', 'due=2019-02-28']
const at = (day, time = '09:00') => ['--now', `2019-${day}T${time}`]

// A task that is in hand since 8 January.
function working() {
	const data = house()
	run('open', data, 'task', ...fields, '--as', registry, ...at('01-07'))
	run('act', data, '督〔2019〕1号', 'send', '--as', registry, ...at('01-07'))
	run('act', data, '1', 'sign', '--as', liaison, ...at('01-08'))
	return data
}
const show = (data, ...more) => JSON.parse(run('show', data, '1', '--json', ...more))

// What a refused call says; the matter must be what it was.
function refused(data, args, code, pattern) {
	const before = existsSync(data) ? run('show', data, '1', '--json') : ''
	const done = bihuan(args)
	assert.equal(done.code, code, `${args.join(' ')}\n${done.out}${done.err}`)
	assert.match(done.err, pattern)
	assert.equal(done.out, '')
	if (before !== '') assert.deepEqual(JSON.parse(before).history, show(data).history)
}

test('a task goes from its opening to its end, and the record says who did what through which post', () => {
	const data = house()
	const opened = JSON.parse(run('open', data, 'task', ...fields, '--as', registry, '--json', ...at('01-07')))
	assert.deepEqual([opened.matter, opened.number, opened.state, opened.version], [1, '督〔2019〕1号', 'draft', 1])
	run('act', data, '督〔2019〕1号', 'send', '--as', registry, ...at('01-07'))
	run('act', data, '督〔2019〕1号', 'sign', '--as', liaison, ...at('01-08'))
	run('act', data, '1', 'report', 'progress=60', 'note=已完成主体', '--as', lead, ...at('01-21'))
	run('act', data, '1', 'ask_close', '--evidence', photo, '--as', lead, ...at('02-20'))
	run('act', data, '1', 'send_back', 'reason=照片不清', '--as', checker, ...at('02-21'))
	run('act', data, '1', 'ask_close', '--evidence', photo, '--as', lead, ...at('02-22'))
	const end = run('act', data, '1', 'close', '--as', checker, ...at('02-25'))
	assert.match(end, /^督〔2019〕1号 {2}Closed {2}event \d+\n$/)
	const said = show(data, ...at('02-26'))
	assert.equal(said.state, 'closed')
	assert.equal(said.lamp, 'blue')
	assert.equal(said.progress, 60)
	assert.ok(said.duties.every((duty) => duty.state === 'done' || duty.state === 'dropped'))
	assert.deepEqual(said.history.map((event) => event.kind), ['matter.open', ...Array(7).fill('matter.act')])
	assert.equal(said.history[2].actor, '苏澜墨 (Projects Section, Liaison Officer)')
	assert.ok(said.history.every((event, i) => i === 0 || event.event > said.history[i - 1].event))
})

test('what is owed next is told with every deed, in both languages', () => {
	const data = house()
	const zh = run('open', data, 'task', ...fields, '--as', registry, '--lang', 'zh', ...at('01-07'))
	assert.match(zh, /^督〔2019〕1号 {2}待交办 {2}事件 \d+\n {2}责任 1 {2}办公室 \(李渚霏\): 及时交办, 期限 2019-01-10\n$/)
	const en = run('act', data, '1', 'send', '--as', registry, ...at('01-07'))
	assert.match(en, / {2}duty 2 {2}Projects Section \(邓浦晴\): Sign in time, by 2019-01-09\n/)
})

test('fields may be given by the labels that people see', () => {
	const data = house()
	run('open', data, 'task', '任务=修路', '承办单位=projects', 'Leader=deputy-director-2', '完成期限=2019-02-28', '--as', registry, ...at('01-07'))
	assert.equal(show(data).fields.title, '修路')
})

test('evidence is kept under its hash, once, and its hash is in the record', () => {
	const data = working()
	run('act', data, '1', 'report', 'progress=10', 'note=开工', '--evidence', photo, '--as', lead, ...at('01-21'))
	const hash = createHash('sha256').update('a photograph').digest('hex')
	assert.equal(readFileSync(join(data, 'evidence', hash), 'utf8'), 'a photograph')
	const { evidence } = show(data)
	assert.deepEqual(evidence.map(({ hash, name, size }) => ({ hash, name, size })), [{ hash, name: 'photo.jpg', size: 12 }])
	// The same file in another matter is what a verifier should know.
	run('open', data, 'task', ...fields, '--as', registry, ...at('01-21'))
	run('act', data, '2', 'send', '--as', registry, ...at('01-21'))
	run('act', data, '2', 'sign', '--as', lead, ...at('01-21'))
	run('act', data, '2', 'report', 'progress=10', 'note=开工', '--evidence', photo, '--as', lead, ...at('01-22'))
	assert.match(run('show', data, '2', ...at('01-22')), /photo\.jpg .* the same file stands in 督〔2019〕1号\n/)
	// What is refused leaves no file behind.
	refused(data, ['act', data, '1', 'close', '--evidence', file('secret.txt', 'x'), '--as', checker, ...at('01-23')], 1, /from/)
	assert.deepEqual(readdirSync(join(data, 'evidence')), [hash])
	refused(data, ['act', data, '1', 'ask_close', '--as', lead, ...at('02-20')], 1, /evidence/)
	refused(data, ['act', data, '1', 'ask_close', '--evidence', inside('none.jpg'), '--as', lead, ...at('02-20')], 1, /none\.jpg: it can't be opened/)
})

test('somebody whose post has no such power is refused, and told whose it is', () => {
	const data = working()
	refused(data, ['act', data, '1', 'report', 'progress=10', 'note=x', '--as', stranger, ...at('01-21')], 1,
		/^bihuan: act: by: this belongs to the role lead \(工程科\)/)
})

test('an action that the present state doesn\'t allow is refused', () => {
	const data = working()
	refused(data, ['act', data, '1', 'sign', '--as', lead, ...at('01-21')], 1, /^bihuan: act: from: /)
	refused(data, ['act', data, '1', 'close', '--as', checker, ...at('01-21')], 1, /^bihuan: act: from: /)
})

test('a person on both sides of a separation is refused, also when standing in for somebody', () => {
	const data = working()
	// The head of supervision becomes head of projects too: what they reported they may not verify.
	run('move', data, 'projects-head', lead, '--end', '--from', '2019-02-01', '--as', 'guan.meishuang', ...at('01-30'))
	run('move', data, 'projects-head', checker, '--acting', '--from', '2019-02-01', '--as', 'guan.meishuang', ...at('01-30'))
	run('act', data, '1', 'ask_close', '--evidence', photo, '--as', checker, ...at('02-20'))
	refused(data, ['act', data, '1', 'close', '--as', checker, ...at('02-21')], 1, /not_by: whoever did ask_close in this matter may not do close/)
	run('delegate', data, checker2, checker, '--until', '2019-03-01', '--as', checker2, ...at('02-21'))
	refused(data, ['act', data, '1', 'close', '--as', checker, '--on-behalf', checker2, ...at('02-21')], 1, /not_by/)
	run('act', data, '1', 'close', '--as', checker2, ...at('02-22'))
})

test('who stands in for another needs a delegation that holds on that day', () => {
	const data = working()
	const report = ['act', data, '1', 'report', 'progress=10', 'note=x', '--as', stranger, '--on-behalf', lead]
	refused(data, [...report, ...at('01-21')], 1, /on_behalf: no delegation from that person to you holds today/)
	run('delegate', data, lead, stranger, '--since', '2019-01-22', '--until', '2019-01-24', '--as', lead, ...at('01-21'))
	refused(data, [...report, ...at('01-21')], 1, /on_behalf/)
	run(...report, ...at('01-23'))
	assert.equal(show(data).history.at(-1).actor, '赵溪露 for 邓浦晴 (Projects Section, Chief)')
	refused(data, [...report, ...at('01-24')], 1, /on_behalf/)
	refused(data, ['delegate', data, lead, stranger, '--as', lead, ...at('01-24')], 2, /--until: a delegation ends/)
	refused(data, ['delegate', data, lead, lead, '--until', '2019-02-01', '--as', lead, ...at('01-24')], 1, /nobody stands in for themselves/)
})

test('a matter that changed since it was looked at is refused as stale', () => {
	const data = working()
	const { version } = show(data)
	run('note', data, '1', '已现场查看', '--as', lead, ...at('01-09'))
	refused(data, ['act', data, '1', 'report', 'progress=10', 'note=x', '--seen', version, '--as', lead, ...at('01-10')], 1,
		/version: the matter has changed since you looked at it: look again/)
	run('act', data, '1', 'report', 'progress=10', 'note=x', '--seen', version + 1, '--as', lead, ...at('01-10'))
})

test('the same key does the same deed once, and nothing else', () => {
	const data = working()
	const report = ['act', data, '1', 'report', 'progress=10', 'note=x', '--once', 'k1', '--as', lead, '--json']
	const first = JSON.parse(run(...report, ...at('01-10')))
	const again = JSON.parse(run(...report, ...at('01-11')))
	assert.equal(first.again, false)
	assert.equal(again.again, true)
	assert.equal(again.event, first.event)
	refused(data, ['act', data, '1', 'report', 'progress=20', 'note=x', '--once', 'k1', '--as', lead, ...at('01-11')], 1, /this key was used for another request/)
})

test('a field that there isn\'t, a value that fits none, and one that is missing are each named', () => {
	const data = working()
	const open = (...more) => ['open', data, 'task', ...more, '--as', registry, ...at('01-21')]
	const rest = (without) => fields.filter((field) => !field.startsWith(without))
	for (const [args, pattern] of [
		[[...fields, 'lead_uint=projects'], /lead_uint: there is no such field here; did you mean lead_unit: it takes title, lead_unit/],
		[[...rest('due'), 'due=2019-02-30'], /due: .*2019-02-30/],
		[[...rest('due'), 'due=soon'], /due: /],
		[[...rest('lead_unit'), 'lead_unit=project'], /lead_unit: .*project/],
		[[...rest('leader'), 'leader=deputy-director-9'], /leader: /],
		[rest('title'), /title: /],
		[[...fields, 'title=again'], /title: it is given twice/],
		[[...fields, 'nonsense'], /nonsense: write it as field=value/],
		[[...fields, '=x'], /there is no such field here/],
	]) refused(data, open(...args), 2, pattern)
	refused(data, ['act', data, '1', 'report', 'progress=140', 'note=x', '--as', lead, ...at('01-21')], 2, /progress/)
	refused(data, ['act', data, '1', 'sign', 'reason=x', '--as', lead, ...at('01-21')], 2, /reason: there is no such field here: it takes none/)
})

test('what isn\'t there is said, with the nearest that is', () => {
	const data = working()
	refused(data, ['act', data, '督〔2019〕9号', 'sign', '--as', lead, ...at('01-21')], 1, /督〔2019〕9号: there is no such matter: give its number or id/)
	refused(data, ['act', data, '99', 'sign', '--as', lead, ...at('01-21')], 1, /99: there is no such matter/)
	refused(data, ['act', data, '1', 'reprot', '--as', lead, ...at('01-21')], 1, /reprot: there is no such action; did you mean report/)
	refused(data, ['open', data, 'tusk', '--as', registry, ...at('01-21')], 1, /tusk: there is no such procedure in force; did you mean task/)
	refused(data, ['act', data, '1', 'sign', '--as', 'deng.puqin', ...at('01-21')], 1, /deng\.puqin: there is no such person; did you mean deng\.puqing/)
	refused(data, ['request', data, '1', 'extent', '--as', lead, ...at('01-21')], 1, /extent: there is no such request; did you mean extend/)
	refused(data, ['instruct', data, '1', '快', '--to', 'led', '--as', leader, ...at('01-21')], 1, /led: there is no such role; did you mean lead/)
	const nowhere = bihuan(['list', inside('nowhere')])
	assert.notEqual(nowhere.code, 0)
	assert.match(nowhere.err, /nowhere/)
})

test('who acts must be said, and nothing is opened before that', () => {
	const data = working()
	for (const args of [['act', data, '1', 'sign'], ['open', data, 'task', ...fields], ['note', data, '1', 'x'], ['move', data, 'projects-head', lead],
		['delegate', data, lead, stranger], ['inbox', data], ['duties', data], ['adopt', data, join(root, 'institutions/minimal')]])
		refused(data, [...args, ...at('01-21')], 2, new RegExp(`^bihuan: ${args[0]}: --as: say who acts`))
})

test('time is a date or a time, and never before the newest event', () => {
	const data = working()
	refused(data, ['note', data, '1', 'x', '--as', lead, '--now', '2019-01-07'], 1,
		/--now: the record already goes to 2019-01-08 09:00, and it never runs back: give a later time/)
	refused(data, ['list', data, '--now', '2018-01-01'], 1, /it never runs back/)
	for (const now of ['2019-02-30', 'tomorrow', '2019-01-21T25:00', '2019-1-9'])
		refused(data, ['note', data, '1', 'x', '--as', lead, '--now', now], 2, /--now: '.*' is no time/)
	run('note', data, '1', 'a', '--as', lead, '--now', '2019-01-09')
	run('note', data, '1', 'b', '--as', lead, '--now', '2019-01-09 08:00')
	run('note', data, '1', 'c', '--as', lead, '--now', '2019-01-09T01:00:00Z')
	assert.deepEqual(show(data).history.slice(-3).map((event) => event.time),
		['2019-01-09T00:00:00+08:00', '2019-01-09T08:00:00+08:00', '2019-01-09T09:00:00+08:00'])
})

test('an extension is asked for, answered with a reason, and moves the day', () => {
	const data = working()
	const ask = ['request', data, '1', 'extend', 'reason=汛期', 'until=2019-03-31', '--as', lead]
	run(...ask, ...at('01-21'))
	refused(data, [...ask, ...at('01-21')], 1, /waits for its decision/)
	refused(data, ['decide', data, '1', '1', 'grant', '--as', lead, ...at('01-22')], 1, /^bihuan: decide: /)
	refused(data, ['decide', data, '1', '1', 'perhaps', '--as', checker, ...at('01-22')], 2, /perhaps: say grant or refuse/)
	refused(data, ['decide', data, '1', '7', 'grant', '--as', checker, ...at('01-22')], 1, /no request 7 waits for a decision here/)
	refused(data, ['decide', data, '1', 'one', 'grant', '--as', checker, ...at('01-22')], 2, /one: a number from 1 was expected/)
	refused(data, ['decide', data, '1', '1', 'refuse', '--as', checker, ...at('01-22')], 2, /reason|text/)
	run('decide', data, '1', '1', 'refuse', '--reason', '抓紧办理', '--as', checker, ...at('01-22'))
	run(...ask, ...at('01-23'))
	run('decide', data, '1', '2', 'grant', '--as', checker, ...at('01-24'))
	const said = show(data)
	assert.deepEqual(said.requests.map((request) => request.state), ['refused', 'granted'])
	const finish = said.duties.find((duty) => duty.name === 'Finish by the due date')
	assert.equal(finish.due, '2019-04-01T00:00:00+08:00')
	assert.equal(finish.extended, true)
})

test('urging is recorded, and an instruction is a duty to answer', () => {
	const data = working()
	run('urge', data, '1', '请加快', '--as', leader, ...at('01-15'))
	run('instruct', data, '1', '一周内报方案', '--to', 'lead', '--as', leader, ...at('01-16'))
	const owed = show(data).duties.find((duty) => duty.kind === 'answer')
	assert.equal(owed.name, 'answer the instruction')
	assert.equal(owed.unit, 'projects')
	refused(data, ['answer', data, '1', owed.id, '收到', '--as', stranger, ...at('01-17')], 1, /this answer is owed by somebody else's post/)
	refused(data, ['urge', data, '1', ' ', '--as', leader, ...at('01-17')], 2, /text: say something/)
	run('answer', data, '1', owed.id, '方案已报', '--as', lead, ...at('01-17'))
	assert.equal(show(data).duties.find((duty) => duty.id === owed.id).state, 'done')
})

test('matters are linked and followed', () => {
	const data = working()
	run('open', data, 'task', ...fields, '--as', registry, ...at('01-21'))
	run('link', data, '1', 'arises_from', '督〔2019〕2号', '--as', lead, ...at('01-21'))
	refused(data, ['link', data, '1', 'arises_from', '督〔2019〕3号', '--as', lead, ...at('01-21')], 1, /there is no such matter/)
	refused(data, ['link', data, '1', 'arises_from', '1', '--as', lead, ...at('01-21')], 1, /no such other matter/)
	refused(data, ['link', data, '1', 'see_also', '督〔2019〕2号', '--as', lead, ...at('01-21')], 2, /relation: this institution has no relation 'see_also' between matters: say one of arises_from/)
	run('follow', data, '1', '--as', leader, ...at('01-21'))
	assert.deepEqual(show(data).links, [{ id: 2, relation: 'arises_from', relation_label: 'Arises from', number: '督〔2019〕2号', title: '修缮屋顶', forth: true }])
	assert.equal(JSON.parse(run('show', data, '2', '--json')).links[0].forth, false)
})

test('time that passes is made true before anybody acts: a late deed can\'t overtake its breach', () => {
	const data = working()
	run('act', data, '1', 'report', 'progress=10', 'note=x', '--as', lead, ...at('03-20'))
	const said = show(data)
	const breaches = said.history.filter((event) => event.kind === 'duty.breach')
	assert.ok(breaches.length >= 2)
	assert.ok(breaches.every((event) => event.by_clock && event.actor === 'by the clock'))
	assert.equal(said.late, true)
	assert.equal(JSON.parse(run('list', data, '--procedure', 'accountability', '--json')).length, 1)
	assert.ok(said.history.findLastIndex((event) => event.kind === 'duty.breach') < said.history.findIndex((event) => event.headline === 'Report'))
})
