// What administrators do over HTTP: accounts from their making to their end, in two hands; passwords' profile; who signed in and
// who looked; who is let into a compartment. And what none of them can do.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { found, good, open, settle, shell } from './house.mjs'
import { bihuan, get, inside, problem, root } from './lib.mjs'

const administrators = found('house', 'pengjiang-2019')
const held = Object.fromEntries(readFileSync(join(root, 'institutions/pengjiang-2019/tenures.csv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split(',')).filter((row) => !row[3]).map((row) => [row[0], row[1]]))
const manager = held['discipline-management-head'], secretary = held['discipline-secretary'], bystander = held['committee-mayor'], subject = held['agriculture-head']
const stranger = held['discipline-letters-head']
const free = readFileSync(join(root, 'institutions/pengjiang-2019/people.csv'), 'utf8').trim().split('\n').map((line) => line.split(',')[0]).findLast((code) => !Object.values(held).includes(code))
const lead = shell('open', inside('house'), 'lead', 'title=线索', 'source=letters', `respondent=${subject}`, 'unit=agriculture', '--as', manager).matter
const slips = settle([manager, bystander, stranger])
const house = await open()
after(() => house.stop())
const system = await house.begin('system', administrators.system), security = await house.begin('security', administrators.security), audit = await house.begin('audit', administrators.audit)
const person = await house.settle(manager, slips[manager]), other = await house.settle(bystander, slips[bystander])
const third = await house.settle(stranger, slips[stranger])
const everybody = { system, security, audit, person, nobody: {} }
const row = async (code) => (await house.ask(system, 'GET', `/api/v1/accounts?q=${code}`)).json.accounts.find((found) => found.account === code)
const deed = (sender, id, verb, json) => house.ask(sender, 'POST', `/api/v1/accounts/${id}/${verb}`, json)

function recorded(reply) {
	assert.equal(reply.status, 200, reply.body)
	assert.equal(reply.json.receipt, `/api/v1/ledger/receipt/${reply.json.index}`)
	return reply.json
}

// ---- accounts ----

test('an account takes two administrators, and neither can sign in as it', async () => {
	const made = recorded(await house.ask(system, 'POST', '/api/v1/accounts', { person: secretary }))
	assert.match((await get(house.server, made.receipt)).body, /^c2sp\.org\/tlog-proof/)
	assert.equal((await row(secretary)).state, 'waiting')
	problem(await deed(system, made.id, 'release'), 403)
	problem(await deed(audit, made.id, 'release'), 403)
	const released = recorded(await deed(security, made.id, 'release'))
	for (const slip of [made.half, released.half, released.half + made.half]) problem(await house.ask({}, 'POST', '/api/v1/session', { account: secretary, password: slip }), 401)
	await house.settle(secretary, made.half + '-' + released.half)
	assert.deepEqual(await row(secretary), { id: made.id, account: secretary, state: 'active', person: secretary, name: (await row(secretary)).name, break_glass: false, one_time: false, totp: false })
	problem(await house.ask(system, 'POST', '/api/v1/accounts', { person: secretary }), 409)
	problem(await deed(security, made.id, 'release'), 422, 'state')
})

test('what is asked wrongly is refused with its field', async () => {
	problem(await house.ask(system, 'POST', '/api/v1/accounts', {}), 400, 'person')
	problem(await house.ask(system, 'POST', '/api/v1/accounts', { person: secretary, name: 'x' }), 400, 'person')
	problem(await house.ask(system, 'POST', '/api/v1/accounts', { person: 'no.such' }), 400, 'person')
	problem(await house.ask(system, 'POST', '/api/v1/accounts', { name: 'a b' }), 400, 'code')
	problem(await deed(security, 9999, 'release'), 404)
	problem(await deed(security, 0, 'release'), 400, 'account')
	problem(await deed(security, 1, 'grant', { admin: 'everything' }), 400, 'admin')
})

test('a reset ends what was; a locked account is unlocked; a disabled one is out', async () => {
	const { id } = await row(bystander)
	for (let i = 0; i < 5; i++) problem(await house.ask({}, 'POST', '/api/v1/session', { account: bystander, password: `wrong ${i}` }), 401)
	problem(await house.ask({}, 'POST', '/api/v1/session', { account: bystander, password: good }), 401)
	assert.ok((await row(bystander)).locked_until)
	problem(await deed(system, id, 'unlock'), 403)
	recorded(await deed(security, id, 'unlock'))
	Object.assign(other, await house.enter(bystander))
	problem(await deed(security, id, 'reset'), 403)
	const first = recorded(await deed(system, id, 'reset')).half
	problem(await house.ask(other, 'GET', '/api/v1/me'), 401)
	problem(await house.ask({}, 'POST', '/api/v1/session', { account: bystander, password: good }), 401)
	const second = recorded(await deed(security, id, 'release')).half
	const again = await house.settle(bystander, first + second)
	problem(await deed(security, id, 'disable'), 403)
	recorded(await deed(system, id, 'disable'))
	problem(await house.ask(again, 'GET', '/api/v1/me'), 401)
	problem(await house.ask({}, 'POST', '/api/v1/session', { account: bystander, password: good }), 401)
	assert.equal((await row(bystander)).state, 'disabled')
})

test('another administrator: made by one, granted by another, kept by somebody without a post', async () => {
	const made = recorded(await house.ask(system, 'POST', '/api/v1/accounts', { name: 'audit2' }))
	problem(await deed(system, made.id, 'bind', { person: secretary }), 422, 'keeper')
	problem(await deed(system, made.id, 'grant', { admin: 'audit' }), 403)
	problem(await deed(security, made.id, 'grant', { admin: 'audit' }), 422, 'keeper')
	recorded(await deed(system, made.id, 'bind', { person: free }))
	recorded(await deed(security, made.id, 'grant', { admin: 'audit' }))
	assert.equal((await row('audit2')).admin, 'audit')
	problem(await deed(security, made.id, 'grant', { admin: 'security' }), 422, 'admin')
	// Nobody grants to a person's account.
	problem(await deed(security, (await row(manager)).id, 'grant', { admin: 'audit' }), 422)
})

test('accounts are listed page by page, to administrators only', async () => {
	const all = (await house.ask(security, 'GET', '/api/v1/accounts')).json
	assert.equal(all.cursor, undefined)
	const codes = []
	let cursor = ''
	do {
		const page = (await house.ask(security, 'GET', `/api/v1/accounts?limit=2${cursor && `&cursor=${cursor}`}`)).json
		codes.push(...page.accounts.map((found) => found.account))
		cursor = page.cursor
	} while (cursor)
	assert.deepEqual(codes, all.accounts.map((found) => found.account))
	assert.deepEqual((await house.ask(audit, 'GET', '/api/v1/accounts?state=disabled')).json.accounts.map((found) => found.account), [bystander])
	problem(await house.ask(system, 'GET', '/api/v1/accounts?cursor=zzz'), 400, 'cursor')
})

test('what is an administrator’s is nobody else’s, and fresh where it changes something', async () => {
	const theirs = [
		['GET', '/api/v1/accounts', undefined, ['system', 'security', 'audit']],
		['GET', '/api/v1/sign-ins', undefined, ['audit']],
		['GET', '/api/v1/looks', undefined, ['audit']],
		['PUT', '/api/v1/policy/password', { profile: 'asvs' }, ['security']],
	]
	for (const [method, path, json, may] of theirs)
		for (const [name, sender] of Object.entries(everybody)) {
			const reply = await house.ask(sender, method, path, json)
			if (may.includes(name)) assert.equal(reply.status, 200, `${name} ${path} ${reply.body}`)
			else problem(reply, name === 'nobody' ? 401 : 403)
		}
	for (const path of ['/api/v1/accounts', '/api/v1/accounts/1/release', '/api/v1/accounts/1/disable', `/api/v1/matters/${lead}/members`]) {
		const json = path.endsWith('accounts') ? { name: 'x' } : path.endsWith('members') ? { person: manager, until: '2030-01-01', reason: 'x' } : undefined
		problem(await house.ask(person, 'POST', path, json), 403, 'account')
		problem(await house.ask({}, 'POST', path, json), 401)
	}
})

test('the profile of passwords is the security administrator’s', async () => {
	recorded(await house.ask(security, 'PUT', '/api/v1/policy/password', { profile: 'djbh3' }))
	const options = (await house.ask({}, 'GET', '/api/v1/session/options')).json
	assert.equal(options.profile, 'djbh3')
	assert.match(options.rules_zh, /每 90 天/)
	assert.deepEqual((await house.enter(manager)).needs, ['password']) // too few kinds by the new one
	recorded(await house.ask(security, 'PUT', '/api/v1/policy/password', { profile: 'asvs' }))
	problem(await house.ask(security, 'PUT', '/api/v1/policy/password', { profile: 'none' }), 400, 'profile')
})

// ---- who signed in, who looked ----

test('the audit administrator reads who tried to sign in, and that is a look of its own', async () => {
	await house.ask({}, 'POST', '/api/v1/session', { account: 'no.such.name', password: 'whatever' })
	const all = (await house.ask(audit, 'GET', '/api/v1/sign-ins')).json.sign_ins
	assert.equal(all[0].reason, 'unknown')
	assert.equal(all[0].account, undefined)
	const theirs = (await house.ask(audit, 'GET', `/api/v1/sign-ins?account=${bystander}&limit=3`)).json.sign_ins
	assert.deepEqual(theirs.map(({ account, reason }) => [account, reason]), [[bystander, 'disabled'], [bystander, 'passed'], [bystander, 'passed']].slice(0, theirs.length))
	problem(await house.ask(audit, 'GET', '/api/v1/sign-ins?account=no.such'), 400, 'account')
	// Page by page they are the same, also of one account; a cursor is good for its own question.
	for (const of of ['', `&account=${bystander}`]) {
		const whole = (await house.ask(audit, 'GET', '/api/v1/sign-ins?limit=1000' + of)).json.sign_ins, found = []
		for (let cursor = '', pages = 0; cursor !== undefined; pages++) {
			const page = await house.ask(audit, 'GET', `/api/v1/sign-ins?limit=2${of}${cursor && '&cursor=' + cursor}`)
			assert.ok(pages < 500)
			found.push(...page.json.sign_ins)
			cursor = page.json.cursor
		}
		assert.ok(whole.length > 2)
		assert.deepEqual(found, whole)
	}
	const { cursor } = (await house.ask(audit, 'GET', '/api/v1/sign-ins?limit=1')).json
	problem(await house.ask(audit, 'GET', `/api/v1/sign-ins?account=${bystander}&cursor=${cursor}`), 400, 'cursor')
	problem(await house.ask(audit, 'GET', `/api/v1/looks?cursor=${cursor}`), 400, 'cursor')
})

// ---- compartments ----

const members = `/api/v1/matters/${lead}/members`
const until = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10)

test('who grants can’t read, who is granted can, and who isn’t never learns of it', async () => {
	problem(await house.ask(third, 'GET', members), 404, 'matter')
	problem(await house.ask(third, 'GET', '/api/v1/matters/99999/members'), 404, 'matter')
	assert.deepEqual((await house.ask(security, 'GET', members)).json.members, [])
	problem(await house.ask(security, 'GET', `/api/v1/matters/${lead}/looks`), 403)
	problem(await house.ask(system, 'GET', members), 403)
	const grant = (json) => house.ask(security, 'POST', members, json)
	problem(await grant({ person: subject, until: until(30), reason: '不应准许' }), 422, 'avoidance')
	problem(await grant({ person: secretary, until: until(200), reason: '太久' }), 400, 'until')
	problem(await grant({ person: secretary, until: until(30), reason: ' ' }), 400, 'reason')
	problem(await grant({ person: 'no.such', until: until(30), reason: '无此人' }), 400, 'person')
	recorded(await grant({ person: manager, until: until(30), reason: '负责本线索', owner: true }))
	recorded(await grant({ person: bystander, until: until(30), reason: '协助' }))
	const list = (await house.ask(security, 'GET', members)).json.members
	assert.deepEqual(list.map(({ person: code, owner, by }) => [code, owner, by]), [[manager, true, 'security'], [bystander, false, 'security']])
	const inside = await house.enter(manager)
	assert.equal((await house.ask(inside, 'GET', members)).json.members.length, 2)
})

test('each look is recorded before it is answered, and those inside see who looked', async () => {
	const sender = await house.enter(manager)
	const looks = (await house.ask(sender, 'GET', `/api/v1/matters/${lead}/looks`)).json.looks
	assert.ok(looks.length > 0)
	for (const look of looks) assert.deepEqual([look.object, look.account], [`m${lead}`, manager])
	const all = (await house.ask(audit, 'GET', `/api/v1/looks?object=m${lead}`)).json.looks
	const whole = (await house.ask(audit, 'GET', '/api/v1/looks')).json.looks, found = []
	for (let cursor = ''; cursor !== undefined;) {
		const page = await house.ask(audit, 'GET', `/api/v1/looks?limit=1${cursor && '&cursor=' + cursor}`)
		assert.ok(page.json.looks.length === 1 && found.length < 500)
		found.push(...page.json.looks)
		cursor = page.json.cursor
	}
	assert.ok(whole.length > 1)
	// To read these records is a look, too, so newer ones may have come meanwhile; what was there is there once.
	assert.deepEqual(found.slice(-whole.length + 1).map((look) => look.first), whole.slice(1).map((look) => look.first))
	assert.deepEqual(all, looks)
})

test('a compartment is entered by who has just proved who they are', async () => {
	const sender = await house.enter(manager)
	await house.move(9 * 60 + 30)
	assert.equal((await house.ask(sender, 'GET', members)).status, 200)
	await house.move(60)
	problem(await house.ask(sender, 'GET', members), 403, 'session', 'step_up')
})

test('the owner sends a member away, and can’t let anybody in', async () => {
	const sender = await house.enter(manager)
	problem(await house.ask(sender, 'POST', members, { person: stranger, until: until(10), reason: '自行增加' }), 403)
	recorded(await house.ask(sender, 'DELETE', `${members}/${bystander}`))
	problem(await house.ask(sender, 'DELETE', `${members}/${bystander}`), 404, 'person')
	const list = (await house.ask(sender, 'GET', members)).json.members
	assert.ok(list.find((found) => found.person === bystander).until <= until(1))
})

test('all of it is in the record, and the record is whole', async () => {
	await house.stop()
	const done = spawnSync(bihuan, ['audit', inside('house'), '--lang', 'en'], { encoding: 'utf8' })
	assert.equal(done.status, 0, done.stdout + done.stderr)
	const replayed = spawnSync(bihuan, ['replay', inside('house'), '--lang', 'en'], { encoding: 'utf8' })
	assert.match(replayed.stdout, /all the same/, replayed.stderr)
})
