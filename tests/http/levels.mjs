// Files between levels over HTTP: a task sent down, looked at and taken, a report sent up; each in the sender's rights, and nothing written
// before it is confirmed.
import assert from 'node:assert/strict'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ask, bihuan, foreseen, get, inside, launch, problem, root, run, signIn } from './lib.mjs'

const registry = 'li.zhufei', lead = 'deng.puqing', outsider = 'zhao.xilu', names = [registry, lead, outsider]
const key = (data) => JSON.parse(run('package', 'key', data, '--json'))
const now = ['--now', '2019-01-09T09:00']

// Two of the smallest institutions, each under a name of its own.
function institution(name) {
	const from = inside(`${name}-institution`), data = inside(name)
	cpSync(join(root, 'institutions/minimal'), from, { recursive: true })
	const yaml = join(from, 'institution.yaml')
	writeFileSync(yaml, readFileSync(yaml, 'utf8').replace('bureau.example/minimal', `${name}.example/${name}`))
	run('init', data, '--institution', from, '--now', '2018-12-31T08:00')
	run('account', data, 'samples', ...names, '--now', '2018-12-31T09:00')
	return data
}
const folders = { city: institution('city'), town: institution('town') }
const enter = (at, code, side, other) => run('package', 'peer', folders[at], code, '--side', side, '--title', code, '--key', key(folders[other]).key,
	'--fingerprint', key(folders[other]).fingerprint, '--as', 'security', '--now', '2019-01-02T08:00')
enter('city', 'town', 'below', 'town')
enter('town', 'city', 'above', 'city')

const serve = (name) => launch(bihuan, ['serve', folders[name], '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', ...now])
const servers = { city: await serve('city'), town: await serve('town') }
after(() => Promise.all(Object.values(servers).map((server) => server.stop())))
const document = (await get(servers.city, '/api/v1/openapi.json')).json
const people = {}
for (const at of ['city', 'town']) for (const name of names) people[`${at} ${name}`] = await signIn(servers[at], name)

async function does(who, method, path, of, body, headers) {
	const reply = method === 'GET' ? await people[who].get(`/api/v1${path}`) : await people[who].post(`/api/v1${path}`, body, { headers })
	foreseen(document, `/api/v1${of ?? path}`, method, reply)
	return reply
}
const good = (reply) => {
	assert.ok(reply.status < 300, reply.body)
	return reply.json
}
async function send(who, bytes) {
	const reply = await ask(people[who].server, 'POST', '/api/v1/imports?name=1.package', { body: bytes, headers: { ...people[who].headers, 'Content-Length': bytes.length } })
	return good(reply).file
}
const step = (who, file, what, body = {}) => does(who, 'POST', `/packages/received/${file}/${what}`, `/packages/received/{file}/${what}`, body)
const events = async (at) => Number((await get(servers[at], '/api/v1/ledger/checkpoint')).body.split('\n')[1])
const fetchFile = async (who, id) => {
	const reply = await people[who].get(`/api/v1/packages/${id}/file`)
	assert.equal(reply.status, 200, reply.body)
	return reply.bytes
}

let task, down
test('the institutions above and below are shown with fingerprints; only the security administrator enters one', async () => {
	const said = good(await does(`city ${registry}`, 'GET', '/peers'))
	assert.deepEqual(said.peers.map((peer) => [peer.code, peer.side, peer.fingerprint]), [['town', 'below', key(folders.town).fingerprint]])
	assert.equal(said.own_fingerprint, key(folders.city).fingerprint)
	const body = { code: 'x', title: 'x', side: 'below', key: key(folders.town).key, fingerprint: key(folders.town).fingerprint }
	problem(await does(`city ${registry}`, 'POST', '/peers', undefined, body), 403)
	problem(await get(servers.city, '/api/v1/peers'), 401)
})

test('a task goes down, once under its key, in the rights of whoever could speak in the matter', async () => {
	task = good(await people[`city ${registry}`].post('/api/v1/matters', { procedure: 'task', fields: { title: '河道清淤', lead_unit: 'projects', leader: 'deputy-director-2', due: '2019-06-28' } })).matter
	const asked = { peer: 'town', items: [{ matter: task, requirement: '汛期前完成', report_on: ['2019-03-29'] }] }
	const make = (who, body, headers) => does(who, 'POST', '/packages', undefined, body, headers)
	problem(await make(`city ${registry}`, { ...asked, peer: 'nobody' }), 404, 'peer')
	problem(await make(`city ${registry}`, { peer: 'town', items: [{ matter: task }] }), 400, '1.requirement')
	problem(await make(`city ${registry}`, { peer: 'town', items: [{ matter: 99, requirement: 'x' }] }), 404, '1.matter')
	problem(await make(`city ${outsider}`, asked), 403, 'by')
	const made = good(await make(`city ${registry}`, asked, { 'Idempotency-Key': 'd1' }))
	assert.equal(good(await make(`city ${registry}`, asked, { 'Idempotency-Key': 'd1' })).again, true)
	assert.equal(made.file, '/api/v1/packages/1/file')
	down = await fetchFile(`city ${registry}`, 1)
	assert.ok(down.toString('latin1').startsWith('signature'))
	problem(await does(`city ${registry}`, 'GET', '/packages/9/file', '/packages/{package}/file'), 404)
	assert.equal(good(await does(`city ${registry}`, 'GET', '/packages')).packages[0].items[0].requirement, '汛期前完成')
})

