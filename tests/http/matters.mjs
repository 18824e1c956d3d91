// What is read of matters and duties: lists against a model, one matter with its forms, who sees what, pages, refusals.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { bihuan, foreseen, get, launch, problem, run, signIn, smallest } from './lib.mjs'

const registry = 'li.zhufei', checker = 'tan.yunlan', lead = 'deng.puqing', liaison = 'su.lanmo', leader = 'huang.tongheng', other = 'pan.xiuliao', inquirer = 'lu.tinghe'
const data = smallest('data', registry, checker, lead, liaison, leader, other, inquirer)
const at = (day, time = '09:00') => ['--now', `2019-${day}T${time}`]
const json = (...args) => JSON.parse(run(...args, '--json'))
const open = (procedure, as, day, fields, ...more) => json('open', data, procedure, ...fields, '--as', as, ...at(day), ...more)

// Three tasks, one of them part of another; two findings; one accountability.
const task = (title, unit, due, ...more) => open('task', registry, '01-07', [`title=${title}`, `lead_unit=${unit}`, 'leader=deputy-director-2', `due=${due}`], ...more).number
const roof = task('修缮屋顶', 'projects', '2019-02-28'), pipe = task('铺设管道', 'projects', '2019-06-30', '--parent', '1'), desk = task('窗口整治', 'station', '2019-03-29')
const finding = (title, unit) => open('finding', checker, '01-07', [`title=${title}`, `unit=${unit}`, 'due=2019-05-31']).number
const damp = finding('屋顶渗水', 'projects'), queue = finding('排队过长', 'station')
const secret = open('accountability', inquirer, '01-07', ['title=某事', 'subject=station', 'ground=overdue']).number
run('act', data, roof, 'send', '--as', registry, ...at('01-07', '10:00'))
run('act', data, roof, 'sign', '--as', lead, ...at('01-08'))
run('link', data, roof, 'arises_from', damp, '--as', registry, ...at('01-08', '10:00'))
run('link', data, desk, 'arises_from', secret, '--as', registry, ...at('01-08', '10:00'))

const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', ...at('01-09')])
after(() => server.stop())
const document = (await get(server, '/api/v1/openapi.json')).json
const people = Object.fromEntries(await Promise.all([registry, checker, lead, liaison, leader, other, inquirer].map(async (name) => [name, await signIn(server, name)])))
const as = (name) => people[name]
// Read, as the document foresees it.
async function read(name, path, pattern = path.split('?')[0]) {
	const reply = await as(name).get('/api/v1' + path)
	assert.equal(reply.status, 200, reply.body)
	foreseen(document, '/api/v1' + pattern, 'GET', reply)
	return reply.json
}
const numbers = async (name, query = '') => (await read(name, '/matters' + query)).matters.map((line) => line.number)

// ---- lists ----

test('everybody sees the tasks; a finding is seen around its unit and by who handles it; a compartment by its members', async () => {
	assert.deepEqual(await numbers(checker), [queue, damp, desk, pipe, roof])
	assert.deepEqual(await numbers(lead), [damp, desk, pipe, roof])
	assert.deepEqual(await numbers(other), [queue, desk, pipe, roof])
	assert.ok((await numbers(inquirer)).includes(secret))
})

test('a list is filtered by each of its parameters', async () => {
	for (const [query, want] of [
		['?procedure=task', [desk, pipe, roof]], ['?grasp=supervision&procedure=finding', [damp]], ['?state=working', [roof]], ['?unit=projects', [damp, pipe, roof]],
		['?unit=projects&procedure=task&state=draft', [pipe]], ['?commander=director', []], ['?lamp=green', [roof]], ['?parent=1', [pipe]], ['?programme=1', [pipe]],
		['?q=%E5%B1%8B%E9%A1%B6', [damp, roof]], ['?q=%E7%AE%A1%E9%81%93', [pipe]], ['?opened_from=2019-01-08', []], ['?opened_until=2019-01-08&procedure=task', [desk, pipe, roof]],
		['?open=true&procedure=task', [desk, pipe, roof]], ['?standing=open&procedure=task', [desk, pipe, roof]], ['?standing=closed', []], ['?standing=overdue', []], ['?sort=number&procedure=task', [roof, pipe, desk]], ['?sort=-number&procedure=task', [desk, pipe, roof]],
	])
		assert.deepEqual(await numbers(lead, query), want, query)
	const changed = (await read(lead, '/matters?sort=changed')).matters.map((line) => line.event)
	assert.equal(changed.length, 4)
	assert.deepEqual(changed, [...changed].sort((a, b) => a - b))
	const due = (await read(lead, '/matters?sort=due')).matters.map((line) => line.due_day).filter(Boolean)
	assert.deepEqual(due, [...due].sort())
	const before = (await read(lead, `/matters?due_before=${due[0]}`)).matters
	assert.deepEqual(before, [])
	assert.ok((await read(lead, '/matters?due_before=2030-01-01')).matters.length > 0)
})

