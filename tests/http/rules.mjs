// The register of rules over HTTP: put in with the act that issues the rule and gives the duty to review it, read as of a day, compared
// article by article, repealed, found by the words of its articles; an attested copy that verifies elsewhere and tells of each change.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { bihuan, foreseen, get, inside, launch, problem, root, run, signIn } from './lib.mjs'

const folder = join(root, 'institutions/pengjiang-2019'), data = inside('data')
const tenures = readFileSync(join(folder, 'tenures.csv'), 'utf8').split('\n').map((line) => line.split(','))
const holder = (post, day) => tenures.find((row) => row[0] === post && row[2] <= day && (row[3] === '' || row[3] > day))[1]
const office = 'jian0106', outsider = 'rong0255', drafter = 'zhong0004', registrar = 'su0010'
const at = (day) => ['--now', `2019-03-${day}T09:00`]
run('init', data, '--institution', folder, ...at('01'))
run('account', data, 'samples', office, outsider, registrar, ...at('01'))
run('open', data, 'finding', '--as', registrar, 'title=会议记录不完整', 'source=provincial_inspection', 'found_by=committee-office', 'unit=transport', 'leader=government-deputy-2', 'due=2019-05-31', ...at('01'))
writeFileSync(inside('paper.txt'), 'paper')
// A rule that is made by its procedure, as far as its issue.
const number = '规〔2019〕1号', paper = ['--evidence', inside('paper.txt')]
run('open', data, 'rule_making', '--as', drafter, 'title=三重一大', 'kind=amend', 'area=affairs', 'unit=discipline', 'due=2019-03-10', ...at('01'))
run('act', data, number, 'draft', 'articles=3', 'consulted_from=2019-03-02', '--as', drafter, ...paper, ...at('02'))
run('act', data, number, 'send_for_review', 'opinions=1', 'answer=采纳', 'sent_on=2019-04-02', '--as', drafter, ...paper, '--now', '2019-04-02T09:00')
run('act', data, number, 'find_lawful', '--as', holder('justice-head', '2019-04-15'), ...paper, '--now', '2019-04-15T09:00')
run('act', data, number, 'adopt', 'entitled=11', 'present=10', 'agree=10', '--as', 'ye0001', ...paper, '--now', '2019-04-15T09:00')
run('link', data, number, 'arises_from', '问〔2019〕001号', '--as', drafter, '--now', '2019-04-15T09:00')
const now = ['--now', '2019-04-16T09:00']
const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', ...now])
after(() => server.stop())
const document = (await get(server, '/api/v1/openapi.json')).json
const people = {}
for (const name of [office, outsider, registrar]) people[name] = await signIn(server, name)

const told = (path, method, reply) => (foreseen(document, '/api/v1/rules' + path.replace(/\?.*/, '').replace(/^\/\d+/, '/{rule}'), method, reply), reply)
const write = async (path, body, who = office) => told(path, 'POST', await people[who].post('/api/v1/rules' + path, body))
const read = async (path, who = office, headers) => told(path, 'GET', await people[who].get('/api/v1/rules' + path, { headers }))
const shown = async (...args) => (await read(...args)).json
const first = '# 三重一大决策制度\n\n## 第一章 总则\n第一条 重大事项应当集体讨论决定。\n第二条 大额资金是指单笔五十万元以上的支出。\n## 第二章 附则\n第三条 本制度由区纪委负责解释。\n'
const second = first.replace('五十万元', '三十万元').replace('## 第二章', '第三条 派驻纪检监察组派员列席会议。\n## 第二章').replace('第三条 本制度', '第四条 本制度')
const spec = (more) => ({ code: 'three-majors', title: '“三重一大”决策制度', title_en: 'The three majors', area: 'affairs', stages: ['policy', 'supervision'], unit: 'discipline', text: first, from: '2016-11-01', procedures: ['collective_decision'], ...more })

test('an empty register has sixteen gaps', async () => {
	const { as_of, rules, matrix } = await shown('')
	assert.deepEqual([as_of, rules, matrix.length, matrix.reduce((sum, cell) => sum + cell.rules, 0)], ['2019-04-16', [], 16, 0])
})

