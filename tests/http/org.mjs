// What is read of the institution: units, posts, people, tenures as of a day; procedures as data, drawing and text; boards.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { bihuan, foreseen, get, inside, launch, problem, run, signIn, smallest } from './lib.mjs'

const registry = 'li.zhufei', lead = 'deng.puqing', leader = 'huang.tongheng', head = 'zhao.xilu', checker = 'tan.yunlan', other = 'pan.xiuliao'
const data = smallest('data', registry, lead, leader, head, checker, other)
const at = (day, time = '09:00') => ['--now', `2019-${day}T${time}`]
for (const [title, unit] of [['修缮屋顶', 'projects'], ['铺设管道', 'projects'], ['窗口整治', 'station']])
	run('open', data, 'task', `title=${title}`, `lead_unit=${unit}`, 'leader=deputy-director-2', 'due=2019-02-28', '--as', registry, ...at('01-07'))
run('open', data, 'finding', 'title=渗水', 'unit=projects', 'due=2019-05-31', '--as', checker, ...at('01-07'))
run('open', data, 'task', 'title=分项', 'lead_unit=projects', 'leader=deputy-director-2', 'due=2019-02-28', '--parent', '1', '--as', registry, ...at('01-07'))
run('move', data, 'projects-head', head, '--from', '2019-02-01', '--as', 'guan.meishuang', ...at('01-08'))

const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', ...at('01-09')])
after(() => server.stop())
const document = (await get(server, '/api/v1/openapi.json')).json
const people = Object.fromEntries(await Promise.all([registry, lead, leader, checker, other].map(async (name) => [name, await signIn(server, name)])))
async function read(name, path, pattern = path.split('?')[0]) {
	const reply = await people[name].get('/api/v1' + path)
	assert.equal(reply.status, 200, reply.body)
	foreseen(document, '/api/v1' + pattern, 'GET', reply)
	return reply.json
}

// ---- who is who ----

test('units, posts and people are lists with filters', async () => {
	const { units, as_of } = await read(lead, '/units')
	assert.equal(as_of, '2019-01-09')
	assert.equal(units.length, 10)
	const projects = units.find((unit) => unit.code === 'projects')
	assert.deepEqual({ ...projects, id: 0 }, { id: 0, code: 'projects', name: 'Projects Section', kind: 'section', kind_label: 'Section', parent: 'leadership', leader: 'deputy-director-2', head: 'projects-head' })
	assert.deepEqual((await read(lead, '/units?q=proj')).units.map((unit) => unit.code), ['projects'])
	assert.equal((await read(lead, '/units?parent=leadership')).units.length, units.filter((unit) => unit.parent === 'leadership').length)
	assert.deepEqual((await read(lead, '/posts?unit=projects')).posts.map((post) => [post.code, post.holder]), [['projects-head', lead], ['projects-liaison', 'su.lanmo']])
	assert.deepEqual((await read(lead, '/people?q=%E9%82%93')).people.map((person) => [person.code, person.name, person.posts]), [[lead, '邓浦晴', [{ code: 'projects-head', name: 'Projects Section, Chief' }]]])
	assert.deepEqual((await read(lead, '/people')).people.filter((person) => person.record).map((person) => person.code).sort(), [lead, 'su.lanmo']) // themselves, and whom they head
	problem(await people[lead].get('/api/v1/posts?unit=projcts'), 400, 'unit')
	problem(await people[lead].get('/api/v1/units?as_of=2019-02-30'), 400, 'as_of')
})

test('of a person nothing is told but name and posts', async () => {
	for (const person of (await read(lead, '/people')).people) assert.deepEqual(Object.keys(person), ['id', 'code', 'name', 'posts', 'record'])
})

test('who holds a post is asked of a day', async () => {
	const holder = async (day) => (await read(lead, `/posts?q=projects-head&as_of=${day}`)).posts[0].holder
	assert.equal(await holder('2019-01-31'), lead)
	assert.equal(await holder('2019-02-01'), head)
	assert.deepEqual((await read(lead, '/posts?vacant=true&as_of=2017-01-01')).posts.length, 21)
	assert.deepEqual((await read(lead, '/posts?vacant=true&as_of=2019-01-09')).posts, [])
	const tenures = (await read(lead, '/tenures?post=projects-head&all=true')).tenures
	assert.deepEqual(tenures.map((tenure) => [tenure.person, tenure.from, tenure.until]), [[lead, '2018-01-02', '2019-02-01'], [head, '2019-02-01', undefined]])
	assert.deepEqual((await read(lead, '/tenures?post=projects-head&as_of=2019-02-01')).tenures.map((tenure) => tenure.person), [head])
})

