// Accounts from a shell: the three administrators of the beginning, an account from its making to its own password and
// second factor, and what each administrator may not do.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import test from 'node:test'
import { bihuan, inside, program, root, run } from './run.mjs'

const now = ['--now', '2019-03-04T09:00']
const made = JSON.parse(run('init', inside('data'), '--institution', join(root, 'institutions/minimal'), '--json', ...now))
const account = (verb, ...rest) => ['account', inside('data'), verb, ...rest, ...now]
const list = () => Object.fromEntries(JSON.parse(run(...account('list', '--json'))).map((row) => [row.account, row]))

// RFC 6238, of the fixed time above.
function code(uri, steps = 0) {
	const text = new URL(uri).searchParams.get('secret')
	const bits = [...text].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
	const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
	const step = Buffer.alloc(8)
	step.writeBigUInt64BE(BigInt(Math.floor(Date.parse('2019-03-04T09:00:00+08:00') / 30000) + steps))
	const mac = createHmac('sha1', secret).update(step).digest()
	return String((mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff) % 1000000).padStart(6, '0')
}

function refused(words, exit, text) {
	const done = bihuan(words)
	assert.equal(done.code, exit, done.err)
	assert.match(done.err, text)
}

test('an institution begins with three administrators, told once', () => {
	assert.deepEqual(Object.keys(made.administrators), ['system', 'security', 'audit'])
	for (const password of Object.values(made.administrators)) assert.match(password, /^([0-9a-z]{4}-){3}[0-9a-z]{4}$/)
	const rows = list()
	for (const name of ['system', 'security', 'audit']) {
		assert.equal(rows[name].admin, name)
		assert.equal(rows[name].state, 'active')
		assert.equal(rows[name].one_time, true)
	}
	refused(account('begin'), 1, /has its administrators/)
})

test('an account is made by one, released by another, and its password is its own', () => {
	const first = JSON.parse(run(...account('add', 'chen.zhuzhou', '--as', 'system', '--json'))).secret
	assert.equal(list()['chen.zhuzhou'].state, 'waiting')
	refused(account('release', 'chen.zhuzhou', '--as', 'system'), 1, /security administrator/)
	const second = JSON.parse(run(...account('release', 'chen.zhuzhou', '--as', 'security', '--json'))).secret
	const input = (...lines) => ({ input: lines.join('\n') + '\n' })
	assert.equal(bihuan(account('password', 'chen.zhuzhou'), input(first, 'quiet otter mends clocks')).code, 1)
	assert.equal(bihuan(account('password', 'chen.zhuzhou'), input(first + second, 'password2019!')).code, 2)
	const done = bihuan(account('password', 'chen.zhuzhou'), input(first + second, 'quiet otter mends clocks'))
	assert.equal(done.code, 0, done.err)
	assert.equal(list()['chen.zhuzhou'].one_time, false)
	assert.equal(bihuan(account('password', 'chen.zhuzhou'), input(first + second, 'four unlikely plain nouns')).code, 1)
	const reasons = JSON.parse(run(...account('tries', 'chen.zhuzhou', '--json'))).map((row) => row.reason)
	assert.deepEqual(reasons, ['password', 'passed', 'passed', 'passed', 'password'])
})

// Types what `answers` makes of the output so far, line by line.
function converse(words, answers) {
	return new Promise((resolve) => {
		const child = spawn(program, [...words, '--lang', 'en'])
		let out = ''
		child.stdout.on('data', (data) => {
			out += data
			const line = answers(out)
			if (line !== undefined) child.stdin.end(line + '\n')
		})
		child.on('close', (exit) => resolve({ code: exit, out }))
		child.stdin.write('quiet otter mends clocks\n')
	})
}

test('a second factor is confirmed by a code of its own, or not at all', async () => {
	const uriIn = (out) => out.match(/otpauth:\/\/totp\/minimal:chen\.zhuzhou\?secret=[A-Z2-7]{32}\S*/)?.[0]
	const wrong = await converse(account('totp', 'chen.zhuzhou'), (out) => uriIn(out) && '000000')
	assert.equal(wrong.code, 2)
	assert.equal(list()['chen.zhuzhou'].totp, false)
	let uri
	const right = await converse(account('totp', 'chen.zhuzhou'), (out) => {
		if (uri) return undefined
		uri = uriIn(out)
		return uri && code(uri)
	})
	assert.equal(right.code, 0)
	assert.equal(right.out.match(/^ {2}([0-9a-z]{4}-){3}[0-9a-z]{4}$/gm).length, 10)
	assert.equal(list()['chen.zhuzhou'].totp, true)
	const change = (second) => bihuan(account('password', 'chen.zhuzhou'),
		{ input: `quiet otter mends clocks\n${second}\nfour unlikely plain nouns\n` })
	assert.equal(change(code(uri)).code, 1) // it was used to confirm
	assert.equal(change(code(uri, 1)).code, 0)
})

test('no administrator comes to business, and nobody to two accounts', () => {
	refused(account('grant', 'chen.zhuzhou', 'audit', '--as', 'security'), 1, /never an administrator's/)
	refused(account('grant', 'system', 'security', '--as', 'security'), 1, /of that kind for good/)
	refused(account('grant', 'security', 'audit', '--as', 'security'), 1, /their own account/)
	refused(account('add', 'chen.zhuzhou', '--as', 'system'), 1, /one person, one account/)
	refused(account('bind', 'system', 'chen.zhuzhou', '--as', 'system'), 1, /their own account/)
	refused(account('bind', 'audit', 'liang.diqiu', '--as', 'system'), 1, /holds a post/)
	refused(account('disable', 'audit', '--as', 'system'), 1, /only account/)
	refused(account('profile', 'djbh3', '--as', 'system'), 1, /security administrator/)
	refused(['open', inside('data'), 'task', '--as', 'security', ...now], 1, /nobody|no such/i)
})

test('a word that is wrong is answered with what would be right', () => {
	refused(account('relaese', 'x'), 2, /did you mean release/)
	refused(account('grant', 'x'), 2, /grant ACCOUNT system\|security\|audit/)
	refused(account('reset', 'sytem', '--as', 'audit'), 1, /did you mean system/)
	refused(account('reset', 'chen.zhuzhou'), 2, /--as/)
	refused(account('profile', 'asv', '--as', 'security'), 2, /asvs or djbh3/)
})

test('all of it is in the record, and nothing secret', () => {
	const exported = inside('ledger.tar')
	run('export-ledger', inside('data'), exported, ...now)
	const key = made.key
	assert.match(run('verify', exported, '--key', key), /OK/)
	assert.match(run('replay', inside('data'), ...now), /all the same/)
})

test('a demonstration has sample accounts, begins as one, and stays on this machine', () => {
	const demo = inside('demo')
	run('init', demo, '--institution', join(root, 'institutions/minimal'), ...now)
	const said = run('account', demo, 'samples', 'chen.zhuzhou', 'li.zhufei', ...now)
	const password = said.match(/^li\.zhufei: .*: {2}(\S+)$/m)[1]
	const change = { input: `${password}\nquiet otter mends clocks\n` }
	assert.equal(bihuan(['account', demo, 'password', 'li.zhufei', ...now], change).code, 0)
	refused(account('samples', 'liang.diqiu'), 1, /only an institution that has just begun/)
	refused(['serve', demo, '--listen', '0.0.0.0:0'], 1, /demonstration/)
	refused(['serve', demo, '--proxy', '192.0.2.1'], 1, /demonstration/)
	assert.match(run('replay', demo, ...now), /all the same/)
	assert.equal(bihuan(['audit', demo, ...now]).code, 0)
})