test('what can be no rule is refused, by place', async () => {
	problem(await write('', spec(), outsider), 403, 'person')
	problem(await write('', spec({ code: 'Three' })), 400, 'code')
	problem(await write('', spec({ area: 'weather' })), 400, 'area')
	problem(await write('', spec({ stages: ['policy', 'policy'] })), 400, 'stages')
	problem(await write('', spec({ unit: 'nowhere' })), 400, 'unit')
	problem(await write('', spec({ procedures: ['nothing'] })), 400, 'procedures')
	problem(await write('', spec({ from: undefined })), 400, 'from')
	problem(await write('', spec({ text: '第一条 甲\n第三条 乙' })), 400, 'text')
	problem(await write('', spec({ matter: 99 })), 400, 'matter')
	problem(await write('', spec({ finding: 1 })), 400, 'finding') // there is one, which the office doesn't see
	problem(await write('', spec({ review_on: '2020-01-01' })), 400, 'review_on')
	problem(await write('', spec({ action: 'issue' })), 400, 'action')
	problem(await write('', spec({ review: 'nothing', review_on: '2020-01-01' })), 400, 'review')
	problem(await write('', spec({ review: 'rule_review' })), 400)
	problem(await get(server, '/api/v1/rules'), 401)
	assert.equal((await shown('')).rules.length, 0)
})

test('a rule is put in, once under its key and its code', async () => {
	const headers = { 'Idempotency-Key': 'one' }
	const reply = await people[office].post('/api/v1/rules', spec(), { headers })
	assert.equal(reply.status, 201, reply.body)
	assert.equal(reply.json.id, 1)
	assert.equal((await people[office].post('/api/v1/rules', spec(), { headers })).json.again, true)
	problem(await people[office].post('/api/v1/rules', spec({ note: 'x' }), { headers }), 409, 'key')
	problem(await write('', spec()), 409, 'code')
	const { rules: [rule], matrix } = await shown('')
	assert.deepEqual([rule.title, rule.state, rule.version, rule.articles, rule.unit], ['The three majors', 'in_force', 1, 3, 'discipline'])
	assert.deepEqual(matrix.filter((cell) => cell.rules > 0), [{ area: 'affairs', stage: 'policy', rules: 1 }, { area: 'affairs', stage: 'supervision', rules: 1 }])
	const whole = await shown('/1')
	assert.deepEqual(whole.parts.map(({ kind, label }) => [kind, label]), [['chapter', '第一章'], ['article', '第一条'], ['article', '第二条'], ['chapter', '第二章'], ['article', '第三条']])
	assert.deepEqual(whole.procedures.map(({ name }) => name), ['collective_decision'])
})

test('a version comes in with the act that issues it, and its review is owed there', async () => {
	const { json: { matters: [matter] } } = await people[office].get('/api/v1/matters?procedure=rule_making')
	const body = { version: 2, text: second, matter: matter.id, action: 'issue', from: '2019-06-01', review_on: '2021-05-31', note: '巡视整改' }
	problem(await write('/1/versions', { ...body, version: 3 }), 409, 'version')
	problem(await write('/1/versions', { ...body, from: '2016-11-01' }), 400, 'from')
	problem(await write('/1/versions', { ...body, review_on: '2019-05-31' }), 400, 'review_on')
	problem(await write('/9/versions', body), 404, 'rule')
	problem(await write('/1/versions', { ...body, action: 'adopt' }), 403, 'by')
	problem(await write('/1/versions', { ...body, action: 'dance' }), 400, 'action')
	problem(await write('/1/versions', { ...body, fields: { in_force: '2019-07-01' } }), 400, 'from')
	assert.equal((await people[office].get(`/api/v1/matters/${matter.id}`)).json.state, 'issuing', 'nothing of it was done')
	// A day that is said once holds for the rule and for the action.
	const reply = await write('/1/versions', { ...body, from: undefined, fields: { in_force: '2019-06-01' } })
	assert.equal(reply.status, 201, reply.body)
	assert.equal(reply.json.count, 2, 'the act in the matter, and the version')
	const whole = (await people[office].get(`/api/v1/matters/${matter.id}`)).json
	assert.equal(whole.state, 'standing')
	assert.deepEqual(whole.duties.filter(({ state }) => state === 'open').map(({ due }) => due), ['2021-06-01T00:00:00+08:00'], 'to the end of the day of review')
	problem(await write('/1/versions', { ...body, version: 3, from: '2019-07-01' }), 422) // it is issued already
})

