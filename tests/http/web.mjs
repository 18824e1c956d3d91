// The pages over real HTTP: what is embedded, how it may be kept, what a browser is allowed to do with it, and which addresses are
// the interface's alone.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { ask, bihuan, get, inside, launch, problem, root } from './lib.mjs'

const data = inside('data')
const made = spawnSync(bihuan, ['init', data, '--institution', join(root, 'institutions/pengjiang-2019'), '--now', '2018-12-31T08:00'])
assert.equal(made.status, 0, made.stderr.toString())
const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--now', '2019-01-01T08:00'])
after(() => server.stop())

const page = await get(server, '/')
const scripts = [...page.body.matchAll(/<script type="module"[^>]* src="([^"]+)"/g)].map((match) => match[1])

test('the page says what may be loaded, run and framed, and is kept by nobody', () => {
	assert.equal(page.status, 200)
	assert.equal(page.headers['content-type'], 'text/html; charset=utf-8')
	const policy = Object.fromEntries(page.headers['content-security-policy'].split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)]))
	assert.deepEqual(policy['default-src'], ["'none'"])
	assert.deepEqual(policy['script-src'], ["'self'"])
	assert.deepEqual(policy['frame-ancestors'], ["'none'"])
	assert.doesNotMatch(page.headers['content-security-policy'], /unsafe|http|\*/)
	assert.equal(page.headers['x-content-type-options'], 'nosniff')
	assert.equal(page.headers['referrer-policy'], 'no-referrer')
	assert.equal(page.headers['cache-control'], 'no-store')
	// No script and no style stands in the page itself, and nothing comes from elsewhere.
	assert.doesNotMatch(page.body, /<script(?![^>]* src=)|<style|style="|\son[a-z]+="|https?:/)
})

test('each page has a nonce of its own, which its policy names', async () => {
	const nonces = []
	for (const { body, headers } of [page, await get(server, '/')]) {
		const [, nonce] = /<meta property="csp-nonce" nonce="([0-9a-f]{32})"/.exec(body)
		assert.ok(headers['content-security-policy'].includes(`style-src 'self' 'nonce-${nonce}'`))
		nonces.push(nonce)
	}
	assert.notEqual(nonces[0], nonces[1])
})

test('any other address is the page’s, whatever its query', async () => {
	for (const path of ['/matters', '/matters/12', '/matters?lamp=red&lamp=yellow&x=1', '/%E4%BA%8B%E9%A1%B9', '/apis'])
		assert.match((await get(server, path)).body, /<div id="root">/, path)
	assert.equal((await ask(server, 'HEAD', '/matters')).status, 200)
})

test('what is the interface’s stays its own: JSON, not a page', async () => {
	for (const path of ['/api', '/api/v1/nothing', '/api/v1/nothing/at/all', '/healthz/x', '/metrics/x', '/assets']) problem(await get(server, path), 404, 'target', 'not_found')
	problem(await get(server, '/assets/none.js'), 404, 'target')
	problem(await get(server, '/assets/index.html'), 404, 'target')
	problem(await ask(server, 'DELETE', '/matters'), 404, 'target')
	problem(await ask(server, 'DELETE', '/'), 405, 'method')
	problem(await get(server, '/a/../b'), 400, 'target')
})

test('what the page loads is there, may be kept for ever, and is named after its bytes', async () => {
	const styles = [...page.body.matchAll(/<link rel="(?:stylesheet|icon|modulepreload)"[^>]* href="([^"]+)"/g)].map((match) => match[1])
	assert.ok(scripts.length === 1 && styles.length > 0)
	for (const path of [...scripts, ...styles]) {
		const file = await get(server, path)
		assert.equal(file.status, 200, path)
		assert.match(path, /^\/assets\/[\w.-]+-[\w-]{8}\.(js|css|svg)$/)
		assert.match(file.headers['content-type'], path.endsWith('js') ? /^text\/javascript/ : path.endsWith('css') ? /^text\/css/ : /^image\/svg/)
		assert.equal(file.headers['cache-control'], 'public, max-age=31536000, immutable')
		assert.equal(file.headers['x-content-type-options'], 'nosniff')
		assert.equal(file.headers.etag, `"${createHash('sha256').update(file.bytes).digest('hex').slice(0, 32)}"`)
	}
})

test('gzip is for those who take it, and has its own tag', async () => {
	const plain = await get(server, scripts[0])
	for (const takes of ['gzip', 'br, gzip;q=0.5', 'GZIP;q=1.0, identity']) {
		const packed = await get(server, scripts[0], { headers: { 'Accept-Encoding': takes } })
		assert.equal(packed.headers['content-encoding'], 'gzip', takes)
		assert.equal(packed.headers.vary, 'Accept-Encoding')
		assert.ok(gunzipSync(packed.bytes).equals(plain.bytes))
		assert.ok(packed.bytes.length < plain.bytes.length / 2)
		assert.notEqual(packed.headers.etag, plain.headers.etag)
	}
	for (const takes of ['br', 'gzip;q=0', 'gzip; q=0.000', 'xgzip', '']) {
		const same = await get(server, scripts[0], { headers: { 'Accept-Encoding': takes } })
		assert.equal(same.headers['content-encoding'], undefined, takes)
		assert.ok(same.bytes.equals(plain.bytes))
	}
})

test('who has a file already gets nothing again', async () => {
	for (const headers of [{}, { 'Accept-Encoding': 'gzip' }]) {
		const { etag } = (await get(server, scripts[0], { headers })).headers
		const again = await get(server, scripts[0], { headers: { ...headers, 'If-None-Match': etag } })
		assert.deepEqual([again.status, again.bytes.length, again.headers['content-encoding'] ?? 'gzip'], [304, 0, 'gzip'])
		assert.equal((await get(server, scripts[0], { headers: { ...headers, 'If-None-Match': '"other"' } })).status, 200)
	}
})

test('what is loaded before anything is seen weighs at most 300 KB', async () => {
	const first = [...scripts, ...[...page.body.matchAll(/<link rel="modulepreload"[^>]* href="([^"]+)"/g)].map((match) => match[1])]
	let weight = 0
	for (const path of first) weight += (await get(server, path, { headers: { 'Accept-Encoding': 'gzip' } })).bytes.length
	assert.ok(weight <= 300_000, `${weight} bytes`)
})
