// The demonstration: made once, served on this machine, its clock standing while it isn't served.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { bihuan, inside, program, root, run } from './run.mjs'

const running = []
after(() => running.forEach((child) => child.kill('SIGKILL')))
// Start it, and wait until it says where.
async function begin(...args) {
	const child = spawn(program, ['demo', ...args, '--lang', 'en'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
	running.push(child)
	const said = { out: '', err: '' }
	child.stdout.on('data', (bytes) => (said.out += bytes))
	child.stderr.on('data', (bytes) => (said.err += bytes))
	while (!/http:\/\/[0-9.:]+/.test(said.out)) {
		const [code] = await Promise.race([once(child.stdout, 'data').then(() => []), once(child, 'exit')])
		if (code !== undefined) throw new Error(`ended with ${code}: ${said.err}`)
	}
	return { child, said, address: said.out.match(/http:\/\/[0-9.:]+/)[0] }
}
async function end({ child }, signal) {
	child.kill(signal)
	const [code] = await once(child, 'exit')
	return code
}
const sign_in = (address, account, password) => fetch(`${address}/api/v1/session`, {
	method: 'POST', headers: { 'content-type': 'application/json', origin: address }, body: JSON.stringify({ account, password }),
})
const size = (folder) => JSON.parse(run('checkpoint', folder, '--json')).size

const data = inside('demo')

test('an empty folder becomes the district of 2019, with accounts of every kind of role', async () => {
	const demo = await begin('--dir', data, '--listen', '127.0.0.1:0')
	const password = demo.said.out.match(/these sample accounts: (\S+)/)[1]
	assert.match(demo.said.out, /^ruan0098 .*Supervision Office, Director$/m)
	assert.match(demo.said.out, /^guan0064 .*Organisation Department, Liaison Officer$/m)
	assert.match(demo.said.out, /^audit /m)
	for (const account of ['ruan0098', 'xian0260', 'ye0001'])
		assert.equal((await sign_in(demo.address, account, password)).status, 200, account)
	assert.equal((await sign_in(demo.address, 'ruan0098', 'another password')).status, 401)
	assert.equal(await end(demo, 'SIGTERM'), 0)
	const matters = JSON.parse(run('list', data, '--json', '--limit', '1000', '--now', '2019-07-15T23:00'))
	assert.ok(matters.length > 150)
	// Its people have worked on it until July.
	for (const lamp of ['grey', 'green', 'yellow', 'red', 'blue'])
		assert.ok(matters.filter((each) => each.lamp === lamp).length > 10, lamp)
	assert.match(run('replay', data), /all the same|完全一致/)
	assert.equal(bihuan(['audit', data, '--now', '2019-07-15T23:00']).code, 0)
})

test('served again it goes on from where it stood, and nothing is made twice', async () => {
	const before = size(data)
	const demo = await begin('--dir', data, '--listen', '127.0.0.1:0')
	assert.doesNotMatch(demo.said.err, /making/)
	assert.equal(await end(demo, 'SIGINT'), 0)
	assert.ok(size(data) - before < 20, 'only what its own clock brought')
})

test('what isn’t its own is left alone', () => {
	mkdirSync(inside('full'))
	writeFileSync(inside('full/letter.txt'), 'mine')
	const full = bihuan(['demo', '--dir', inside('full')])
	assert.equal(full.code, 1)
	assert.match(full.err, /there is something else in this folder/)
	run('init', inside('own'), '--institution', join(root, 'institutions/minimal'))
	const own = bihuan(['demo', '--dir', inside('own')])
	assert.equal(own.code, 1)
	assert.match(own.err, /an institution of its own, and no demonstration/)
	assert.match(bihuan(['demo', '--dir', data, '--listen', '0.0.0.0:0']).err, /on 127\.0\.0\.1 only/)
})

test('a port that is taken is named; without --listen another one is used', async () => {
	const other = createServer().listen(0, '127.0.0.1')
	await once(other, 'listening')
	const taken = `127.0.0.1:${other.address().port}`
	const done = spawnSync(program, ['demo', '--dir', data, '--listen', taken, '--lang', 'en'], { encoding: 'utf8' })
	assert.equal(done.status, 3)
	assert.match(done.stderr, new RegExp(`${taken}: another program listens there`))
	other.close()
	const usual = createServer().listen(8080, '127.0.0.1')
	await Promise.race([once(usual, 'listening'), once(usual, 'error')]) // taken by somebody else is as good
	const demo = await begin('--dir', data)
	assert.match(demo.said.err, /127\.0\.0\.1:8080 is taken by another program.*--listen/)
	assert.doesNotMatch(demo.address, /:8080$/)
	assert.equal((await fetch(`${demo.address}/healthz`)).status, 200)
	assert.equal(await end(demo, 'SIGTERM'), 0)
	usual.close()
})
