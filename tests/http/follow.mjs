// Following: who hears of what, until when, and by what they may see at the moment; never of their own act, nor through it of a compartment.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { bihuan, foreseeing, get, inside, launch, problem, root, run, signIn, smallest } from './lib.mjs'

const registry = 'li.zhufei', lead = 'deng.puqing', leader = 'huang.tongheng', checker = 'tan.yunlan', inquirer = 'lu.tinghe', second = 'rong.zhangye', station = 'zhou.zeyuan', outsider = 'zhao.xilu', personnel = 'guan.meishuang'
const names = [registry, lead, leader, checker, inquirer, second, station, outsider]
const at = (day, time = '09:00') => ['--now', `2019-${day}T${time}`]
const open = (data, procedure, as, day, ...fields) => JSON.parse(run('open', data, procedure, ...fields, '--as', as, '--json', ...at(day)))
const task = (data, title, day = '01-07') => open(data, 'task', registry, day, `title=${title}`, 'lead_unit=projects', 'leader=deputy-director-2', 'due=2019-02-28')
const follow = (data, id, who, day, time) => run('follow', data, String(id), '--as', who, ...at(day, time))
// What somebody is told of what they follow, at the shell: about what, of which matter.
const hears = (data, who, day) => JSON.parse(run('inbox', data, '--as', who, '--json', '--limit', '100', ...at(day))).filter((line) => ['moved', 'ended', 'begun', 'breached', 'decided'].includes(line.kind)).map((line) => [line.kind, line.number])

// ---- by time, at the shell ----

const data = smallest('follow', ...names)
const roof = task(data, '修缮屋顶')

test('who follows a matter hears of others’ acts that move it, and of no word', () => {
	follow(data, roof.matter, outsider, '01-07', '09:10')
	follow(data, roof.matter, lead, '01-07', '09:10')
	run('act', data, roof.number, 'send', '--as', registry, ...at('01-07', '10:00'))
	run('note', data, roof.number, '请抓紧', '--as', leader, ...at('01-07', '11:00'))
	run('act', data, roof.number, 'sign', '--as', lead, ...at('01-08'))
	assert.deepEqual(hears(data, outsider, '01-08'), [['moved', roof.number], ['moved', roof.number]])
	// The lead's own act isn't told; of the sending its post is told as of a new duty, and once is enough.
	assert.deepEqual(hears(data, lead, '01-08'), [])
	assert.equal(JSON.parse(run('inbox', data, '--as', lead, '--json', ...at('01-08'))).filter((line) => line.number === roof.number && line.kind === 'duty').length > 0, true)
})

test('nobody is told of their own act, nor of what was done in their name', () => {
	const desk = task(data, '窗口整治', '01-08')
	run('act', data, desk.number, 'send', '--as', registry, ...at('01-08', '10:00'))
	run('act', data, desk.number, 'sign', '--as', lead, ...at('01-08', '11:00'))
	run('delegate', data, checker, outsider, '--since', '2019-01-08', '--until', '2019-01-20', '--as', checker, ...at('01-08', '12:00'))
	for (const who of [checker, outsider, leader]) follow(data, desk.matter, who, '01-08', '13:00')
	const of = (who) => hears(data, who, '01-09').filter(([, number]) => number === desk.number)
	const ask = (n, ...as) => {
		run('request', data, desk.number, 'extend', 'until=2019-04-15', 'reason=雨季', '--as', lead, ...at('01-08', `1${3 + n}:10`))
		run('decide', data, desk.number, String(n), 'refuse', '--reason', '照原定期限', ...as, ...at('01-08', `1${3 + n}:20`))
	}
	ask(1, '--as', checker)
	assert.deepEqual([checker, outsider, leader].map((who) => of(who).length), [0, 1, 1])
	ask(2, '--as', outsider, '--on-behalf', checker)
	assert.deepEqual([checker, outsider, leader].map((who) => of(who).length), [0, 1, 2])
	run('unfollow', data, desk.number, '--as', outsider, ...at('01-08', '16:00'))
})

test('before they followed and behind their stopping they hear nothing; what they heard stays', () => {
	follow(data, roof.matter, station, '01-09')
	assert.deepEqual(hears(data, station, '01-09'), [])
	run('request', data, roof.number, 'extend', 'until=2019-03-15', 'reason=雨季', '--as', lead, ...at('01-10'))
	run('decide', data, roof.number, '1', 'refuse', '--reason', '照原定期限', '--as', checker, ...at('01-11'))
	assert.deepEqual(hears(data, station, '01-11'), [['decided', roof.number]])
	run('unfollow', data, roof.number, '--as', station, ...at('01-12'))
	run('tick', data, ...at('03-02'))
	assert.deepEqual(hears(data, station, '03-02'), [['decided', roof.number]])
	assert.ok(hears(data, outsider, '03-02').some(([kind]) => kind === 'breached'))
})

test('what a compartment brings is told to nobody through what it arose from', () => {
	const [secret] = JSON.parse(run('list', data, '--procedure', 'accountability', '--json', ...at('03-02')))
	for (const who of [outsider, leader, lead]) assert.ok(!run('inbox', data, '--as', who, '--json', ...at('03-02')).includes(secret.number), who)
})