test('a list goes on page by page, and says how many there are', async () => {
	const found = []
	let cursor = ''
	do {
		const page = await read(checker, `/matters?limit=2&count=true${cursor && '&cursor=' + cursor}`)
		assert.equal(page.total, 5)
		found.push(...page.matters.map((line) => line.number))
		cursor = page.cursor
	} while (cursor)
	assert.deepEqual(found, await numbers(checker))
	assert.equal((await read(lead, '/matters?count=true')).total, 4)
})

test('a filter that names nothing is refused with the nearest', async () => {
	for (const [query, place, nearest] of [
		['unit=projcts', 'unit', /projects/], ['procedure=tsk', 'procedure', /task/], ['state=workin', 'state', /working/], ['commander=directr', 'commander', /director/],
		['lamp=pink', 'lamp'], ['grasp=x', 'grasp'], ['sort=x', 'sort'], ['standing=done', 'standing'], ['open=true&standing=late', 'standing'], ['limit=201', 'limit'], ['limit=0', 'limit'], ['cursor=00', 'cursor'], ['due_before=x', 'due_before'], ['unt=projects', 'unt', /unit/],
	]) {
		const said = problem(await as(lead).get('/api/v1/matters?' + query), 400, place)
		if (nearest) assert.match(said.detail, nearest)
	}
	const { cursor } = await read(checker, '/matters?limit=1')
	problem(await as(checker).get(`/api/v1/matters?limit=1&open=true&cursor=${cursor}`), 400, 'cursor')
})

test('nobody reads without signing in', async () => {
	for (const path of ['/matters', '/matters/1', '/duties', '/inbox', '/units', '/people', '/procedures', '/stream', '/dashboard', '/boards/unit'])
		problem(await get(server, '/api/v1' + path), 401)
})

// ---- one ----

test('a matter is told with what is owed, what may be done and the form for it', async () => {
	const reply = await as(lead).get('/api/v1/matters/1')
	foreseen(document, '/api/v1/matters/{matter}', 'GET', reply)
	const said = reply.json
	assert.equal(said.number, roof)
	assert.equal(said.state, 'working')
	assert.equal(said.state_label, 'In hand')
	assert.deepEqual(said.fields, { due: '2019-02-28', lead_unit: said.fields.lead_unit, leader: said.fields.leader, title: '修缮屋顶' })
	assert.equal(said.shown.find((one) => one.name === 'lead_unit').text, 'Projects Section')
	assert.match(said.shown.find((one) => one.name === 'leader').text, /黄桐衡/)
	const owed = said.duties.filter((duty) => duty.state === 'open')
	assert.ok(owed.length > 0 && owed.every((duty) => /邓浦晴/.test(duty.bearer) && duty.basis && duty.due_day))
	const report = said.possible.find((one) => one.action === 'report')
	assert.equal(report.may, true)
	assert.deepEqual(report.fields.map((field) => [field.name, field.type, field.required]), [['progress', 'percent', true], ['note', 'text', true]])
	const close = said.possible.find((one) => one.action === 'close')
	assert.equal(close.may, false)
	assert.ok(close.why && close.rule && !close.fields)
	assert.equal(said.possible.find((one) => one.request === 'extend').may, true)
	assert.deepEqual(said.parts.map((part) => part.number), [pipe])
	assert.deepEqual(said.may, { note: true, urge: false, instruct: false, follow: true, unfollow: false, resume: false })
	assert.deepEqual((await read(leader, '/matters/1', '/matters/{matter}')).may, { note: true, urge: true, instruct: true, follow: true, unfollow: false, resume: false })
})

test('words come in the language that is asked for', async () => {
	const chinese = await signIn(server, lead, 'zh')
	const said = (await chinese.get('/api/v1/matters/1')).json
	assert.equal(said.procedure_title, '任务督办')
	assert.match(said.possible.find((one) => !one.may).why, /[\u4e00-\u9fff]/)
})

test('its ETag is its version', async () => {
	const first = await as(lead).get('/api/v1/matters/1')
	assert.equal(first.headers.etag, `"${first.json.version}"`)
	assert.equal((await as(lead).get('/api/v1/matters/1', { headers: { 'If-None-Match': first.headers.etag } })).status, 304)
	assert.equal((await as(lead).get('/api/v1/matters/1', { headers: { 'If-None-Match': '"1"' } })).status, 200)
})

