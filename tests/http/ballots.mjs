// Secret votes over HTTP: opened by the office, cast by whoever has a code and noted nowhere, counted on paper by two people, closed with
// its result told in the matter, counted again from what is published; void where it should be, and durable.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { after, test } from 'node:test'
import { ask, bihuan, foreseen, get, inside, launch, post, problem, root, run, signIn } from './lib.mjs'

const office = 'zhou0062', second = 'xian0479', reporter = 'rong0255', conduct = 'tang0140', makers = ['tang0140', 'kuang0141']
const data = inside('data'), log = inside('access.log')
run('init', data, '--institution', join(root, 'institutions/pengjiang-2019'), '--now', '2019-12-01T08:00')
run('account', data, 'samples', office, second, reporter, conduct, '--now', '2019-12-01T09:00')
const at = (day) => ['--now', `2019-12-${day}T09:00`]
writeFileSync(inside('report.txt'), 'report')
// Three who report, each as far as the vote.
for (const [i, unit, who] of [[1, 'health', reporter], [2, 'agriculture', 'dai0262'], [3, 'government-office', 'ou0185']]) {
	const number = `述〔2019〕${i}号`
	run('open', data, 'duty_report', '--as', who, `title=2019年度述责述廉（${unit}）`, `reporter=${unit}-head`, `unit=${unit}`, 'year=2019', 'held_on=2019-12-20', ...at('02'))
	run('act', data, number, 'submit', '--as', who, '--evidence', inside('report.txt'), ...at('02'))
	run('act', data, number, 'pass', '--as', conduct, 'held_on=2019-12-20', ...at('02'))
}
for (const [i, who] of [[1, reporter], [2, 'dai0262'], [3, 'ou0185']]) run('act', data, `述〔2019〕${i}号`, 'report_in_person', '--as', who, 'spoken_on=2019-12-20', ...at('20'))

const serve = () => launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', log, '--limits', 'off', '--lang', 'en', '--now', '2019-12-20T10:00'])
let server = await serve()
after(() => server.stop())
const document = (await get(server, '/api/v1/openapi.json')).json
const people = {}
for (const name of [office, second, reporter, conduct]) people[name] = await signIn(server, name)

// Codes as two people make them: { all: [{ code, group }], list, root }.
function codes(name, groups) {
	for (const share of ['a', 'b']) run('ballot', 'share', inside(name + share))
	const said = run('ballot', 'codes', inside(name + 'a'), inside(name + 'b'), ...Object.entries(groups).flatMap(([group, n]) => ['--group', `${group}=${n}`]),
		'--url', 'https://vote.example', '--slips', inside(name + '.html'), '--list', inside(name + '.txt'))
	const slips = readFileSync(inside(name + '.html'), 'utf8').split('class="slip"').slice(1)
	const all = slips.map((slip) => ({ code: /class="code">([^<]+)</.exec(slip)[1], group: /class="small">([^<]+)<\/div><div class="code"/.exec(slip)?.[1] ?? Object.keys(groups)[0] }))
	return { all, list: readFileSync(inside(name + '.txt'), 'utf8'), root: /root (\S+)/.exec(said)[1] }
}
const label = (zh, en) => ({ zh, en })
const spec = (more) => ({
	title: label('2019年度述责述廉评议', 'Reports on duty and integrity, 2019'),
	subjects: [{ label: label('卫生健康局局长', 'Director, Health Bureau'), matter: 1 }],
	questions: [{ label: label('总体评价', 'Overall') }, { label: label('廉洁自律', 'Integrity') }],
	choices: [['good', '好', 100], ['fair', '较好', 80], ['average', '一般', 60], ['poor', '差', 0]].map(([name, zh, points]) => ({ name, label: { zh }, points })),
	groups: [{ name: 'leaders', label: label('区领导', 'Leaders'), weight: 40, issued: 10 }, { name: 'others', label: label('代表', 'Delegates'), weight: 60, issued: 25 }],
	entitled: 50, present: 40, talk_below: 7000, account_below: 6000, makers,
	actions: { pass: 'announce_ballot', talk: 'announce_talk', account: 'announce_accountability' },
	...more,
})
const made = codes('first', { leaders: 12, others: 28 })
const hash = (code) => createHash('sha256').update(code.replaceAll('-', '')).digest('hex')
const write = async (name, path, json) => {
	const reply = await people[name].post('/api/v1/ballots' + path, json)
	foreseen(document, '/api/v1/ballots' + path.replace(/\/\d+/, '/{ballot}'), 'POST', reply)
	return reply
}
const vote = async (ballot, code, marks) => {
	const reply = await post(server, `/api/v1/ballots/${ballot}/votes`, { code, marks })
	foreseen(document, '/api/v1/ballots/{ballot}/votes', 'POST', reply)
	return reply
}
const cast = async (...args) => assert.equal((await vote(...args)).body, '{"accepted":true}')
const shown = async (ballot) => {
	const reply = await get(server, '/api/v1/ballots/' + ballot)
	foreseen(document, '/api/v1/ballots/{ballot}', 'GET', reply)
	return reply.json
}
const text = async (ballot, what) => (await get(server, `/api/v1/ballots/${ballot}/${what}`)).body
const size = async () => Number((await get(server, '/api/v1/ledger/checkpoint')).body.split('\n')[1])
const open = (more, list = made.list, who = office) => write(who, '', { spec: spec(more), codes: list })