test('a matter names the rules that it made, and a problem those that came of it, each to whoever sees why', async () => {
	const rulesOf = async (who, procedure) => {
		const { json: { matters } } = await people[who].get(`/api/v1/matters?procedure=${procedure}`)
		if (matters.length === 0) return undefined
		const reply = await people[who].get(`/api/v1/matters/${matters[0].id}`)
		foreseen(document, '/api/v1/matters/{matter}', 'GET', reply)
		return reply.json.rules.map(({ rule, version, title, how, how_label }) => [rule, version, title, how, how_label])
	}
	assert.deepEqual(await rulesOf(office, 'rule_making'), [[1, 2, 'The three majors', 'issued', 'issued']])
	// The problem is seen by who registered it, and what ties it to the rule is the matter that made it.
	assert.deepEqual(await rulesOf(registrar, 'finding'), [[1, 2, 'The three majors', 'arose', 'arose']])
	assert.equal(await rulesOf(office, 'finding'), undefined, 'who does not see the problem sees nothing of it')
})

test('the text is that of the day', async () => {
	const on = async (day) => { const { state, version, from, until } = await shown(`/1?as_of=${day}`); return [state, version, from, until] }
	assert.deepEqual(await on('2016-10-31'), ['future', 1, '2016-11-01', '2019-06-01'])
	assert.deepEqual(await on('2019-05-31'), ['in_force', 1, '2016-11-01', '2019-06-01'])
	assert.deepEqual(await on('2019-06-01'), ['in_force', 2, '2019-06-01', undefined])
	assert.equal((await shown('/1?version=2&as_of=2018-01-01')).version, 2)
	problem(await read('/1?version=3'), 404, 'version')
	problem(await read('/7'), 404, 'rule')
	const texts = await Promise.all([1, 2].map((version) => people[office].get(`/api/v1/rules/1/text?version=${version}`)))
	assert.deepEqual(texts.map(({ body }) => body), [first, second])
	problem(await read('/1/text?version=3'), 404, 'version')
	assert.deepEqual((await shown('?as_of=2010-01-01')).rules.map(({ state }) => state), ['future'])
	assert.equal((await shown('?as_of=2010-01-01')).matrix.some((cell) => cell.rules > 0), false)
})

test('versions are compared article by article', async () => {
	const { changes, parts } = await shown('/1/compare?from=1&to=2')
	assert.equal(changes, 2)
	assert.deepEqual(parts.map(({ change, before, after }) => [change, before?.label, after?.label]), [['same', '第一章', '第一章'], ['same', '第一条', '第一条'], ['changed', '第二条', '第二条'], ['added', undefined, '第三条'], ['same', '第二章', '第二章'], ['renumbered', '第三条', '第四条']])
	assert.deepEqual(parts[2].words, [['same', '大额资金是指单笔'], ['removed', '五'], ['added', '三'], ['same', '十万元以上的支出。']].map(([mark, text]) => ({ mark, text })))
	assert.deepEqual((await shown('/1/compare?from=2&to=1')).parts.filter(({ change }) => change === 'removed').map(({ before }) => before.label), ['第三条'])
	problem(await read('/1/compare?from=1&to=3'), 404, 'version')
	problem(await read('/1/compare?from=1'), 400, 'to')
})

test('where it came from is told to those who see it', async () => {
	assert.deepEqual((await shown('/1', registrar)).sources.map((one) => one.number), ['问〔2019〕001号'])
	assert.deepEqual((await shown('/1', office)).sources, [])
	assert.equal((await shown('/1', office)).history[1].matter.number, number)
})

test('what has not changed is not sent again', async () => {
	const whole = await read('/1')
	assert.equal((await people[office].get('/api/v1/rules/1', { headers: { 'If-None-Match': whole.headers.etag } })).status, 304)
	const text = await people[office].get('/api/v1/rules/1/text?version=1')
	assert.equal((await people[office].get('/api/v1/rules/1/text?version=1', { headers: { 'If-None-Match': text.headers.etag } })).status, 304)
})