test('what one may not see answers like what doesn’t exist, in every part', async () => {
	const strip = ({ status, body }, id) => ({ status, body: body.replace(/"request":"[^"]*"/, '') })
	const [hidden, compartment] = [5, 6]
	assert.equal((await as(checker).get(`/api/v1/matters/${hidden}`)).json.number, queue)
	assert.equal((await as(inquirer).get(`/api/v1/matters/${compartment}`)).json.number, secret)
	for (const part of ['', '/history', '/children', '/links', '/evidence']) {
		const nothing = strip(await as(lead).get(`/api/v1/matters/999999${part}`))
		assert.equal(nothing.status, 404)
		assert.deepEqual(strip(await as(lead).get(`/api/v1/matters/${hidden}${part}`)), nothing)
		assert.deepEqual(strip(await as(lead).get(`/api/v1/matters/${compartment}${part}`)), nothing)
		assert.deepEqual(strip(await as(registry).get(`/api/v1/matters/${compartment}${part}`, { headers: { 'If-None-Match': '"1"' } })), strip(await as(registry).get(`/api/v1/matters/999999${part}`)))
	}
	assert.deepEqual(await numbers(lead, '?parent=6'), [])
	assert.deepEqual(await numbers(lead, '?q=%E6%9F%90%E4%BA%8B'), [])
})

test('a tie is told to who sees the other', async () => {
	assert.deepEqual((await read(lead, '/matters/1/links', '/matters/{matter}/links')).links.map((link) => link.number), [damp])
	assert.deepEqual((await read(other, '/matters/1/links', '/matters/{matter}/links')).links, [])
	const said = await read(lead, '/matters/3', '/matters/{matter}'), history = await read(lead, '/matters/3/history', '/matters/{matter}/history')
	assert.deepEqual(said.links, [])
	for (const words of [secret, '某事', '"other":6']) assert.ok(!JSON.stringify([said, history]).includes(words), words)
	assert.equal((await read(inquirer, '/matters/3', '/matters/{matter}')).links[0].number, secret)
})

test('a look into a compartment is recorded before it is shown', async () => {
	const looks = async () => (await get(server, '/api/v1/ledger/checkpoint')).body.split('\n')[1]
	const before = Number(await looks())
	await as(inquirer).get('/api/v1/matters/6/history')
	const after = Number(await looks())
	assert.equal(after, before + 1)
	await as(lead).get('/api/v1/matters/6')
	await as(lead).get('/api/v1/matters/1')
	assert.equal(Number(await looks()), after)
})

test('its history is told from the beginning, page by page', async () => {
	const pattern = '/matters/{matter}/history'
	const all = (await read(lead, '/matters/1/history', pattern)).events
	assert.deepEqual(all.map((event) => event.kind), ['matter.open', 'matter.act', 'matter.act', 'matter.link'])
	assert.equal(all[2].headline, 'Sign for')
	assert.match(all[2].actor, /邓浦晴/)
	assert.equal(all[2].to, 'working')
	assert.ok(all[2].opened.length > 0 && all[2].closed.length > 0)
	const first = await read(lead, '/matters/1/history?limit=3', pattern)
	const second = await read(lead, `/matters/1/history?limit=3&cursor=${first.cursor}`, pattern)
	assert.deepEqual([...first.events, ...second.events], all)
	assert.equal(second.cursor, undefined)
})

test('its parts are a list too', async () => {
	assert.deepEqual((await read(lead, '/matters/1/children', '/matters/{matter}/children')).matters.map((line) => line.number), [pipe])
	assert.equal((await read(lead, '/matters/2', '/matters/{matter}')).parent.number, roof)
})

// ---- duties and notices ----

test('duties are one’s own, a unit’s or all that one sees, by due day', async () => {
	const mine = (await read(lead, '/duties?mine=true')).duties
	assert.ok(mine.length > 0 && mine.every((duty) => duty.unit === 'projects' || duty.post === 'projects-head'))
	assert.deepEqual((await read(liaison, '/duties?mine=true')).duties.map((duty) => [duty.matter, duty.id]), mine.map((duty) => [duty.matter, duty.id]))
	const all = (await read(checker, '/duties')).duties, due = all.map((duty) => duty.due)
	assert.deepEqual(due, [...due].sort())
	assert.ok(all.some((duty) => duty.number === queue) && !all.some((duty) => duty.number === secret))
	assert.ok(!(await read(lead, '/duties')).duties.some((duty) => duty.number === queue))
	assert.ok((await read(lead, '/duties?unit=projects')).duties.every((duty) => duty.unit === 'projects'))
	assert.deepEqual((await read(lead, `/duties?due_before=${all[0].due_day}`)).duties, [])
	const next = new Date(Date.parse(all[0].due_day) + 24 * 3600 * 1000).toISOString().slice(0, 10)
	assert.deepEqual((await read(checker, `/duties?due_before=${next}`)).duties, all.filter((duty) => duty.due_day === all[0].due_day))
	assert.deepEqual((await read(lead, '/duties?breached=true')).duties, [])
	assert.ok((await read(lead, '/duties?open=false')).duties.some((duty) => duty.closed))
	problem(await as(lead).get('/api/v1/duties?post=nobody'), 400, 'post')
})

test('duties go on page by page', async () => {
	const all = (await read(checker, '/duties')).duties, found = []
	let cursor = ''
	do {
		const page = await read(checker, `/duties?limit=2${cursor && '&cursor=' + cursor}`)
		found.push(...page.duties)
		cursor = page.cursor
	} while (cursor)
	assert.deepEqual(found, all)
})

test('an inbox is what one’s posts were told', async () => {
	const { notices } = await read(lead, '/inbox')
	assert.ok(notices.length > 0 && notices.every((notice) => notice.post === 'projects-head' && notice.title !== '某事'))
	assert.ok(notices.every((notice, i) => i === 0 || notice.event <= notices[i - 1].event))
})

test('a search finds what one sees, and names', async () => {
	const found = await read(lead, '/search?q=%E5%B1%8B%E9%A1%B6')
	assert.deepEqual(found.matters.map((line) => line.number), [damp, roof])
	assert.deepEqual((await read(lead, '/search?q=%E6%8E%92%E9%98%9F')).matters, [])
	assert.deepEqual((await read(lead, '/search?q=%E9%82%93')).people, [{ code: lead, name: '邓浦晴' }])
	assert.ok((await read(lead, '/search?q=projects')).units.some((unit) => unit.code === 'projects'))
	assert.deepEqual((await read(lead, '/search?q=task')).procedures.map((one) => one.code), ['task'])
	problem(await as(lead).get('/api/v1/search?q=%20'), 400, 'q')
	problem(await as(lead).get('/api/v1/search'), 400, 'q')
})

test('an export is the list as a file, what one sees and no more', async () => {
	const reply = await as(lead).get('/api/v1/exports/matters?sort=number&procedure=task')
	assert.equal(reply.headers['content-type'], 'text/csv; charset=utf-8')
	assert.match(reply.headers['content-disposition'], /^attachment; filename="matters.csv"$/)
	const lines = reply.body.split('\r\n').filter(Boolean)
	assert.match(lines[0], /^number,title,procedure,grasp,state,unit/)
	assert.deepEqual(lines.slice(1).map((line) => line.split(',')[0]), [roof, pipe, desk])
	assert.equal((await as(lead).get('/api/v1/exports/matters')).body.split('\r\n').length - 2, (await numbers(lead)).length)
	assert.ok(!(await as(lead).get('/api/v1/exports/matters')).body.includes(queue))
	assert.ok((await as(lead).get('/api/v1/exports/matters?bom=true')).bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])))
	assert.deepEqual((await as(lead).get('/api/v1/exports/matters?parent=6')).body.split('\r\n').length, 2)
	problem(await as(lead).get('/api/v1/exports/matters?unit=projcts'), 400, 'unit')
	problem(await get(server, '/api/v1/exports/matters'), 401)
})

