// A machine at its end: a disk without room, as many connections as there may be, a stop while a file is on its way. What can't be
// done is said, what was taken stays, and with room again it goes on without a restart.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { get, inside, keepAlive, problem, replies, run, signIn, smallest, start, until } from './lib.mjs'

const registry = 'li.zhufei', lead = 'deng.puqing'
const fields = { title: '修缮屋顶', lead_unit: 'projects', leader: 'deputy-director-2', due: '2099-06-28' }
const pieces = (data) => readdirSync(join(data, 'uploads')).filter((name) => name.includes('.part'))

// A file being sent on a connection of its own: `send` more of it, `said` is the answer.
async function sending(server, person, name, size) {
	const socket = connect({ port: server.port, host: '127.0.0.1' })
	const one = { said: '', socket }
	socket.on('data', (bytes) => (one.said += bytes.toString('latin1')))
	socket.on('error', () => {})
	one.closed = new Promise((done) => socket.on('close', done))
	one.send = (bytes) => new Promise((done) => socket.write(bytes, done))
	one.answer = async () => replies(await until(() => /\r\n\r\n[^]*\}/.test(one.said) && one.said))[0]
	await one.send(`POST /api/v1/evidence?name=${name} HTTP/1.1\r\nHost: a\r\nCookie: ${person.headers.Cookie}\r\nContent-Length: ${size}\r\n\r\n`)
	return one
}
const text = (size) => Buffer.alloc(size, 'a line\n')

// ---- the disk ----

const disk = inside('disk')
mkdirSync(disk)
const mounted = process.getuid() === 0 && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=180m', 'tmpfs', disk]).status === 0

// All the room that is left, but for so many bytes.
function fillUp(but = 0) {
	const path = join(disk, 'ballast'), fd = openSync(path, 'w'), block = Buffer.alloc(1 << 16)
	let size = 0
	try {
		for (;;) size += writeSync(fd, block)
	} catch (error) {
		assert.equal(error.code, 'ENOSPC')
	}
	closeSync(fd)
	if (but > 0) spawnSync('truncate', ['-s', String(size - but), path])
}
const makeRoom = () => rmSync(join(disk, 'ballast'))

test('a full disk: what can’t be kept is refused with what to do, reading goes on, and with room it all goes on', { skip: !mounted && 'it takes root to have a small disk' }, async (t) => {
	t.after(() => spawnSync('umount', ['-l', disk]))
	const data = smallest('disk/data', registry, lead)
	const server = await start('disk/data', { limits: 'off' })
	const writer = await signIn(server, registry), sender = await signIn(server, lead)
	const open = () => writer.post('/api/v1/matters', { procedure: 'task', fields })
	assert.equal((await open()).status, 201)

	// It runs full while a file is on its way.
	const one = await sending(server, sender, 'long.txt', 20 << 20)
	await one.send(text(1 << 20))
	await until(() => pieces(data).length === 1)
	fillUp()
	one.send(text(19 << 20))
	const torn = await one.answer()
	assert.equal(torn.status, 507, torn.body)
	assert.equal(JSON.parse(torn.body).code, 'full')
	one.socket.destroy()
	await until(() => pieces(data).length === 0)

	fillUp()
	const late = await sending(server, sender, 'late.txt', 5)
	await late.send('12345')
	assert.equal((await late.answer()).status, 507)
	late.socket.destroy()
	// What the files have room for already may still be used up.
	let refused, done = 1
	for (; done < 5000 && (refused = await open()).status === 201; done++);
	assert.match(problem(refused, 507, undefined, 'full').title, /room/)
	for (let i = 0; i < 3; i++) problem(await open(), 507)
	const seen = await writer.get('/api/v1/matters?limit=1')
	assert.equal(seen.status, 200, seen.body)
	assert.equal((await get(server, '/healthz')).status, 200)

	makeRoom()
	assert.equal((await open()).status, 201)
	const again = await sending(server, sender, 'again.txt', 5)
	await again.send('12345')
	assert.equal((await again.answer()).status, 201)
	again.socket.destroy()
	fillUp()
	assert.equal((await server.stop()).code, 0, 'it stops on a full disk too')
	makeRoom()
	run('replay', data)
	assert.equal(JSON.parse(run('list', data, '--json', '--limit', '10000')).length, done + 1)
})

// ---- a stop ----

test('a file that is on its way when the stop comes is taken whole, or leaves nothing', async () => {
	const data = smallest('stopped', lead)
	const server = await start('stopped', { limits: 'off', drain: 2 })
	const sender = await signIn(server, lead)
	const whole = await sending(server, sender, 'whole.txt', 1 << 20), half = await sending(server, sender, 'half.txt', 1 << 20)
	await whole.send(text(1 << 19))
	await half.send(text(1 << 19))
	await until(() => pieces(data).length === 2)
	server.process.kill('SIGTERM')
	await until(async () => (await get(server, '/healthz').catch((error) => error.code)) === 'ECONNREFUSED')
	await whole.send(text(1 << 19))
	const taken = await whole.answer()
	assert.equal(taken.status, 201, taken.body)
	const { hash } = JSON.parse(taken.body)
	assert.equal(await server.ended, 0)
	await half.closed
	assert.equal(half.said, '')
	assert.deepEqual(pieces(data), [])
	assert.deepEqual(readdirSync(join(data, 'evidence')), [hash])
})

// ---- connections ----

test('more connections than there may be wait, and are served when one goes', async () => {
	const server = await start('many', { connections: 16 })
	const agents = Array.from({ length: 16 }, () => keepAlive({ maxSockets: 1 }))
	const ask = async () => {
		for (const [i, agent] of agents.entries()) assert.equal((await get(server, '/healthz', { agent, from: `127.0.0.${2 + (i % 4)}` })).status, 200)
	}
	await ask()
	let served = false
	const waits = get(server, '/healthz', { from: '127.0.0.9' }).then((reply) => (served = reply.status))
	// Those that are in are served as ever.
	await ask()
	assert.equal(served, false)
	agents.pop().destroy()
	assert.equal(await waits, 200)
	for (const agent of agents) agent.destroy()
	assert.equal((await get(server, '/healthz')).status, 200)
})
