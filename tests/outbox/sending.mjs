// Mail over a real server: what it says, when it goes, that nothing goes twice, and what becomes of what can't go.
import assert from 'node:assert/strict'
import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { at, bihuan, discipline, folder, house, lead, leader, liaison, password, registry, run, settle } from './house.mjs'
import { call, certificate, mailServer } from './servers.mjs'

const secret = 'p4ss w0rd of the mail'
const { cert, options } = certificate(folder)
const link = 'https://bihuan.example'
const mailOf = (server, more = {}) => ({ link, hosts: ['localhost'], inside: ['127.0.0.1'], ca: cert,
	mail: { host: 'localhost', port: server.port, tls: 'starttls', user: 'bihuan', password: secret, from: 'bihuan@bureau.example', ...more } })
const server = async (more) => {
	const one = await mailServer({ options, user: 'bihuan', password: secret, ...more })
	test.after(() => one.close())
	return one
}
const address = 'deng@bureau.example'

// A house whose lead is told by mail, with nothing waiting.
async function told(choice, { settings = {}, implicit = false } = {}) {
	const mail = await server({ implicit })
	const one = await house(mailOf(mail, { tls: implicit ? 'implicit' : 'starttls', ...settings }), lead, leader, registry)
	await one.prove(mail, lead, address, '01-07T08:00')
	await one.mine('tell', lead, ...choice, ...at('01-07T08:00'))
	mail.letters.length = 0
	return { mail, ...one }
}
const atOnce = ['pace=at_once', 'quiet=21:00-07:30', 'working_days=yes', 'lang=zh']