test('who sees a matter no more hears no more of it', () => {
	const finding = open(data, 'finding', checker, '03-04', 'title=排队过长', 'unit=station', 'due=2019-05-31')
	follow(data, finding.matter, station, '03-04', '10:00')
	run('act', data, finding.number, 'feed_back', '--evidence', join(root, 'README.md'), '--as', checker, ...at('03-05'))
	assert.ok(hears(data, station, '03-05').some(([, number]) => number === finding.number))
	run('move', data, 'legal-liaison', station, '--leave', 'station-liaison', '--from', '2019-03-06', '--as', personnel, ...at('03-06'))
	run('act', data, finding.number, 'claim', 'measures=增设窗口', '--as', 'pan.xiuliao', ...at('03-07'))
	assert.ok(!hears(data, station, '03-07').some(([, number]) => number === finding.number))
	assert.deepEqual(hears(data, station, '03-07'), [['decided', roof.number]])
})

test('inside a compartment following ends with the right to be there', () => {
	const secret = open(data, 'accountability', inquirer, '03-08', 'title=某事', 'subject=station', 'ground=overdue')
	follow(data, secret.matter, second, '03-08', '10:00')
	assert.throws(() => follow(data, secret.matter, outsider, '03-08', '10:00'), /followed by those who may see it/)
	run('act', data, secret.number, 'dismiss', 'reason=查无实据', '--as', inquirer, ...at('03-08', '11:00'))
	assert.deepEqual(hears(data, second, '03-09'), [])
})

test('how what arose from it began and ended is told to those who see both', () => {
	const data = inside('arisen')
	run('init', data, '--institution', join(root, 'institutions/minimal'), ...['--now', '2018-12-31T08:00'])
	const pipe = task(data, '铺设管道')
	run('act', data, pipe.number, 'send', '--as', registry, ...at('01-07', '10:00'))
	run('act', data, pipe.number, 'sign', '--as', lead, ...at('01-08'))
	for (const who of [leader, outsider]) follow(data, pipe.matter, who, '01-09')
	run('tick', data, ...at('03-02'))
	const [account] = JSON.parse(run('list', data, '--procedure', 'accountability', '--json', ...at('03-02')))
	run('act', data, account.number, 'dismiss', 'reason=因雨停工', '--as', inquirer, ...at('03-04'))
	const of = (who) => hears(data, who, '03-04').filter(([, number]) => number === account.number).map(([kind]) => kind)
	assert.deepEqual(of(leader), ['ended', 'begun'])
	assert.deepEqual(of(outsider), [])
})

// ---- over HTTP ----

let server, document, people, read, done, send
after(() => server?.stop())
test('a server is begun where the shell left off', async () => {
	server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', ...at('03-11')])
	assert.ok(server.address, server.err)
	document = (await get(server, '/api/v1/openapi.json')).json
	people = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await signIn(server, name)])))
	;({ read, done, send } = foreseeing(document, people))
})
const begin = (name, id) => send(name, 'POST', `/matters/${id}/followers`), stop = (name, id) => send(name, 'DELETE', `/matters/${id}/followers/me`)
const may = async (name, id) => (({ follow, unfollow }) => [follow, unfollow])((await read(name, `/matters/${id}`)).json.may)
const followed = async (name, query = '') => (await read(name, `/matters?followed=true${query}`)).json

test('one follows, is shown as following, and stops', async () => {
	assert.deepEqual(await may(checker, roof.matter), [true, false])
	assert.equal((await begin(checker, roof.matter)).status, 200)
	assert.deepEqual(await may(checker, roof.matter), [false, true])
	problem(await begin(checker, roof.matter), 409, 'follow')
	assert.equal((await stop(checker, roof.matter)).status, 200)
	assert.deepEqual(await may(checker, roof.matter), [true, false])
	problem(await stop(checker, roof.matter), 409, 'follow')
	problem(await stop(checker, 999999), 404)
})

test('a list is of what one follows oneself, sorted and filtered like every list', async () => {
	const made = await done(registry, '/matters', { procedure: 'task', fields: { title: '窗口整治', lead_unit: 'projects', leader: 'deputy-director-2', due: '2019-06-28' } })
	await begin(outsider, made.matter)
	assert.deepEqual((await followed(outsider)).matters.map((one) => one.id), [made.matter, roof.matter])
	assert.deepEqual((await followed(outsider, '&sort=number&count=true&limit=1')).matters.map((one) => one.id), [roof.matter])
	assert.equal((await followed(outsider, '&sort=number&count=true&limit=1')).total, 2)
	assert.deepEqual((await followed(outsider, `&q=${encodeURIComponent('窗口')}`)).matters.map((one) => one.id), [made.matter])
	assert.deepEqual((await followed(outsider, '&unit=station')).matters, [])
	assert.deepEqual((await followed(registry)).matters, [])
	// One that they don't see any more isn't there.
	assert.deepEqual((await followed(station)).matters, [])
	const table = await people[outsider].get('/api/v1/exports/matters?format=csv&followed=true')
	assert.equal(table.status, 200, table.body)
	assert.match(table.body, /窗口整治/)
})

test('the inbox says that it is of what one follows, and goes on page by page', async () => {
	const all = (await read(outsider, '/inbox?limit=100')).json.notices
	const mine = all.filter((line) => line.followed)
	assert.ok(mine.length > 3)
	for (const line of mine) {
		assert.equal(line.post, undefined)
		assert.match(line.kind_label, /^followed: /)
	}
	const found = []
	let cursor = ''
	do {
		const page = (await read(outsider, `/inbox?limit=2${cursor && '&cursor=' + cursor}`)).json
		found.push(...page.notices)
		cursor = page.cursor
	} while (cursor)
	assert.deepEqual(found, all)
})
