// Signing in with the password of the institution's directory: a real slapd, the server over HTTP, people who are tied or known by number.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { certificate } from '../outbox/servers.mjs'
import { base, directory, service } from '../outside/slapd.mjs'
import { found, good, open, settle, shell } from './house.mjs'
import { bihuan, folder, get, inside, problem } from './lib.mjs'

const chen = 'chen.zhuzhou', li = 'li.zhufei', tan = 'tan.yunlan', su = 'su.lanmo', lu = 'lu.tinghe'
const theirs = 'a password of the directory'
const host = '127.0.0.1' // libldap takes localhost for this machine's own name
const { cert } = certificate(folder, host), stranger = certificate(folder, 'elsewhere').cert
// Whoever is referred there would come here.
let referred = 0
const trap = createServer((socket) => { referred++; socket.destroy() }).listen(0, '127.0.0.1')
await once(trap, 'listening')
after(() => trap.close())
const people = [
	{ uid: 'chen', password: theirs },
	{ uid: 'impostor', password: theirs, number: chen },
	{ uid: 'li', password: theirs, number: li },
	{ uid: 'su', password: theirs, number: su },
	{ uid: 'lu', password: theirs, number: lu },
	{ uid: 'nobody', password: theirs, number: 'system' },
	{ uid: 'mute' },
	{ uid: 'twice', password: theirs, number: tan }, { uid: 'twice', password: theirs, number: tan, of: 'others' },
]
const more = `dn: ou=away,${base}
objectClass: referral
objectClass: extensibleObject
ou: away
ref: ldap://127.0.0.1:${trap.address().port}/ou=away,${base}
`
const ldap = await directory(folder, { people, more, cert, key: join(folder, `${host}.key`) })
after(() => ldap.child.kill())

const sample = { hosts: [host], inside: [host], ca: cert, local: 'everyone',
	ldap: { title: '局内账号', host, port: ldap.secure, tls: 'implicit', ...service, base, filter: '(&(objectClass=inetOrgPerson)(uid={name}))', person: 'employeeNumber' } }
const setUp = (more = {}, server = {}) =>
	writeFileSync(join(inside('house'), 'sign-in.json'), JSON.stringify({ ...sample, ...more, ldap: { ...sample.ldap, ...server } }), { mode: 0o600 })
const administrators = found()
const slips = settle([chen, li, tan, su, lu])
const house = await open()
after(() => house.stop())
const keepers = {}
for (const name of ['system', 'security', 'audit']) keepers[name] = await house.begin(name, administrators[name])
await house.settle(chen, slips[chen])
const ids = Object.fromEntries((await house.ask(keepers.system, 'GET', '/api/v1/accounts')).json.accounts.map(({ id, account }) => [account, id]))
const does = (who, method, account, path, json) => house.ask(keepers[who], method, `/api/v1/accounts/${ids[account]}/${path}`, json)
const enter = (account, password = theirs, more = {}, sender = {}) => house.ask(sender, 'POST', '/api/v1/session', { account, password, way: 'ldap', ...more })
const options = async () => (await get(house.server, '/api/v1/session/options')).json

test('nothing is offered, and nothing goes, where nothing is set up', async () => {
	const { local, ways } = await options()
	assert.deepEqual([local, ways], ['everyone', []])
	problem(await enter('li'), 409, 'way')
	setUp()
	assert.deepEqual((await options()).ways, [{ way: 'ldap', title: '局内账号', title_en: '' }])
})

test('who is known by number signs in with the directory’s password, and with no other', async () => {
	const sender = {}
	const reply = await enter('li', theirs, {}, sender)
	assert.equal(reply.status, 200, reply.body)
	assert.deepEqual(reply.json.needs, [])
	assert.equal((await house.ask(sender, 'GET', '/api/v1/me')).json.account, li)
	const said = new Set()
	for (const [name, password] of [['li', 'a wrong password'], ['nobody.at.all', theirs], ['mute', theirs], ['twice', theirs], [li, theirs]]) {
		const { request, ...rest } = problem(await enter(name, password), 401, 'account')
		assert.ok(request)
		said.add(JSON.stringify(rest))
	}
	assert.equal(said.size, 1)
	problem(await house.ask({}, 'POST', '/api/v1/session', { account: li, password: theirs }), 401)
})

test('what is typed as a name is a name, whatever it looks like', async () => {
	for (const name of ['*', 'l*', 'li)(uid=*', '*)(objectClass=*', 'li)(|(uid=*', '\\6c\\69', 'uid=li', 'LI)', 'li\u3000*', '（li）'])
		problem(await enter(name), 401, 'account')
	problem(await enter('li\u0000'), 400, 'account')
	problem(await enter('li', ''), 400, 'password')
	problem(await house.ask({}, 'POST', '/api/v1/session', { account: 'li', way: 'ldap' }), 400, 'password')
	assert.equal(referred, 0)
})

