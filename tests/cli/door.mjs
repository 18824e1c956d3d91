// Whom a compartment is about, at the shell: what `show`, `duties`, `inbox` and `act` tell them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bihuan, district, file, run } from './run.mjs'

const data = district()
const now = ['--now', '2019-03-05T09:00']
const tenures = run('export', data, 'tenures').split('\r\n').map((line) => line.split(','))
const holder = (post) => tenures.find((row) => row[0] === post && row[2] <= '2019-03-05' && (row[3] === '' || row[3] > '2019-03-05'))[1]
const manager = holder('discipline-management-head'), handler = holder('discipline-investigation-head'), secretary = holder('discipline-secretary')
const respondent = holder('staffing-head'), stranger = holder('agriculture-head')
const act = (...words) => run('act', data, lead.number, ...words, ...now)
run('open', data, 'lead', 'title=匿名举报某事', 'source=letters', `respondent=${respondent}`, 'unit=staffing', '--as', manager, ...now)
const [lead] = JSON.parse(run('list', data, '--procedure', 'lead', '--json', ...now))
const show = (...words) => bihuan(['show', data, lead.number, ...words, ...now])

test('before anything is told the matter is nowhere to them', () => {
	act('assign', '--as', manager)
	act('propose', 'way=letter', 'reason=可以函询', '--evidence', file('proposal.txt', 'why'), '--as', handler)
	const said = show('--as', respondent)
	assert.equal(said.code, 1)
	assert.equal(said.out, '')
	assert.match(show('--as', stranger).out, /匿名举报某事/) // whoever has the machine reads it all under any other name
})

test('what was asked, the duty and the form are told, and nothing else', () => {
	act('approve_letter', 'questions=请说明两笔支出', '--as', secretary)
	const { out } = show('--as', respondent)
	assert.match(out, /Handling of a lead/)
	assert.match(out, /请说明两笔支出/)
	assert.match(out, /Reply \(act reply\)/)
	for (const secret of ['匿名举报', '可以函询', 'Proposal', secretary, 'proposal.txt']) assert.ok(!out.includes(secret), secret)
	assert.match(show('--as', respondent, '--lang', 'zh').out, /隔离事项,仅列告知本人的内容/)
	const json = JSON.parse(show('--as', respondent, '--json').out)
	assert.equal(json.door, true)
	assert.equal(json.history, undefined)
	const [duty] = JSON.parse(run('duties', data, '--as', respondent, '--json', ...now))
	assert.deepEqual([duty.number, duty.title], [lead.number, 'Handling of a lead'])
	assert.ok(!run('inbox', data, '--as', respondent, ...now).includes('匿名举报'))
})

test('they answer, and keep what they said and its event', () => {
	const said = JSON.parse(run('act', data, lead.number, 'reply', 'statement=两笔均有批文', '--as', respondent, '--json', ...now))
	assert.deepEqual(Object.keys(said), ['matter', 'number', 'event', 'again'])
	const { out } = show('--as', respondent)
	assert.match(out, new RegExp(`${said.event} .*Reply\n +Statement  两笔均有批文`))
	assert.ok(!out.includes('act reply'))
	assert.equal(bihuan(['act', data, lead.number, 'believe', 'result=采信', '--evidence', file('b.txt', 'b'), '--as', respondent, ...now]).code, 1)
})
