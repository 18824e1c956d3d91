// What somebody who holds no post says in a hearing is entered from their letter, by an office of the procedure: the matter tells who may
// enter whose, with which form; the day on which it came is in the record.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ask, bihuan, foreseeing, get, inside, launch, problem, root, run, signIn } from './lib.mjs'

const folder = join(root, 'institutions/pengjiang-2019'), data = inside('data')
const tenures = readFileSync(join(folder, 'tenures.csv'), 'utf8').split('\n').map((line) => line.split(','))
const holder = (post, day) => tenures.find((row) => row[0] === post && row[2] <= day && (row[3] === '' || row[3] > day))[1]
const manager = holder('discipline-management-head', '2019-03-05'), handler = holder('discipline-investigation-head', '2019-03-05'), secretary = holder('discipline-secretary', '2019-03-05')
const organiser = holder('organisation-head', '2019-03-05'), stranger = holder('agriculture-head', '2019-03-05'), seated = holder('staffing-head', '2019-03-05')
const now = ['--now', '2019-03-05T09:00']
run('init', data, '--institution', folder, '--now', '2018-12-31T08:00')
writeFileSync(inside('people.csv'), 'code,name\nliu.gone,刘某\n')
writeFileSync(inside('paper.txt'), 'why')
run('import', data, 'people', inside('people.csv'), '--as', organiser, ...now)
// One matter is about whoever left, the other about somebody who has a post.
for (const respondent of ['liu.gone', seated]) run('open', data, 'lead', 'title=反映某事', 'source=letters', `respondent=${respondent}`, 'unit=staffing', '--as', manager, ...now)
const leads = JSON.parse(run('list', data, '--procedure', 'lead', '--json', ...now)).sort((a, b) => a.id - b.id)
for (const { number } of leads) {
	run('act', data, number, 'assign', '--as', manager, ...now)
	run('act', data, number, 'propose', 'way=letter', 'reason=函询', '--evidence', inside('paper.txt'), '--as', handler, ...now)
	run('act', data, number, 'approve_letter', 'questions=请说明', '--as', secretary, ...now)
}
run('account', data, 'samples', manager, handler, stranger, ...now)
const [gone, other] = leads
const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', '--now', '2019-03-07T09:00'])
after(() => server.stop())
const document = (await get(server, '/api/v1/openapi.json')).json
const names = [manager, handler, stranger]
const people = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await signIn(server, name)])))
const { read, write } = foreseeing(document, people)
const letter = (await ask(server, 'POST', '/api/v1/evidence?name=letter.txt', { body: '来信原文', headers: { ...people[manager].headers, 'Content-Length': Buffer.byteLength('来信原文'), 'Content-Type': 'text/plain' } })).json.hash
const reply = (body, id = gone.id, who = manager) => write(who, `/matters/${id}/actions/reply`, { fields: { statement: '两笔均有批文' }, evidence: [letter], in_name_of: 'liu.gone', ...body })

test('a matter says whose letter may be entered, and only to an office of the procedure, about somebody without a post', async () => {
	const { letters } = (await read(manager, `/matters/${gone.id}`)).json
	assert.deepEqual(letters.map(({ action, of, of_name, fields }) => [action, of, of_name, fields.map(({ name }) => name)]), [['reply', 'liu.gone', '刘某', ['statement']]])
	assert.equal((await read(manager, `/matters/${other.id}`)).json.letters, undefined)
	assert.equal((await read(stranger, `/matters/${gone.id}`)).status, 404)
})

test('it is entered with the letter and the day on which it came, and the record tells both', async () => {
	problem(await reply({ came: '2019-03-08' }), 400, 'came')
	problem(await reply({ came: '2019-03-04' }), 400, 'came')
	problem(await reply({ evidence: [] }), 422, 'evidence')
	problem(await reply({ in_name_of: seated }), 403, 'in_name_of')
	problem(await reply({ in_name_of: 'nobody' }), 400, 'in_name_of')
	problem(await reply({ in_name_of: seated }, other.id), 422, 'in_name_of')
	const done = await reply({ came: '2019-03-06' })
	assert.equal(done.status, 200, done.body)
	const matter = (await read(manager, `/matters/${gone.id}`)).json
	assert.equal(matter.letters, undefined, 'once entered it is no more to be entered')
	const event = (await read(manager, `/matters/${gone.id}/history?sort=-event&limit=1`)).json.events[0]
	assert.equal(event.came, '2019-03-06')
	assert.match(event.actor, /entering a letter of 刘某/)
})

test('the record holds', async () => {
	const key = (await get(server, '/api/v1/ledger/key')).body.trim()
	await server.stop()
	assert.match(run('replay', data, '--now', '2019-03-07T10:00'), /all the same/)
	run('export-ledger', data, inside('ledger.tar'))
	assert.match(run('verify', inside('ledger.tar'), '--key', key), /OK/)
	assert.match(run('act', data, gone.number, '--help'), /--came/)
})