test('lists go on page by page', async () => {
	const all = (await read(lead, '/posts')).posts, found = []
	let cursor = ''
	do {
		const page = await read(lead, `/posts?limit=4${cursor && '&cursor=' + cursor}`)
		assert.ok(page.posts.length <= 4)
		found.push(...page.posts)
		cursor = page.cursor
	} while (cursor)
	assert.deepEqual(found, all)
	const { cursor: first } = await read(lead, '/posts?limit=4')
	problem(await people[lead].get(`/api/v1/posts?unit=projects&cursor=${first}`), 400, 'cursor')
	problem(await people[lead].get(`/api/v1/people?cursor=${first}`), 400, 'cursor')
})

test('functions: who has each, and what people call it', async () => {
	const { functions } = await read(lead, '/functions')
	const of = (name) => functions.find((one) => one.name === name)
	assert.deepEqual(of('establishment_office'), { name: 'establishment_office', label: 'Records of units, posts and functions', unit: 'office', unit_name: 'General Office' })
	// Of others the label of a role that has it.
	const task = (await read(lead, '/procedures/task', '/procedures/{procedure}')).roles.filter((role) => role.kind === 'function')
	assert.ok(task.length > 0 && task.every((role) => role.of_label && !role.of_label.includes('_')))
	assert.ok(functions.every((one) => one.label !== one.name))
	const chinese = (await people[lead].get('/api/v1/functions', { headers: { 'Accept-Language': 'zh' } })).json.functions
	assert.equal(chinese.find((one) => one.name === 'rules_office').label, '程序与日历公布')
})

// ---- procedures ----

test('a procedure is data, a drawing, and the text of its writers', async () => {
	const { procedures } = await read(lead, '/procedures')
	assert.deepEqual(procedures.map((one) => one.name).sort(), ['accountability', 'decision', 'finding', 'task'])
	assert.deepEqual(procedures.filter((one) => one.hears).map((one) => one.name), ['accountability'])
	const may = async (name) => (await read(name, '/procedures')).procedures.filter((one) => one.may_open).map((one) => one.name).sort()
	assert.deepEqual(await may(registry), ['decision', 'task']) // who proposes a decision is said by a field
	assert.deepEqual(await may(checker), ['decision', 'finding'])
	for (const { name } of procedures) await read(lead, '/procedures/' + name, '/procedures/{procedure}')
	const task = await read(lead, '/procedures/task', '/procedures/{procedure}')
	assert.equal(task.states.filter((state) => state.start).length, 1)
	assert.deepEqual(task.actions.find((action) => action.name === 'close').not_by, ['report', 'ask_close'])
	assert.deepEqual(task.duties.find((duty) => duty.name === 'finish').limit, { kind: 'by', field: 'due' })
	assert.deepEqual(await read(lead, '/procedures/' + task.definition, '/procedures/{procedure}'), task)
	const drawing = await people[lead].get('/api/v1/procedures/task/diagram?state=working')
	assert.equal(drawing.headers['content-type'], 'image/svg+xml')
	assert.match(drawing.body, /^<svg|^<\?xml/)
	assert.notEqual(drawing.body, (await people[lead].get('/api/v1/procedures/task/diagram')).body)
	const text = await people[lead].get('/api/v1/procedures/task/text')
	assert.equal(text.body, readFileSync(join(inside('data-institution'), 'procedures/task.yaml'), 'utf8'))
	problem(await people[lead].get('/api/v1/procedures/task/diagram?state=nowhere'), 400, 'state')
	for (const path of ['tsk', '99', 'tsk/text', '99/diagram']) problem(await people[lead].get('/api/v1/procedures/' + path), 404)
})

// ---- figures ----

test('boards hold what the sender may know', async () => {
	const rows = async (name, board) => Object.fromEntries((await read(name, '/boards/' + board, '/boards/{board}')).rows.map((row) => [row.code, row]))
	assert.equal((await rows(lead, 'unit')).projects.open, 4)
	assert.equal((await rows(other, 'unit')).projects.open, 3)
	assert.equal((await rows(other, 'unit')).station.open, 1)
	assert.equal((await rows(lead, 'grasp')).supervision.open, 4)
	assert.equal((await rows(lead, 'grasp')).supervision.name, 'supervision')
	const [programme] = (await read(lead, '/boards/programme', '/boards/{board}')).programmes.filter((one) => one.parts > 0)
	assert.deepEqual([programme.matter.title, programme.parts, programme.open], ['修缮屋顶', 1, 1])
	problem(await people[lead].get('/api/v1/boards/town'), 400, 'board')
})

test('the dashboard is what the boards and one’s own duties are', async () => {
	const said = await read(lead, '/dashboard')
	assert.equal(said.all.open, 4)
	assert.equal(said.all.grey + said.all.green + said.all.yellow + said.all.red + said.all.blue, 4)
	assert.equal(said.mine.open, (await read(lead, '/duties?mine=true')).duties.length)
})
