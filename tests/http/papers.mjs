// Documents on paper over HTTP: to whoever sees the matter and to nobody else; as docx and, drawn in a process of its own, as PDF.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { bihuan, launch, problem, run, signIn, smallest } from './lib.mjs'

const registry = 'li.zhufei', checker = 'tan.yunlan', lead = 'deng.puqing', other = 'pan.xiuliao'
const data = smallest('data', registry, checker, lead, other)
const at = (day) => ['--now', `2019-${day}T09:00`]
const open = (procedure, as, ...fields) => JSON.parse(run('open', data, procedure, ...fields, '--as', as, ...at('01-07'), '--json')).matter
const roof = open('task', registry, 'title=修缮屋顶', 'lead_unit=projects', 'leader=deputy-director-2', 'due=2019-01-31')
const damp = open('finding', checker, 'title=屋顶渗水', 'unit=projects', 'due=2019-05-31')
run('act', data, roof, 'send', '--as', registry, ...at('01-07'))
const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', ...at('01-09')])
after(() => server.stop())
const people = Object.fromEntries(await Promise.all([registry, checker, lead, other].map(async (name) => [name, await signIn(server, name)])))
const papers = (who, matter, rest = '') => people[who].get(`/api/v1/matters/${matter}/papers${rest}`)

test('which there are, and what the matter hasn\'t got yet, in the language of whoever asks', async () => {
	const reply = await papers(lead, roof)
	assert.equal(reply.status, 200, reply.body)
	assert.deepEqual(reply.json.papers.map(({ name, title }) => [name, title]), [['notice', 'Supervision notice'], ['urging', 'Urging slip'], ['closing', 'Closing slip']])
	assert.equal(reply.json.papers[0].lacks, undefined)
	assert.ok(reply.json.papers.every(({ english }) => english === true))
	assert.match(reply.json.papers[1].lacks, /nobody has urged/)
	const zh = await (await signIn(server, lead, 'zh')).get(`/api/v1/matters/${roof}/papers`)
	assert.deepEqual(zh.json.papers.map(({ title, lacks }) => [title, lacks]), [['督办通知单', undefined], ['催办单', '本事项尚无人催办'], ['销号单', '本事项未办结,不予销号']])
})

test('one comes as docx or as PDF, under its own name', async () => {
	const word = await papers(lead, roof, '/notice')
	assert.equal(word.status, 200, word.body)
	assert.equal(word.headers['content-type'], 'application/vnd.openxmlformats-officedocument.wordprocessingml.document')
	assert.equal(decodeURIComponent(/filename\*=UTF-8''(\S+)/.exec(word.headers['content-disposition'])[1]).slice(0, 5), '督办通知单')
	assert.ok(word.body.startsWith('PK\x03\x04'))
	const pdf = await papers(lead, roof, '/notice?format=pdf')
	assert.equal(pdf.status, 200, pdf.body)
	assert.equal(pdf.headers['content-type'], 'application/pdf')
	assert.ok(pdf.body.startsWith('%PDF-'))
	// Several at once: each is drawn by a child of its own.
	for (const reply of await Promise.all(Array.from({ length: 6 }, () => papers(lead, roof, '/notice?format=pdf')))) assert.equal(reply.status, 200)
})

test('what isn\'t there, or can\'t be made yet, is said', async () => {
	problem(await papers(lead, roof, '/notise'), 404, 'paper')
	problem(await papers(lead, roof, '/notice?format=odt'), 400, 'format')
	assert.equal((await papers(lead, roof, '/urging')).status, 422)
	assert.equal((await papers(lead, roof, '/bulletin')).status, 422)
	assert.equal((await papers(lead, 99999, '/notice')).status, 404)
})

test('who doesn\'t see the matter is told that there is none', async () => {
	assert.equal((await papers(checker, damp)).status, 200)
	assert.equal((await papers(checker, damp, '/rectification_notice?format=pdf')).status, 200)
	for (const path of ['', '/rectification_notice', '/no_such_paper']) {
		const hidden = await papers(other, damp, path), absent = await papers(other, 99999, path)
		assert.equal(hidden.status, 404)
		assert.equal(hidden.json.detail, absent.json.detail)
	}
})

test('a paper is in Chinese whoever asks, and in English where that is asked for', async () => {
	const name = (reply) => decodeURIComponent(/filename\*=UTF-8''(\S+)/.exec(reply.headers['content-disposition'])[1])
	assert.match(name(await papers(lead, roof, '/notice?lang=zh')), /^督办通知单/)
	const english = await papers(lead, roof, '/notice?lang=en')
	assert.equal(english.status, 200, english.body)
	assert.match(name(english), /^Supervision notice/)
	problem(await papers(lead, roof, '/notice?lang=fr'), 400, 'lang')
	problem(await papers(lead, roof, '/appointment_form?lang=en'), 404, 'lang')
	const bulletin = await people[registry].get('/api/v1/exports/reports/overdue?format=docx&lang=en')
	assert.equal(bulletin.status, 200, bulletin.body)
	assert.match(name(bulletin), /^Bulletin/)
})

test('a report as a bulletin is recorded as taken, and is in Chinese for everybody who asks for nothing else', async () => {
	const path = '/api/v1/exports/reports/overdue'
	for (const [format, start] of [['docx', 'PK\x03\x04'], ['pdf', '%PDF-']]) {
		const reply = await people[registry].get(`${path}?format=${format}`)
		assert.equal(reply.status, 200, reply.body)
		assert.ok(reply.body.startsWith(start))
		assert.equal(decodeURIComponent(/filename\*=UTF-8''(\S+)/.exec(reply.headers['content-disposition'])[1]), `通报逾期未办的责任.${format}`)
	}
})