test('a tie is made by one administrator and put in force by another', async () => {
	const tie = { issuer: 'ldap', subject: ldap.ids.chen }
	const known = problem(await enter('chen'), 401, 'account').detail
	assert.match(known, new RegExp(`recognised as ${ldap.ids.chen} of ldap`))
	for (const who of ['security', 'audit']) problem(await does(who, 'POST', chen, 'tie', tie), 403, 'by')
	problem(await does('system', 'POST', 'audit', 'tie', tie), 422, 'account')
	problem(await does('system', 'POST', chen, 'tie', { issuer: 'ldap', subject: '' }), 400, 'subject')
	assert.equal((await does('system', 'POST', chen, 'tie', tie)).status, 200)
	problem(await enter('chen'), 401, 'account')
	problem(await house.ask({}, 'POST', '/api/v1/session', { account: chen, password: good }), 401)
	problem(await does('system', 'POST', chen, 'release'), 403, 'by')
	const released = await does('security', 'POST', chen, 'release')
	assert.equal(released.status, 200, released.body)
	assert.equal(released.json.half, undefined)
	const sender = {}
	assert.equal((await enter('chen', theirs, {}, sender)).status, 200)
	assert.equal((await house.ask(sender, 'GET', '/api/v1/me')).json.account, chen)
	problem(await does('system', 'POST', lu, 'tie', tie), 409, 'subject')
	const row = (await house.ask(keepers.audit, 'GET', `/api/v1/accounts?q=${chen}`)).json.accounts[0]
	assert.deepEqual([row.issuer, row.subject, row.break_glass], ['ldap', ldap.ids.chen, false])
})

test('who is tied isn’t entered by a number, and no number leads to an administrator', async () => {
	for (const name of ['impostor', 'nobody']) assert.match(problem(await enter(name), 401, 'account').detail, /recognised as/)
})

test('a second factor that is enrolled here is asked for here', async () => {
	const sender = {}
	assert.equal((await enter('su', theirs, {}, sender)).status, 200)
	const { uri } = (await house.ask(sender, 'POST', '/api/v1/me/totp')).json
	assert.equal((await house.ask(sender, 'POST', '/api/v1/me/totp/confirmation', { totp: house.code(uri) })).status, 200)
	problem(await enter('su'), 401, 'account')
	problem(await enter('su', theirs, { totp: '000000' }), 401)
	await house.move(60)
	assert.equal((await enter('su', theirs, { totp: house.code(uri) })).status, 200)
})