test('it is looked at without writing, completed, confirmed, and taken once', async () => {
	const before = await events('town'), who = `town ${registry}`
	const file = await send(who, down)
	const seen = good(await step(who, file, 'preview'))
	assert.deepEqual([seen.from.code, seen.number, seen.again, seen.growth, seen.items[0].does], ['city', 1, false, 'first', 'opens'])
	assert.deepEqual(seen.errors.map((fault) => fault.field).sort(), ['lead_unit', 'leader'])
	problem(await step(who, file, 'take', { digest: seen.digest }), 400, 'items')
	const items = [{ fields: { lead_unit: 'projects', leader: 'deputy-director-2' } }]
	const whole = good(await step(who, file, 'preview', { items }))
	assert.deepEqual(whole.errors, [])
	problem(await step(who, file, 'take', { items, digest: seen.digest }), 409, 'digest')
	problem(await step(who, '0'.repeat(64), 'preview'), 404)
	// Whoever couldn't open it by hand can't take it.
	const other = await send(`town ${outsider}`, down)
	assert.ok(good(await step(`town ${outsider}`, other, 'preview', { items })).errors.length > 0)
	assert.equal(await events('town'), before)
	const done = good(await step(who, file, 'take', { items, digest: whole.digest }))
	assert.deepEqual([done.again, done.count, await events('town')], [false, 2, before + 2])
	assert.equal(good(await step(who, file, 'take', { items, digest: whole.digest })).again, true)
	assert.equal(good(await step(who, file, 'preview')).again, true)
	assert.equal(await events('town'), before + 2)
	const matter = good(await people[who].get('/api/v1/matters/1'))
	assert.deepEqual(matter.packages.map((row) => [row.kind, row.taken, row.requirement, row.peer.code]), [['task', true, '汛期前完成', 'city']])
})

test('what isn\'t whole, isn\'t signed or isn\'t for us is refused with its place', async () => {
	const refused = async (who, bytes, place) => problem(await step(who, await send(who, bytes), 'preview'), place === 'file' ? 400 : 422, place)
	const changed = Buffer.from(down)
	changed.write('3', down.indexOf('2019-06-28') + 6)
	await refused(`town ${registry}`, changed, 'manifest.json')
	const forged = Buffer.from(down)
	forged.write('2', down.indexOf('number 1') + 7)
	await refused(`town ${registry}`, forged, 'signature')
	await refused(`city ${registry}`, down, 'from')
	await refused(`town ${registry}`, Buffer.from('nothing'), 'file')
	await refused(`town ${registry}`, down.subarray(0, down.length - 512), 'file')
})

test('a report goes up with the acts it tells of, and stands verified on the task', async () => {
	const who = `town ${registry}`
	good(await people[who].post('/api/v1/matters/1/actions/send', {}))
	good(await people[`town ${lead}`].post('/api/v1/matters/1/actions/sign', {}))
	good(await people[`town ${lead}`].post('/api/v1/matters/1/actions/report', { fields: { progress: 30, note: '已开工' } }))
	good(await does(`town ${lead}`, 'POST', '/packages', undefined, { peer: 'city', items: [{ matter: 1, text: '已开工,进度三成', files: true }] }))
	const up = await fetchFile(`town ${lead}`, 2)
	const file = await send(`city ${registry}`, up)
	const seen = good(await step(`city ${registry}`, file, 'preview'))
	assert.deepEqual([seen.items[0].does, seen.items[0].acts.length, seen.errors], ['notes', 3, []])
	good(await step(`city ${registry}`, file, 'take', { digest: seen.digest }))
	const shown = good(await people[`city ${registry}`].get(`/api/v1/matters/${task}`))
	assert.deepEqual(shown.packages.map((row) => [row.kind, row.taken, row.text]), [['task', false, undefined], ['report', true, '已开工,进度三成']])
	assert.deepEqual(shown.packages[1].acts.at(-1).lines.map((line) => line.text).sort(), ['30%', '已开工'])
	assert.deepEqual(good(await does(`city ${registry}`, 'GET', '/packages')).packages.map((row) => [row.number, row.taken]), [[1, true], [1, false]])
})