test('slips bear the code, where it is cast, and the root', () => {
	const page = readFileSync(inside('first.html'), 'utf8')
	assert.equal(made.all.length, 40)
	assert.equal(new Set(made.all.map((slip) => slip.code)).size, 40)
	assert.match(made.all[0].code, /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
	assert.equal(page.split('<svg ').length, 41)
	assert.ok(page.includes(made.root))
	assert.ok(!/<script|https?:\/\/(?!www\.w3\.org\/2000\/svg)/.test(page), 'the page asks for nothing')
	assert.deepEqual(made.list.trimEnd().split('\n'), made.list.trimEnd().split('\n').sort())
	assert.deepEqual(made.list.trimEnd().split('\n'), made.all.map((slip) => `${hash(slip.code)} ${slip.group}`).sort())
})

test('one of the two shares alone gives nothing', () => {
	const twice = spawnSync(bihuan, ['ballot', 'codes', inside('firsta'), inside('firsta'), '--group', 'all=8', '--url', 'x', '--slips', inside('x.html'), '--list', inside('x.txt'), '--lang', 'en'])
	assert.equal(twice.status, 1)
	assert.match(String(twice.stderr), /the same share again/)
})

test('what a vote may not be is refused, by place', async () => {
	problem(await open({}, made.list, conduct), 403, 'person')
	problem(await open({ makers: [office, conduct] }), 403, 'makers')
	problem(await open({ makers: [conduct, conduct] }), 422, 'makers')
	problem(await open({ makers: [conduct, reporter] }), 403, 'person')
	problem(await open({ entitled: 80 }), 422, 'present')
	problem(await open({ present: 30 }), 422, 'present')
	problem(await open({ least: 4 }), 400, 'least')
	problem(await open({ least: 11 }), 422, 'groups[0].issued')
	problem(await open({ questions: [] }), 400, 'questions')
	problem(await open({ subjects: [{ label: label('甲'), matter: 99 }] }), 404, 'subjects[0].matter')
	problem(await open({ actions: { pass: 'applaud' } }), 400, 'actions')
	problem(await open({}, made.list.replace(/ leaders/g, ' nobody')), 400, 'codes')
	problem(await open({}, made.list.split('\n').slice(20).join('\n')), 422)
})

test('it opens with the root of the slips, and codes serve once', async () => {
	const reply = await open()
	assert.equal(reply.status, 201, reply.body)
	assert.equal(reply.json.id, 1)
	const ballot = await shown(1)
	assert.equal(ballot.root, made.root)
	assert.deepEqual([ballot.state, ballot.returned, ballot.issued, ballot.codes], ['open', 0, 35, 40])
	assert.equal(await text(1, 'codes'), made.list)
	problem(await open(), 409, 'codes')
})

const leaders = made.all.filter((slip) => slip.group === 'leaders').map((slip) => slip.code)
const others = made.all.filter((slip) => slip.group === 'others').map((slip) => slip.code)
const marked = new Map()
const choose = (code, marks) => marked.set(code, marks) && cast(1, code, marks)

test('a ballot is taken for an unused code, once, and what is wrong is said', async () => {
	problem(await vote(1, '0000-0000-0000-0000', '11'), 404, 'code')
	problem(await vote(1, 'short-code-of-letters', '11'), 400, 'code')
	problem(await vote(1, leaders[0], '15'), 400, 'marks')
	problem(await vote(1, leaders[0], '1'), 400, 'marks')
	problem(await vote(2, leaders[0], '11'), 404, 'code')
	assert.equal((await post(server, '/api/v1/ballots/code', { code: leaders[0].toLowerCase().replaceAll('-', ' ') })).json.used, false)
	await choose(leaders[0], '11')
	await cast(1, leaders[0], '11') // its answer was lost
	problem(await vote(1, leaders[0], '12'), 409, 'code')
	const again = await post(server, '/api/v1/ballots/code', { code: leaders[0] })
	foreseen(document, '/api/v1/ballots/code', 'POST', again)
	assert.equal(again.json.used, true)
	assert.equal((await shown(1)).returned, 1)
})

test('the record tells of none alone: five are sealed when ten wait', async () => {
	const before = await size()
	for (let i = 1; i < 9; i++) await choose(leaders[i], '12')
	assert.equal(await size(), before)
	await choose(others[0], '00')
	assert.equal(await size(), before + 1)
	for (let i = 1; i < 5; i++) await choose(others[i], '31')
	assert.equal(await size(), before + 1)
	await choose(others[5], '41')
	assert.equal(await size(), before + 2)
})

test('nothing of marks is shown while it goes on', async () => {
	const ballot = await shown(1)
	assert.deepEqual([ballot.state, ballot.returned, ballot.result, ballot.paper], ['open', 15, undefined, undefined])
	assert.equal(await text(1, 'lines'), '')
	problem(await get(server, '/api/v1/ballots'), 401)
})

test('what was acknowledged is there after a kill', async () => {
	for (let i = 6; i < 9; i++) await choose(others[i], '23')
	server.process.kill('SIGKILL')
	await server.ended
	server = await serve()
	for (const name of [office, second, reporter, conduct]) people[name] = await signIn(server, name)
	assert.equal((await shown(1)).returned, 18)
	problem(await vote(1, others[8], '11'), 409, 'code')
})

const paper = (good) => ({ groups: [{ returned: 0, counts: [[0, 0, 0, 0, 0], [0, 0, 0, 0, 0]] }, { returned: 9, counts: [[1, good, 8 - good, 0, 0], [0, 9, 0, 0, 0]] }] })
test('paper is counted by two people, who must agree', async () => {
	problem(await write(reporter, '/1/paper', { paper: paper(8) }), 403, 'person')
	problem(await write(office, '/1/paper', { paper: { groups: [] } }), 400, 'groups')
	problem(await write(office, '/1/paper', { paper: paper(9) }), 400, 'groups[1].counts[0]')
	const one = { groups: paper(8).groups.map((group) => ({ ...group, returned: group.returned && 8 })) }
	problem(await write(office, '/1/paper', { paper: one }), 422, 'groups[1].counts[0]')
	assert.equal((await write(office, '/1/paper', { paper: paper(8) })).status, 200)
	problem(await write(office, '/1/paper', { paper: paper(8) }), 403, 'person')
	assert.equal((await shown(1)).paper_waits, true)
	problem(await write(office, '/1/close', {}), 422, 'paper')
	assert.equal((await write(second, '/1/paper', { paper: paper(7) })).status, 200)
	assert.deepEqual([(await shown(1)).paper_waits, (await shown(1)).paper_agreed], [false, false]) // they differ: both begin again
	assert.equal((await write(office, '/1/paper', { paper: paper(8) })).status, 200)
	assert.equal((await write(second, '/1/paper', { paper: paper(8) })).status, 200)
	assert.deepEqual([(await shown(1)).paper_waits, (await shown(1)).paper_agreed], [false, true])
	problem(await write(office, '/1/paper', { paper: paper(8) }), 409, 'paper')
})

// The result by the rules as docs/ballots.md says them, without the program.
function counted() {
	const points = [0, 100, 80, 60, 0], weight = { leaders: 40, others: 60 }
	return [0, 1].map((question) => {
		const counts = [0, 0, 0, 0, 0]
		let sum = 0, weights = 0
		for (const [group, list] of Object.entries({ leaders, others })) {
			const of = [0, 0, 0, 0, 0]
			for (const code of list) if (marked.has(code)) of[marked.get(code)[question]]++
			if (group === 'others') paper(8).groups[1].counts[question].forEach((n, i) => (of[i] += n))
			of.forEach((n, i) => (counts[i] += n))
			const marks = of.slice(1).reduce((a, b) => a + b)
			sum += weight[group] * Math.floor(of.reduce((total, n, i) => total + n * points[i], 0) * 1e6 / marks)
			weights += weight[group]
		}
		return { counts, score: Math.floor((Math.floor(sum / weights) * 100 + 5e5) / 1e6) }
	})
}

test('closing counts, publishes and tells the matter, all or nothing', async () => {
	problem(await write(reporter, '/1/close', {}), 403, 'person')
	problem(await write(office, '/1/close', {}), 400, '述〔2019〕1号 advice')
	assert.equal((await shown(1)).state, 'open')
	const reply = await write(office, '/1/close', { fields: { advice: '多下基层', rectify_by: '2020-03-31' } })
	assert.equal(reply.status, 200, reply.body)
	assert.equal(reply.json.count, 2)
	const ballot = await shown(1)
	assert.deepEqual([ballot.state, ballot.result.void, ballot.result.returned], ['closed', '', 27])
	assert.deepEqual(ballot.result.groups, [{ lines: 9, paper: 0 }, { lines: 9, paper: 9 }])
	const expected = counted()
	assert.deepEqual(ballot.result.subjects[0].questions, expected)
	assert.equal(ballot.result.subjects[0].outcome, 'pass')
	const matter = (await people[office].get('/api/v1/matters/1')).json
	const value = (name) => matter.fields.find?.((field) => field.name === name)?.value ?? matter.fields[name]
	assert.equal(matter.state.name ?? matter.state, 'told')
	assert.match(JSON.stringify(matter), new RegExp((expected[0].score / 100).toFixed(2)))
	assert.ok(JSON.stringify(value('ballot')).includes('1'))
	problem(await vote(1, others[9], '11'), 422, 'ballot')
	problem(await write(office, '/1/close', {}), 422, 'ballot')
})

test('each voter finds their own line, and anybody counts again', async () => {
	const lines = (await text(1, 'lines')).trimEnd().split('\n')
	assert.equal(lines.length, 18)
	assert.deepEqual(lines, [...lines].sort())
	assert.deepEqual(lines.map((line) => line.split(' ').slice(0, 2).join(' ')), [...marked].map(([code, marks]) => `${hash(code)} ${marks}`).sort())
	writeFileSync(inside('ballot.json'), JSON.stringify(await shown(1)))
	writeFileSync(inside('codes.txt'), await text(1, 'codes'))
	writeFileSync(inside('lines.txt'), lines.join('\n') + '\n')
	const recount = () => spawnSync(bihuan, ['ballot', 'recount', inside('ballot.json'), inside('codes.txt'), inside('lines.txt'), '--lang', 'en'])
	const good = recount()
	assert.equal(good.status, 0, String(good.stderr))
	assert.match(String(good.stdout), /the recount comes to the same/)
	writeFileSync(inside('lines.txt'), lines.map((line) => line.replace(' 12 ', ' 42 ')).join('\n') + '\n')
	assert.match(String(recount().stderr), /another result than was published/)
	writeFileSync(inside('lines.txt'), [...lines, `${'f'.repeat(64)} 11 ${'0'.repeat(32)}`].join('\n') + '\n')
	assert.match(String(recount().stderr), /no code under the root/)
	writeFileSync(inside('lines.txt'), lines.join('\n') + '\n')
	writeFileSync(inside('codes.txt'), (await text(1, 'codes')).replace('leaders', 'others'))
	assert.notEqual(recount().status, 0)
})

const one = (more) => ({ groups: [{ name: 'all', label: { zh: '全体' }, weight: 1, issued: 10 }], subjects: [{ label: { zh: '甲' } }, { label: { zh: '乙' } }], actions: {}, ...more })
test('of fewer than eight nothing is shown, ever', async () => {
	const few = codes('few', { all: 12 })
	assert.equal((await open(one(), few.list)).json.id, 2)
	for (let i = 0; i < 7; i++) await cast(2, few.all[i].code, '1111')
	assert.equal((await write(office, '/2/close', {})).status, 200)
	const ballot = await shown(2)
	assert.deepEqual(ballot.result, { void: 'too_few', returned: 7 })
	assert.equal(ballot.state, 'void')
	assert.equal(await text(2, 'lines'), '')
})

test('more returned than given out voids it', async () => {
	const many = codes('many', { all: 12 })
	assert.equal((await open(one(), many.list)).json.id, 3)
	for (let i = 0; i < 11; i++) await cast(3, many.all[i].code, '1234')
	assert.equal((await write(office, '/3/close', {})).status, 200)
	const ballot = await shown(3)
	assert.deepEqual([ballot.state, ballot.result.void, ballot.result.returned], ['void', 'too_many', 11])
	assert.equal((await text(3, 'lines')).trimEnd().split('\n').length, 11)
})

test('no mark is an abstention; where nobody marks there is no result', async () => {
	const blank = codes('blank', { all: 10 })
	assert.equal((await open(one(), blank.list)).json.id, 4)
	for (let i = 0; i < 9; i++) await cast(4, blank.all[i].code, '2000')
	assert.equal((await write(office, '/4/close', {})).status, 200)
	const { result } = await shown(4)
	assert.equal(result.void, 'unmarked')
	assert.deepEqual(result.subjects.map((subject) => subject.questions.map((question) => [question.counts[0], question.score])), [[[0, 8000], [9, -1]], [[9, -1], [9, -1]]])
})

test('a low score brings a talk or accountability, by the definition; a closing that a matter refuses changes nothing', async () => {
	const low = codes('low', { all: 12 })
	const two = { subjects: [2, 3].map((matter) => ({ label: { zh: '述责人' }, matter })), questions: [{ label: { zh: '总体' } }], actions: spec().actions, talk_below: 7000, account_below: 6000 }
	assert.equal((await open(one(two), low.list)).json.id, 5)
	for (let i = 0; i < 10; i++) await cast(5, low.all[i].code, i < 7 ? '34' : '24') // 66 and 0
	problem(await write(office, '/5/close', { fields: { advice: '差', rectify_by: 'soon' } }), 400)
	assert.deepEqual([(await shown(5)).state, (await shown(5)).returned], ['open', 10])
	assert.equal((await write(office, '/5/close', { fields: { advice: '差', rectify_by: '2020-03-31' } })).status, 200)
	assert.deepEqual((await shown(5)).result.subjects.map((subject) => [subject.outcome, subject.questions[0].score]), [['talk', 6600], ['account', 0]])
	// The script of docs/ballots.md, as it stands there, comes to the same.
	writeFileSync(inside('codes.txt'), await text(5, 'codes'))
	writeFileSync(inside('lines.txt'), await text(5, 'lines'))
	const script = /## Count again\n[^]*?```sh\n([^]*?)```/.exec(readFileSync(join(root, 'docs/ballots.md'), 'utf8'))[1]
	const counting = spawnSync('bash', ['-c', script], { cwd: inside('.'), encoding: 'utf8' })
	assert.equal(counting.stdout, '1: 0 0 3 7 0  score 6600\n2: 0 0 0 0 10  score 0\n', counting.stderr)
	const states = await Promise.all([2, 3].map(async (id) => (await people[conduct].get('/api/v1/matters/' + id)).json.state))
	assert.deepEqual(states.map((state) => state.name ?? state), ['talking', 'told'])
})

test('of voters the log has no line at all', async () => {
	await get(server, '/api/v1/ledger/key')
	await get(server, '/vote')
	await server.stop()
	const lines = readFileSync(log, 'utf8').trimEnd().split('\n')
	assert.ok(lines.some((line) => line.includes('/api/v1/ledger/key')))
	assert.ok(lines.some((line) => line.includes('POST /api/v1/ballots/1/close')))
	assert.deepEqual(lines.filter((line) => /ballots\/(\d+\/votes|code)|GET \/api\/v1\/ballots\/\d|"GET \/(vote|assets|\s)/.test(line)), [])
})

test('the second opinion agrees: audit, replay, verify', () => {
	assert.match(run('audit', data, '--only', 'every_vote_is_what_its_lines_say', ...at('21')), /OK {2}Every vote is what its lines say/)
	run('replay', data, ...at('21'))
	assert.match(run('list', data, '--procedure', 'accountability', ...at('21')), /责〔2019〕1号.*government-office/)
	run('export-ledger', data, inside('ledger.tar'))
	writeFileSync(inside('key'), run('checkpoint', data, '--key'))
	run('verify', inside('ledger.tar'), '--key', '@' + inside('key'))
})
