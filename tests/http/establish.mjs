// What changes the institution itself over HTTP: units, posts, people, functions, moves, delegations, the calendar, procedures; each by
// whoever may, and by nobody else.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ask, bihuan, foreseen, get, launch, problem, root, signIn, smallest } from './lib.mjs'

const office = 'li.zhufei', personnel = 'guan.meishuang', legal = 'zhong.lingxue', lead = 'deng.puqing', liaison = 'su.lanmo', checker = 'tan.yunlan'
const names = [office, personnel, legal, lead, liaison, checker]
const data = smallest('data', ...names)
const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', '--now', '2019-01-09T09:00'])
after(() => server.stop())
const document = (await get(server, '/api/v1/openapi.json')).json
const people = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await signIn(server, name)])))
async function write(name, path, json, headers = {}, method = 'POST') {
	const body = JSON.stringify(json)
	const reply = await ask(server, method, '/api/v1' + path, { body, headers: { ...people[name].headers, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), ...headers } })
	foreseen(document, '/api/v1' + path.replace(/^\/(unit|post)s\/[^/]+\/end$/, '/$1s/{$1}/end'), method, reply)
	return reply
}
const done = async (...args) => {
	const reply = await write(...args)
	assert.equal(reply.status, 200, reply.body)
	return reply.json
}
const refused = async (status, place, ...args) => problem(await write(...args), status, place)
const rows = async (path) => (await people[office].get('/api/v1' + path)).json
const row = async (kind, code) => (await rows('/' + kind)).find?.((one) => one.code === code) ?? (await rows('/' + kind))[kind].find((one) => one.code === code)

test('a unit, its posts and a person are set by whose function it is, and changed where something is said', async () => {
	await refused(403, 'person', lead, '/units', { code: 'archive', name: '档案室' })
	await done(office, '/units', { code: 'archive', name: '档案室', kind: '内设机构', parent: 'leadership' })
	await done(office, '/units', { code: 'archive', name_en: 'Archive' })
	assert.equal((await row('units', 'archive')).parent, 'leadership')
	await refused(400, 'name', office, '/units', { code: 'empty' })
	await refused(400, 'parent', office, '/units', { code: 'archive', parent: 'nowhere' })
	const said = await refused(400, undefined, office, '/posts', { code: 'archive-head', rank: '股级' })
	assert.deepEqual(said.faults.map((fault) => fault.place), ['title', 'unit', 'kind'])
	await done(office, '/posts', { code: 'archive-head', unit: 'archive', title: '档案室主任', kind: 'head' })
	await refused(403, 'person', office, '/people', { code: 'new.person', name: '新人' })
	await done(personnel, '/people', { code: 'new.person', name: '新人', gender: 'f', born: '1990-05-05' })
	await refused(400, 'born', personnel, '/people', { code: 'new.person', born: '1990-13-05' })
	await done(office, '/functions', { name: 'archive', unit: 'archive' })
	await refused(403, 'person', personnel, '/functions', { name: 'archive', unit: 'office' })
})

test('a move is one act, done once under its key', async () => {
	await refused(403, 'person', lead, '/tenures', { post: 'archive-head', person: 'new.person' })
	const key = { 'Idempotency-Key': 'm1' }
	const moved = await done(personnel, '/tenures', { post: 'archive-head', person: liaison, leave: 'projects-liaison', from: '2019-02-01', how: 'transfer' }, key)
	assert.equal(moved.count, 2)
	await refused(409, 'person', personnel, '/tenures', { post: 'archive-head', person: liaison, from: '2019-02-02' })
	await refused(409, 'leave', personnel, '/tenures', { post: 'archive-head', person: checker, leave: 'finance-head', from: '2019-02-02' })
	await refused(409, 'post', personnel, '/tenures', { post: 'archive-head', person: checker, kind: 'acting', from: '2019-02-02' })
	await refused(400, 'ends', personnel, '/tenures', { post: 'archive-head', person: liaison, ends: true, kind: 'acting' })
	assert.equal((await done(personnel, '/tenures', { post: 'archive-head', person: liaison, ends: true, from: '2019-03-01' })).count, 1)
	// Nobody records what is about themselves.
	await refused(403, 'person', personnel, '/tenures', { post: 'archive-head', person: personnel, from: '2019-04-01' })
})