test('an address is proved by the code that came to it, and by no other', async () => {
	const mail = await server()
	const one = await house(mailOf(mail), lead)
	await one.mine('address', lead, address, ...at('01-07T08:00'))
	assert.match(await one.send('01-07T08:00'), /sent 1/)
	const [letter] = mail.letters
	assert.deepEqual([letter.to, letter.from, letter.secure], [[address], 'bihuan@bureau.example', true])
	assert.match(letter.headers.subject, /邮箱验证码/)
	const code = /\b\d{8}\b/.exec(letter.text)[0]
	const wrong = String((Number(code) + 1) % 1e8).padStart(8, '0')
	const refuse = async (words, text) => {
		const done = await call(bihuan, ['account', one.data, ...words, '--lang', 'en'], { input: password + '\n' }).ended
		assert.notEqual(done.code, 0)
		assert.match(done.err, text)
	}
	await refuse(['tell', lead, 'pace=at_once', 'way=mail', ...at('01-07T08:01')], /first prove an address/)
	await refuse(['prove', lead, wrong, ...at('01-07T08:01')], /isn't the code/)
	await refuse(['prove', lead, code, ...at('01-07T08:31')], /half an hour/)
	await refuse(['address', lead, 'a@b.cn\r\nBcc: x@y.cn', ...at('01-07T08:32')], /name@host/)
	await one.mine('address', lead, address, ...at('01-07T08:32'))
	await refuse(['address', lead, address, ...at('01-07T08:32')], /within the last minute/)
	await one.send('01-07T08:32')
	const second = /\b\d{8}\b/.exec(mail.letters[1].text)[0]
	await refuse(['prove', lead, code, ...at('01-07T08:33')], /isn't the code/)
	for (let i = 0; i < 4; i++) await refuse(['prove', lead, '00000000', ...at('01-07T08:33')], /isn't the code/)
	await refuse(['prove', lead, second, ...at('01-07T08:33')], /five tries/)
})

test('what the inbox holds goes out once, in words, with a link, over STARTTLS and over TLS from the first byte', async () => {
	for (const implicit of [false, true]) {
		const { mail, task, send, act } = await told(atOnce, { implicit })
		const made = await task('河道清淤', '01-07T09:00')
		assert.match(await send('01-07T09:01'), /sent 1/)
		assert.match(await send('01-07T09:02'), /sent 0/)
		assert.equal(mail.letters.length, 1)
		const [letter] = mail.letters
		assert.equal(letter.secure, true)
		assert.match(letter.headers.subject, new RegExp(`${made.number} 河道清淤`))
		assert.match(letter.headers['message-id'], /^<[0-9a-f]{32}@bureau\.example>$/)
		assert.equal(letter.headers['auto-submitted'], 'auto-generated')
		assert.equal(letter.headers.date, 'Mon, 7 Jan 2019 09:01:00 +0800')
		assert.match(letter.text, /^邓浦晴：\n/)
		assert.ok(letter.text.includes(`${link}/matters/${made.matter}\n`), letter.text)
		for (const line of letter.raw.split('\r\n')) assert.ok(line.length <= 76, line)
		await act('urge', made.number, '请尽快', '--as', registry, ...at('01-07T10:00'))
		await send('01-07T10:01')
		assert.match(mail.letters[1].headers.subject, /催办/)
		assert.notEqual(mail.letters[1].headers['message-id'], letter.headers['message-id'])
	}
})

test('nobody is told of what isn\'t in their inbox, nor of what came before they asked', async () => {
	const mail = await server()
	const one = await house(mailOf(mail), lead, leader)
	await one.task('以前的事', '01-04T09:00')
	await one.prove(mail, lead, address, '01-07T08:00')
	await one.prove(mail, leader, 'huang@bureau.example', '01-07T08:00')
	await one.mine('tell', lead, ...atOnce, ...at('01-07T08:00'))
	await one.mine('tell', leader, ...atOnce, ...at('01-07T08:00'))
	mail.letters.length = 0
	await one.send('01-07T08:01')
	assert.equal(mail.letters.length, 0)
	await one.task('新的事', '01-07T09:00')
	await one.send('01-07T09:01')
	assert.deepEqual(mail.letters.map((letter) => letter.to[0]), [address])
	assert.ok(!mail.letters[0].text.includes('以前的事'))
})

test('who follows a matter is written to of what happens in it, and of nothing when they stop', async () => {
	const { mail, data, task, send, act } = await told(atOnce)
	const made = await task('窗口整治', '01-07T09:00')
	await send('01-07T09:01')
	mail.letters.length = 0
	await run(['follow', data, made.number, '--as', lead, ...at('01-07T09:10')])
	await act('act', made.number, 'sign', '--as', liaison, ...at('01-07T10:00'))
	const asked = async (n, hour) => {
		await run(['request', data, made.number, 'extend', 'until=2019-07-15', 'reason=雨季', '--as', liaison, ...at(`01-07T${hour}:00`)])
		await run(['decide', data, made.number, String(n), 'refuse', '--reason', '照原定期限', '--as', 'tan.yunlan', ...at(`01-07T${hour}:10`)])
		await send(`01-07T${hour}:11`)
		return mail.letters.map((letter) => letter.text).join()
	}
	assert.match(await asked(1, '11'), new RegExp(`关注:已答复 {2}${made.number} 窗口整治`))
	await run(['unfollow', data, made.number, '--as', lead, ...at('01-07T12:00')])
	mail.letters.length = 0
	assert.ok(!(await asked(2, '13')).includes('关注'))
})

test('quiet hours and days off hold it back, and what gathers meanwhile is one letter', async () => {
	const { mail, task, send } = await told(atOnce)
	await task('周五夜里', '01-11T22:00')
	await send('01-11T22:00')
	await task('周六', '01-12T10:00')
	await send('01-12T10:00')
	await send('01-14T07:29')
	assert.equal(mail.letters.length, 0)
	await send('01-14T07:30')
	assert.equal(mail.letters.length, 1)
	assert.match(mail.letters[0].headers.subject, /2 条/)
	for (const title of ['周五夜里', '周六']) assert.ok(mail.letters[0].text.includes(title))
})

test('a daily letter holds the day, and a day without anything has none', async () => {
	const { mail, task, send } = await told(['pace=daily', 'daily=08:30', 'working_days=yes', 'lang=en'])
	await send('01-08T08:30')
	assert.equal(mail.letters.length, 0)
	await task('一', '01-08T09:00')
	await send('01-08T09:01')
	await task('二', '01-08T15:00')
	await send('01-08T15:01')
	assert.equal(mail.letters.length, 0)
	await send('01-09T08:30')
	await send('01-09T08:31')
	assert.equal(mail.letters.length, 1)
	assert.equal(mail.letters[0].headers.subject, 'Bihuan: 2 notices for you')
})

test('whoever wants nothing any more gets nothing, also of what waits', async () => {
	const { mail, task, send, mine, letters } = await told(atOnce)
	await task('夜里', '01-07T22:00')
	await send('01-07T22:00')
	await mine('tell', lead, 'pace=none', ...at('01-07T22:30'))
	await send('01-08T09:00')
	assert.equal(mail.letters.length, 0)
	assert.deepEqual(await letters('01-08T09:00'), [])
	await mine('tell', lead, 'pace=at_once', ...at('01-08T10:00'))
	await send('01-08T10:01')
	assert.equal(mail.letters.length, 0)
})

test('of a compartment it says that there is something, and no word more', async () => {
	const mail = await server()
	const one = await house(mailOf(mail), discipline)
	await one.prove(mail, discipline, 'lu@bureau.example', '01-07T08:00')
	await one.mine('tell', discipline, ...atOnce, 'working_days=no', ...at('01-07T08:00'))
	mail.letters.length = 0
	const late = await one.task('要迟的事', '01-07T09:00', '2019-01-09')
	await one.act('act', late.number, 'sign', '--as', lead, ...at('01-07T09:30'))
	await run(['tick', one.data, ...at('01-25T09:00')])
	await one.send('01-25T09:01')
	const inbox = JSON.parse(await run(['inbox', one.data, '--as', discipline, '--format', 'json', ...at('01-25T09:01')]))
	assert.ok(inbox.length > 0, 'the breach led to a compartment whose work is the discipline office\'s')
	assert.equal(mail.letters.length, 1)
	const { headers, text } = mail.letters[0]
	assert.equal(headers.subject, '【闭环】您有事项待办')
	assert.equal(text.slice(text.indexOf('：')), `：\n\n您有事项待办。\n\n请登录系统办理：${link}/\n`)
	for (const row of inbox) if (row.title) assert.ok(!text.includes(row.title))
	assert.ok(!text.includes(late.number) && !/〔/.test(text))
})

test('what is refused for now is tried again under the same name, later and later', async () => {
	const { mail, task, send, letters } = await told(atOnce)
	const ids = []
	mail.answers = (line, letter) => {
		if (line !== '.') return undefined
		ids.push(letter.headers['message-id'])
		return '451 4.3.0 try later'
	}
	await task('退回', '01-07T09:00')
	assert.match(await send('01-07T09:01'), /put off 1/)
	const [row] = await letters('01-07T09:01')
	assert.deepEqual([row.state, row.tries, row.why], ['waiting', 1, 'the mail server said: 451 4.3.0 try later'])
	await send('01-07T09:01')
	assert.equal(ids.length, 1, 'not before its time')
	await send('01-07T09:03')
	assert.equal(ids.length, 2)
	mail.answers = () => undefined
	await send('01-07T09:10')
	await send('01-07T09:30')
	assert.equal(mail.letters.length, 1)
	assert.deepEqual(new Set([...ids, mail.letters[0].headers['message-id']]).size, 1)
})

test('what is refused for good is a line that an administrator sees, and may be tried once more', async () => {
	const { mail, data, task, send, letters } = await told(atOnce)
	mail.answers = (line) => (line.startsWith('RCPT') ? '550 5.1.1 no such mailbox' : undefined)
	await task('没有这人', '01-07T09:00')
	assert.match(await send('01-07T09:01'), /failed 1/)
	await send('01-09T09:01')
	const [row] = await letters('01-09T09:01')
	assert.deepEqual([row.state, row.account, row.tries], ['failed', lead, 1])
	assert.match(row.why, /550 5\.1\.1 no such mailbox/)
	mail.answers = () => undefined
	const not = await call(bihuan, ['outbox', data, 'again', String(row.message), '--as', 'audit', '--lang', 'en', ...at('01-09T09:01')]).ended
	assert.match(not.err, /only the system administrator/)
	await run(['outbox', data, 'again', String(row.message), '--as', 'system', ...at('01-09T09:01')])
	await send('01-09T09:02')
	assert.equal(mail.letters.length, 1)
	assert.deepEqual(await letters('01-09T09:02'), [])
})

test('a server that can\'t be reached costs one try and not one for each letter; after ten there is an end', async () => {
	const { mail, task, send, letters } = await told(atOnce)
	mail.close()
	await task('断线', '01-07T09:00')
	for (let hour = 9; hour < 20; hour++) for (const minute of ['01', '06', '12', '30', '59']) await send(`01-07T${String(hour).padStart(2, '0')}:${minute}`)
	for (let hour = 8; hour < 20; hour++) await send(`01-08T${String(hour).padStart(2, '0')}:00`)
	const [row] = await letters('01-09T09:00')
	assert.deepEqual([row.state, row.tries], ['failed', 10])
	assert.match(row.why, /connect/) // and not that ::1 isn't listed, to which the name points as well
	assert.ok(!JSON.stringify(await letters('01-09T09:00')).includes(secret))
})

test('killed between sending and writing it down, it goes again under the same name; a line cut before the end goes once', async () => {
	const { mail, data, task, send } = await told(atOnce)
	let killed
	mail.answers = (line) => {
		if (line !== '.') return undefined
		killed.child.kill('SIGKILL')
		return 'wait'
	}
	await task('中断', '01-07T09:00')
	killed = call(bihuan, ['outbox', data, 'send', ...at('01-07T09:01')])
	await killed.ended
	assert.equal(mail.letters.length, 1)
	mail.answers = () => undefined
	assert.match(await send('01-07T09:02'), /put off 1/)
	await send('01-07T09:10')
	await send('01-07T09:20')
	assert.equal(mail.letters.length, 2)
	assert.equal(mail.letters[0].headers['message-id'], mail.letters[1].headers['message-id'])
	assert.equal(mail.letters[0].text, mail.letters[1].text)
	let cut = 0
	mail.answers = (line) => (line.startsWith('MAIL') && cut++ === 0 ? 'cut' : undefined)
	await task('断在前面', '01-07T10:00')
	await send('01-07T10:01')
	await send('01-07T10:10')
	assert.equal(mail.letters.length, 3)
})

test('nothing goes in the clear, to a certificate nobody vouches for, to a host that isn\'t listed or an inner address', async () => {
	const one = await told(atOnce)
	const { mail, data, task, letters, send } = one
	const bare = await mailServer({ options, user: 'bihuan', password: secret })
	test.after(() => bare.close())
	bare.answers = (line) => (line.startsWith('EHLO') ? '250 localhost' : undefined) // no STARTTLS is offered
	await task('明文', '01-07T09:00')
	let time = 1
	const refused = async (settings, text) => {
		settle(data, settings)
		await send(`01-${String(7 + time++).padStart(2, '0')}T09:01`)
		const row = (await letters('01-20T09:00')).find(({ tries }) => tries > 0)
		assert.match(row.why, text)
		assert.equal(mail.letters.length, 0)
	}
	const good = mailOf(mail)
	await refused(mailOf(bare), /SSL/)
	assert.ok(!bare.lines.some((line) => /^(AUTH|MAIL)/.test(line)))
	await refused({ ...good, ca: undefined }, /certificate/)
	await refused({ ...good, inside: [] }, /inner address that isn't listed/)
	settle(data, { ...good, hosts: ['elsewhere.example'] })
	const bad = await call(bihuan, ['outbox', data, 'send', '--lang', 'en', ...at('01-11T09:00')]).ended
	assert.match(bad.err, /localhost isn't among the hosts/)
	settle(data, good)
	chmodSync(join(data, 'outbox.json'), 0o644)
	const open = await call(bihuan, ['outbox', data, 'send', '--lang', 'en', ...at('01-11T09:00')]).ended
	assert.match(open.err, /chmod 600/)
})

test('no secret is in the database, and a restored copy sends nothing of what waited', async () => {
	const { mail, data, task, send } = await told(atOnce)
	await task('夜里', '01-07T22:00')
	await send('01-07T22:01')
	await run(['backup', data, join(folder, 'copy.db')])
	assert.ok(!readFileSync(join(folder, 'copy.db')).includes(secret))
	const copy = join(folder, 'copy')
	await run(['restore', join(folder, 'copy.db'), copy, '--key', join(data, 'signing.key')])
	settle(copy, mailOf(mail))
	assert.match(await run(['outbox', copy, 'send', ...at('01-08T09:00')]), /sent 0, put off 0/)
	assert.match(await send('01-08T09:00'), /sent 1/)
	assert.equal(mail.letters.length, 1)
})