test('a history goes either way, each event once, and says the same on its own page as among all', async () => {
	const pattern = '/matters/{matter}/history'
	const lines = (query) => read(lead, '/matters/1/history' + query, pattern)
	// An answer is called after the instruction, which stands in another event.
	const go = async (name, path, body) => {
		const reply = await as(name).post('/api/v1/matters/1' + path, body, { headers: { 'Idempotency-Key': path.slice(1) } })
		assert.ok(reply.status < 300, reply.body)
	}
	await go(leader, '/instructions', { text: '抓紧' })
	const duty = (await read(lead, '/matters/1', '/matters/{matter}')).duties.find(({ kind, state }) => kind === 'answer' && state === 'open')
	await go(lead, '/answers', { duty: duty.id, text: '已部署' })
	const all = (await lines('')).events
	assert.equal(all.at(-1).headline, 'answered: answer the instruction')
	const down = (await lines('?sort=-event')).events
	assert.deepEqual(down, [...all].reverse())
	for (const sort of ['event', '-event']) {
		const found = []
		let cursor = ''
		do {
			const page = await lines(`?sort=${sort}&limit=1${cursor}`)
			assert.equal(page.events.length, 1)
			found.push(...page.events)
			cursor = page.cursor === undefined ? undefined : `&cursor=${page.cursor}`
		} while (cursor !== undefined)
		assert.deepEqual(found, sort === 'event' ? all : down)
	}
	const page = await lines('?sort=-event&limit=2')
	assert.equal((await as(lead).get(`/api/v1/matters/1/history?sort=event&limit=2&cursor=${page.cursor}`)).status, 400)
	assert.equal((await as(lead).get('/api/v1/matters/1/history?sort=oldest')).status, 400)
})