test('one delegates one\'s own powers, and nobody those of another', async () => {
	await done(lead, '/delegations', { to: checker, until: '2019-06-01' })
	await refused(403, 'person', lead, '/delegations', { from: office, to: lead, until: '2019-06-01' })
	await refused(400, 'until', lead, '/delegations', { to: checker })
	await refused(400, 'to', lead, '/delegations', { to: 'nobody.such', until: '2019-06-01' })
})

test('the calendar and the procedures are put in force by the office of rules', async () => {
	const days = [{ day: '2019-03-09', works: true }, { day: '2019-03-11', works: false }]
	await refused(403, 'person', office, '/calendar', { days }, {}, 'PUT')
	await done(legal, '/calendar', { days }, {}, 'PUT')
	await refused(409, 'days', legal, '/calendar', { days }, {}, 'PUT')
	await refused(400, 'days[0].day', legal, '/calendar', { days: [{ day: 'x', works: true }] }, {}, 'PUT')
	const shipped = (name) => readFileSync(join(root, 'institutions/minimal/procedures', name), 'utf8')
	const text = shipped('finding.yaml')
	const one = (changed) => ({ definitions: [{ file: 'finding.yaml', text: changed }] })
	await refused(403, 'person', office, '/procedures', one(text + '# again\n'))
	await done(legal, '/procedures', one(text + '# again\n'))
	assert.match((await people[office].get('/api/v1/procedures/finding/text')).body, /# again\n$/)
	const unsound = await write(legal, '/procedures', one(text.replace(/^duties:[^]*?(?=^\w+:|$(?![^]))/m, '')))
	assert.ok(unsound.status === 422 || unsound.status === 400, unsound.body)
	assert.match(unsound.json.detail, /\w/)
	// Those that need each other go together, and none of them alone: all are in force, or none is.
	const blamed = [{ file: 'accountability.yaml', text: shipped('accountability.yaml').replaceAll('subject', 'blamed') },
		...['task.yaml', 'finding.yaml', 'decision.yaml'].map((file) => ({ file, text: shipped(file).replaceAll('subject:', 'blamed:') }))]
	const text_of = async (name) => (await people[office].get(`/api/v1/procedures/${name}/text`)).body
	const was = await text_of('accountability')
	assert.equal((await write(legal, '/procedures', { definitions: blamed.slice(0, 1) })).status >= 400, true)
	assert.equal((await write(legal, '/procedures', { definitions: [{ file: 'finding.yaml', text: text + '# other\n' }, blamed[0]] })).status >= 400, true)
	assert.doesNotMatch(await text_of('finding'), /# other/)
	await refused(400, 'definitions', legal, '/procedures', { definitions: [{ file: 'a.yaml', text: text + '# a\n' }, { file: 'b.yaml', text: text + '# b\n' }] })
	await refused(400, 'definitions', legal, '/procedures', { definitions: [] })
	assert.equal(await text_of('accountability'), was)
	const receipt = await done(legal, '/procedures', { definitions: blamed })
	assert.equal(receipt.count, blamed.length, JSON.stringify(receipt))
	assert.match(await text_of('accountability'), /blamed/)
	assert.match(await text_of('task'), /blamed: lead_unit/)
})

test('a unit and a post come to their end when nothing rests on them, and are there on the days before', async () => {
	await done(office, '/units', { code: 'registry', name: '登记处', kind: '内设机构', parent: 'leadership' })
	await done(office, '/units', { code: 'desk', name: '窗口组', kind: '内设机构', parent: 'registry' })
	await done(office, '/posts', { code: 'registry-head', unit: 'registry', title: '登记处主任', kind: 'head' })
	await done(office, '/posts', { code: 'registry-clerk', unit: 'registry', title: '登记处科员', kind: 'member' })
	await done(personnel, '/tenures', { post: 'registry-clerk', person: 'new.person', from: '2019-01-02' })
	await refused(403, 'person', lead, '/units/registry/end', {})
	await refused(400, 'unit', office, '/units/nowhere/end', {})
	const said = async (...args) => (await refused(409, 'until', ...args)).detail
	assert.match(await said(office, '/units/registry/end', {}), /below it: 1 \(窗口组 first\)/)
	await done(office, '/units/desk/end', { from: '2019-01-08' })
	await refused(409, 'unit', office, '/units/desk/end', {})
	assert.match(await said(office, '/units/registry/end', {}), /beyond that day: 1 \(新人 first\)/)
	assert.match(await said(office, '/posts/registry-clerk/end', {}), /beyond that day: 1/)
	assert.match(await said(office, '/posts/registry-head/end', {}), /nobody who answers for it/)
	await done(personnel, '/tenures', { post: 'registry-clerk', person: 'new.person', ends: true, from: '2019-01-09' })
	await refused(400, 'until', office, '/units/registry/end', { from: '2019-01-10' })
	assert.equal((await done(office, '/units/registry/end', {})).count, 3)
	const codes = async (path) => { const page = await rows(path); return (page.units ?? page.posts).map(({ code }) => code) }
	assert.ok(!(await codes('/units?q=registry')).includes('registry'))
	assert.deepEqual(await codes('/units?q=registry&as_of=2019-01-08'), ['registry'])
	assert.deepEqual(await codes('/posts?unit=registry'), [])
	assert.deepEqual(await codes('/posts?unit=registry&ended=true'), ['registry-head', 'registry-clerk'])
	const [ended] = (await rows('/units?q=registry&ended=true')).units
	assert.equal(ended.until, '2019-01-09')
	await refused(409, 'post', personnel, '/tenures', { post: 'registry-clerk', person: checker, from: '2019-01-10' })
	await refused(409, 'unit', office, '/posts', { code: 'registry-new', unit: 'registry', title: '科员', kind: 'member' })
	// What carries a function, or holds what is open, stays.
	assert.match(await said(office, '/units/archive/end', {}), /beyond that day: 1/)
	await done(office, '/units', { code: 'annex', name: '附属室', parent: 'leadership' })
	await done(office, '/functions', { name: 'annexes', unit: 'annex' })
	assert.match(await said(office, '/units/annex/end', {}), /rest there: 1 \(annexes first\)/)
	assert.match((await rows('/search?q=registry')).units[0].name, /\((abolished|已撤销)\)$/)
})

test('a unit is given another name from a day on, and keeps the one that it had', async () => {
	await done(office, '/units', { code: 'archive', name: '档案馆', since: '2019-01-05' })
	const named = async (day) => (await rows(`/units?q=archive&as_of=${day}`)).units[0].name
	assert.equal(await named('2019-01-04'), 'Archive')
	await done(office, '/units', { code: 'archive', name: '档案中心', name_en: 'Record office', since: '2019-01-08' })
	assert.deepEqual([await named('2019-01-07'), await named('2019-01-08')], ['Archive', 'Record office'])
	await refused(400, 'since', office, '/units', { code: 'archive', name: '档案局', since: '2019-01-10' })
	await refused(409, 'since', office, '/units', { code: 'archive', name: '档案局', since: '2019-01-07' })
})

test('each of them demands a proof that is fresh, and so a session', async () => {
	for (const path of ['units', 'posts', 'people', 'functions', 'tenures', 'delegations', 'procedures'])
		assert.equal(document.paths['/api/v1/' + path].post['x-capability'], 'FRESH_ACT')
	problem(await ask(server, 'POST', '/api/v1/units', { body: '{}', headers: { 'Content-Type': 'application/json', 'Content-Length': 2 } }), 401)
})