test('an attested copy verifies elsewhere, and not when it was changed', async () => {
	const copy = await shown('/1/copy?version=2')
	const key = (await get(server, '/api/v1/ledger/key')).body.trim()
	const verify = (changed, by = key) => {
		writeFileSync(inside('copy.json'), JSON.stringify({ ...copy, ...changed }))
		return spawnSync(bihuan, ['rule', 'verify', inside('copy.json'), '--key', by, '--lang', 'en'], { encoding: 'utf8' })
	}
	assert.equal(copy.text, second)
	const good = verify({})
	assert.equal(good.status, 0, good.stderr)
	assert.match(good.stdout, /three-majors\), version 2, in force from 2019-06-01/)
	assert.match(verify({ text: first }).stderr, /isn't the one that was recorded/)
	assert.match(verify({ text: first, payload: copy.payload.replace(JSON.stringify(second).slice(1, -1), JSON.stringify(first).slice(1, -1)) }).stderr, /isn't what the event is bound to/)
	assert.match(verify({ receipt: copy.receipt.replace(/\nindex \d+/, '\nindex 3') }).stderr, /under the signed root/)
	assert.equal(verify({ salt: '0'.repeat(copy.salt.length) }).status, 1)
	assert.notEqual(verify({ receipt: (await shown('/1/copy?version=1')).receipt }).status, 0)
	problem(await read('/1/copy?version=3'), 404, 'version')
})

test('articles are found by their words, in the text of the day', async () => {
	const found = async (q, day) => (await shown(`?q=${encodeURIComponent(q)}&as_of=${day}`)).rules.map(({ code, found }) => [code, found?.label])
	assert.deepEqual(await found('派驻', '2019-06-01'), [['three-majors', '第三条']])
	assert.deepEqual(await found('派驻', '2019-05-31'), [])
	assert.deepEqual(await found('三重', '2019-05-31'), [['three-majors', undefined]])
	const { rules } = (await people[outsider].get('/api/v1/search?q=' + encodeURIComponent('五十万'))).json
	assert.deepEqual(rules.map(({ rule, label }) => [rule, label]), [[1, '第二条']])
})

test('an older rule gets a matter in which its review is owed', async () => {
	const reply = await write('', spec({ code: 'cars', title: '公务用车管理办法', area: 'property', stages: ['policy'], unit: 'government-office', text: '公务用车统一管理。', from: '2016-09-01', review_on: '2019-09-30', review: 'rule_review', procedures: [] }))
	assert.equal(reply.status, 201, reply.body)
	const { history: [version], parts } = await shown('/2')
	assert.deepEqual(parts.map(({ kind }) => kind), ['preamble'])
	const review = (await people[office].get(`/api/v1/matters/${version.review.matter}`)).json
	assert.deepEqual([review.title, review.duties[0].due], ['公务用车管理办法', '2019-10-01T00:00:00+08:00'])
	for (const [filter, codes] of [['area=property', ['cars']], ['stage=supervision', ['three-majors']], ['unit=discipline', ['three-majors']], ['state=future', []]]) assert.deepEqual((await shown('?' + filter)).rules.map(({ code }) => code), codes)
	problem(await read('?area=weather'), 400, 'area')
	problem(await read('?unit=nowhere'), 400, 'unit')
})

test('a rule is repealed from a day on, and then nothing follows', async () => {
	problem(await write('/2/repeal', { until: '2019-05-01', reason: '并入新规' }, outsider), 403, 'person')
	problem(await write('/2/repeal', { until: '2016-09-01', reason: '并入新规' }), 400, 'until')
	problem(await write('/2/repeal', { until: '2019-05-01' }), 400, 'reason')
	problem(await write('/2/repeal', { until: '2019-05-01', reason: '并入新规', by_rule: 'cars' }), 400, 'by_rule')
	problem(await write('/2/repeal', { until: '2019-05-01', reason: '并入新规', by_rule: 'none' }), 400, 'by_rule')
	problem(await write('/9/repeal', { until: '2019-05-01', reason: '并入新规' }), 404, 'rule')
	assert.equal((await write('/2/repeal', { until: '2019-05-01', reason: '并入新规', by_rule: 'three-majors' })).status, 200)
	const { repeal, state } = await shown('/2')
	assert.deepEqual([state, repeal.until, repeal.by_rule, repeal.by_title], ['in_force', '2019-05-01', 1, 'The three majors'])
	assert.equal((await shown('/2?as_of=2019-05-01')).state, 'repealed')
	problem(await write('/2/repeal', { until: '2019-06-01', reason: '并入新规' }), 409, 'rule')
	problem(await write('/2/versions', { version: 2, text: '甲', from: '2019-07-01' }), 409, 'rule')
	const report = (await people[office].get('/api/v1/reports/rules?at=2019-05-01')).json
	assert.deepEqual(report.rows.map(({ cells }) => cells[5]), ['0', '0', '0', '1'])
	assert.equal(report.rows[2].cells[6], 'Policy, Supervision, Target, Assessment')
})

test('a text that is to be the next version is compared before it is one', async () => {
	const draft = second.replace('集体讨论决定', '集体表决决定')
	const { to, changes, parts } = (await write('/1/compare', { from: 2, text: draft }, outsider)).json
	assert.deepEqual([to, changes], [3, 1])
	assert.deepEqual(parts.find(({ change }) => change === 'changed').words.filter(({ mark }) => mark !== 'same').map(({ mark, text }) => `${mark} ${text}`), ['removed 讨论', 'added 表决'])
	problem(await write('/1/compare', { from: 2, text: '第一条 甲\n第三条 乙' }), 400, 'text')
	problem(await write('/1/compare', { from: 9, text: draft }), 404, 'version')
	problem(await write('/9/compare', { from: 1, text: draft }), 404, 'rule')
	assert.equal((await shown('/1')).versions, 2)
})

test('texts are tried as files, and recorded together as they were looked at', async () => {
	const text = (code, more = '') => `---\ncode: ${code}\ntitle: 办法\narea: money\nstages: policy\nunit: finance\nfrom: 2019-05-01\n${more}---\n第一条 甲。\n`
	const files = [{ name: 'a.md', text: text('a') }, { name: 'a-2.md', text: text('a', 'version: 2\n').replace('05-01', '06-01').replace('甲', '乙') }, { name: 'b.md', text: text('b', 'aera: money\nreview_on: 2020-01-01\n') }]
	const wrong = (await write('/files/preview', { files })).json
	assert.deepEqual(wrong.files.map(({ does, version }) => [does, version]), [['issues', 1], ['amends', 2], ['wrong', undefined]])
	assert.deepEqual(wrong.files[2].errors.map(({ line }) => line), [8])
	problem(await write('/files', { files, digest: wrong.digest }), 400, 'files')
	problem(await write('/files/preview', { files }, outsider), 403, 'person')
	problem(await write('/files/preview', { files: [] }), 400, 'files')
	files[2].text = text('b', 'review: rule_review\nreview_on: 2020-01-01\n')
	const good = (await write('/files/preview', { files })).json
	assert.deepEqual([good.to_record, good.wrong], [3, 0])
	const before = (await shown('')).rules.length
	problem(await write('/files', { files, digest: wrong.digest }), 409, 'digest')
	problem(await write('/files', { files: files.slice(0, 2), digest: good.digest }), 409, 'digest')
	problem(await people[outsider].post('/api/v1/rules/files', { files, digest: good.digest }), 403, 'person')
	assert.equal((await shown('')).rules.length, before)
	const headers = { 'Idempotency-Key': 'files' }
	const done = await people[office].post('/api/v1/rules/files', { files, digest: good.digest }, { headers })
	assert.deepEqual([done.status, done.json.recorded], [200, 3], done.body)
	assert.equal((await people[office].post('/api/v1/rules/files', { files, digest: good.digest }, { headers })).json.again, true)
	const rules = (await shown('?as_of=2019-06-01')).rules.filter(({ code }) => code.length === 1)
	assert.deepEqual(rules.map(({ code, version, versions }) => [code, version, versions]), [['a', 2, 2], ['b', 1, 1]])
	assert.ok((await shown(`/${rules[1].rule}`)).history[0].review.matter > 0)
	const known = (await write('/files/preview', { files })).json
	assert.deepEqual([known.to_record, ...known.files.map(({ does }) => does)], [0, 'nothing', 'nothing', 'nothing'])
})

test('the record holds: built again, asked, and judged by a stranger', async () => {
	const key = (await get(server, '/api/v1/ledger/key')).body.trim()
	await server.stop()
	assert.match(run('replay', data, ...now), /all the same/)
	assert.match(run('audit', data, '--only', 'no_rule_has_two_texts_on_a_day', ...now), /OK/)
	run('export-ledger', data, inside('ledger.tar'))
	assert.match(run('verify', inside('ledger.tar'), '--key', key), /OK/)
})
