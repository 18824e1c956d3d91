// The three sentences over HTTP: a person is told what breaks them in what that person sees, the audit administrator how often.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { found, open, settle, shell } from './house.mjs'
import { inside, problem } from './lib.mjs'

const administrators = found('audit')
const lead = 'deng.puqing', colleague = 'feng.huaishi', personnel = 'guan.meishuang'
const slips = settle([lead, colleague, personnel], 'audit')
const finding = shell('open', inside('audit'), 'finding', 'title=排队过长', 'unit=station', 'due=2099-05-29', '--as', 'tan.yunlan').number
shell('move', inside('audit'), 'supervision-head', 'tan.yunlan', '--end', '--as', 'guan.meishuang')
const house = await open('audit')
after(() => house.stop())
const people = { [lead]: await house.settle(lead, slips[lead]), [colleague]: await house.settle(colleague, slips[colleague]), [personnel]: await house.settle(personnel, slips[personnel]), audit: await house.begin('audit', administrators.audit), security: await house.begin('security', administrators.security) }
const audit = async (name) => (await house.ask(people[name], 'GET', '/api/v1/audit')).json.sentences
const vacant = (sentences) => sentences.find((one) => one.sentence === 'duty').invariants.find((one) => one.name === 'every_open_duty_has_somebody_who_bears_it_today')

test('who sees the matter is told what breaks the sentence, and where', async () => {
	const said = await audit(colleague)
	assert.deepEqual(said.map((one) => [one.sentence, one.holds]), [['power', true], ['duty', false], ['breach', true]])
	const { broken, rows } = vacant(said)
	assert.equal(broken, 1)
	assert.equal(rows[0].number, finding)
	assert.equal(rows[0].title, '排队过长')
	// As a sentence, with the names that people use and what they name.
	assert.equal(rows[0].text, '责任“及时反馈”，督查科科长')
	assert.equal(rows[0].text, rows[0].pieces.map((piece) => piece.text).join('，'))
	assert.deepEqual(rows[0].pieces.map(({ kind, of }) => [kind, of]), [[undefined, undefined], ['post', 'supervision-head']])
	assert.equal((await house.ask(people[colleague], 'GET', `/api/v1/matters/${rows[0].matter}`)).json.number, finding)
})

test('who doesn’t see it is told nothing of it', async () => {
	const said = await audit(lead)
	assert.ok(said.every((one) => one.holds))
	assert.ok(!JSON.stringify(said).includes(finding))
})

test('the audit administrator learns how often, of the record too, and no content', async () => {
	const said = await audit('audit')
	assert.deepEqual(said.map((one) => one.sentence), ['power', 'duty', 'breach', 'record'])
	assert.equal(vacant(said).broken, 1)
	assert.ok(said.at(-1).holds)
	assert.ok(said.every((one) => one.invariants.every((invariant) => invariant.rows.length === 0)))
	problem(await house.ask(people.audit, 'GET', '/api/v1/matters'), 403)
})

test('all who ask at once are told, each what is theirs', async () => {
	await house.move(61) // what was found before isn't told any more
	const who = ['audit', colleague, lead], asks = Array.from({ length: 36 }, (_, i) => who[i % who.length])
	const replies = await Promise.all(asks.map((name) => house.ask(people[name], 'GET', '/api/v1/audit')))
	assert.deepEqual(replies.map(({ status }) => status).filter((status) => status !== 200), [])
	const alone = Object.fromEntries(await Promise.all(who.map(async (name) => [name, await audit(name)])))
	for (const [i, { json }] of replies.entries()) assert.deepEqual(json.sentences, alone[asks[i]], asks[i])
})

test('what was recorded since is asked anew, and what only time changed after a minute', async () => {
	assert.equal(vacant(await audit('audit')).broken, 1)
	const held = await house.ask(people[personnel], 'POST', '/api/v1/tenures', { post: 'supervision-head', person: lead, kind: 'acting' })
	assert.equal(held.status, 200, held.body)
	assert.equal(vacant(await audit('audit')).broken, 0)
	assert.equal(vacant(await audit(colleague)).broken, 0)
	await house.move(61)
	assert.equal(vacant(await audit('audit')).broken, 0)
})

test('it is nobody else’s', async () => {
	problem(await house.ask(people.security, 'GET', '/api/v1/audit'), 403)
	problem(await house.ask({}, 'GET', '/api/v1/audit'), 401)
})