test('who is signed in proves it again with that password, and only for themselves', async () => {
	const sender = {}
	await enter('li', theirs, {}, sender)
	await house.move(660)
	assert.equal((await house.ask(sender, 'GET', '/api/v1/me')).json.fresh, false)
	const prove = (more) => house.ask(sender, 'POST', '/api/v1/session/proof', more)
	problem(await prove({ way: 'ldap', account: 'li', password: 'a wrong password' }), 401)
	problem(await prove({ way: 'ldap', password: theirs }), 400, 'account')
	problem(await prove({}), 400, 'password')
	problem(await prove({ totp: '123456' }), 400, 'password')
	assert.match(problem(await prove({ way: 'ldap', account: 'lu', password: theirs }), 401).detail, /isn't who is signed in/)
	assert.equal((await prove({ way: 'ldap', account: 'li', password: theirs })).status, 200)
	assert.equal((await house.ask(sender, 'GET', '/api/v1/me')).json.fresh, true)
})

test('five wrong passwords shut it here too, and a disabled account is shut', async () => {
	for (let i = 0; i < 5; i++) problem(await enter('lu', 'a wrong password'), 401)
	problem(await enter('lu'), 401, 'account')
	for (const [who, oneTime] of [['system'], ['security'], ['audit']]) {
		assert.equal(oneTime, undefined)
		const proof = await house.ask(keepers[who] = await house.enter(who, good, house.code(keepers[who].uri)).then((sender) => Object.assign(sender, { uri: keepers[who].uri })), 'GET', '/api/v1/me')
		assert.equal(proof.status, 200)
	}
	assert.equal((await does('security', 'POST', lu, 'unlock')).status, 200)
	assert.equal((await enter('lu')).status, 200)
	assert.equal((await does('system', 'POST', lu, 'disable')).status, 200)
	assert.match(problem(await enter('lu'), 401, 'account').detail, /disabled/)
	assert.equal((await house.ask(keepers.audit, 'GET', `/api/v1/sign-ins?account=${lu}&limit=1`)).json.sign_ins[0].reason, 'disabled')
})

test('where passwords are closed, only administrators and marked accounts go on with theirs, and that is told', async () => {
	setUp({ local: 'break_glass' })
	assert.equal((await options()).local, 'break_glass')
	const local = (account, password = good) => house.ask({}, 'POST', '/api/v1/session', { account, password })
	assert.match(problem(await local(chen), 401, 'way').detail, /the password is right/)
	problem(await local(chen, 'not this one'), 401, 'account')
	for (const who of ['system', 'audit']) problem(await does(who, 'POST', chen, 'break-glass'), 403, 'by')
	assert.equal((await does('security', 'POST', chen, 'break-glass')).status, 200)
	problem(await does('security', 'POST', chen, 'break-glass'), 409, 'account')
	problem(await does('security', 'POST', 'system', 'break-glass'), 422, 'account')
	const uses = async () => (await house.ask(keepers.audit, 'GET', '/api/v1/looks?object=break_glass')).json.looks
	assert.deepEqual(await uses(), [])
	const reply = await local(chen)
	assert.equal(reply.status, 200, reply.body)
	assert.deepEqual(reply.json.needs, ['totp'])
	assert.deepEqual((await uses()).map(({ account, times }) => [account, times]), [[chen, 1]])
	assert.equal((await enter('li')).status, 200)
	assert.equal((await uses()).length, 1)
})

test('when the directory is down it says so, and the marked account still comes in', async () => {
	await ldap.stop()
	const reply = problem(await enter('li'), 502, 'ldap', 'away')
	assert.match(reply.detail, /directory can't be asked now/)
	assert.equal((await house.ask({}, 'POST', '/api/v1/session', { account: chen, password: good })).status, 200)
	const doctor = (lang = 'en') => execFileSync(bihuan, ['doctor', inside('house'), '--lang', lang], { encoding: 'utf8' })
	assert.match(doctor(), /mind {2}the directory \(LDAP\) can't be used: ldap: the directory can't be asked now: nobody takes the connection, or it broke off \(Can't contact LDAP server/)
	assert.match(doctor('zh'), /目录服务目前无法使用:无人接受连接,或连接中断\n/)
	await ldap.start()
	assert.match(doctor(), /well {2}the directory \(LDAP\) answers as it should/)
	assert.equal((await enter('li')).status, 200)
})

test('nothing is said to a server that isn’t the one: another certificate, no TLS, an address that isn’t listed', async () => {
	setUp({}, { port: ldap.port, tls: 'starttls' })
	assert.equal((await enter('li')).status, 200)
	for (const server of [{}, { port: ldap.port, tls: 'starttls' }]) {
		setUp({ ca: stranger }, server)
		problem(await enter('li'), 502, 'ldap', 'away')
	}
	for (const ca of [inside('nowhere.pem'), join(inside('house'), 'sign-in.json')]) {
		setUp({ ca })
		problem(await enter('li'), 502, undefined, 'away')
	}
	setUp({ inside: [] })
	assert.match(problem(await enter('li'), 502, 'ldap').detail, /inner address/)
	setUp({}, { password: 'not the service account’s' })
	problem(await enter('li'), 502, 'ldap')
	setUp({}, { port: ldap.port, tls: 'none' })
	assert.equal((await enter('li')).status, 200)
})

test('a file that is wrong opens nothing', async () => {
	for (const wrong of [{ local: 'nobody' }, { hosts: [] }, { more: 1 }]) {
		setUp(wrong)
		problem(await enter('li'), 409, 'way')
		assert.equal((await options()).local, 'break_glass')
		problem(await house.ask({}, 'POST', '/api/v1/session', { account: li, password: slips[li] }), 401)
	}
	setUp()
})

test('untied, the account is nobody’s there, and its sessions are over', async () => {
	const sender = {}
	assert.deepEqual((await enter('chen', theirs, {}, sender)).json.needs, ['totp'])
	problem(await does('system', 'DELETE', chen, 'tie'), 403, 'by')
	assert.equal((await does('security', 'DELETE', chen, 'tie')).status, 200)
	problem(await does('security', 'DELETE', chen, 'tie'), 409, 'account')
	problem(await house.ask(sender, 'GET', '/api/v1/me'), 401)
	problem(await enter('chen'), 401, 'account')
	assert.equal((await does('security', 'DELETE', chen, 'break-glass')).status, 200)
})

test('what was done is in the record, which is whole', async () => {
	await house.stop()
	execFileSync(bihuan, ['replay', inside('house')])
	execFileSync(bihuan, ['audit', inside('house')])
	const accounts = shell('account', inside('house'), 'list')
	assert.equal(accounts.find(({ account }) => account === chen).issuer, '')
})
