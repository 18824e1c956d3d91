// 公示期满以后: P4 to its end. Five working days after the publicity began the person is appointed, the post is handed over and signed for, and a year
// later the probation is assessed and the whole filed. Time passes by serving the same data on a later day.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { inside, mustBeSound, openBrowser, root, run, serveData, settled, stop } from './lib.mjs'
import { combinations, desk, field, people, sees } from './people.mjs'

const organisation = 'guan0064', candidate = 'xian0260', head = 'dai0262', registry = 'mai0058', number = '任〔2019〕001号'
const data = inside('data'), at = (day) => ['--now', `2019-${day}T09:00`]
run('init', data, '--institution', join(root, 'institutions/pengjiang-2019'), '--now', '2019-07-01T08:00')
run('account', data, 'samples', organisation, candidate, head, registry, ...at('07-01'))
writeFileSync(inside('paper.txt'), 'paper')
run('open', data, 'appointment', '--as', organisation, 'title=提拔任用水利局副局长', 'post=agriculture-deputy-2', 'unit=agriculture', 'kind=promotion', ...at('07-01'))
for (const [day, account, action, ...fields] of [
	['07-01', organisation, 'move_post', 'grounds=岗位需要'],
	['07-02', 'ye0001', 'approve_motion'],
	['07-05', organisation, 'recommend', `candidate=${candidate}`, 'asked=20', 'votes=16'],
	['07-09', organisation, 'inspect', 'record=黑臭水体治理一线表现突出'],
	['07-10', 'dai0136', 'give_clearance', 'clearance=yes'],
	['07-11', organisation, 'propose', 'reason=以实绩论英雄'],
	['07-15', 'luo0011', 'pass', 'entitled=9', 'present=8', 'agree=8', 'against=0', 'defer=0', 'chief_last=true'],
	['07-16', organisation, 'show', 'shown_from=2019-07-16'],
]) run('act', data, number, action, ...fields, '--as', account, ...(['approve_motion', 'give_clearance'].includes(action) ? [] : ['--evidence', inside('paper.txt')]), ...at(day))
const browser = await openBrowser(), appointment = '/matters/1'

test('five working days later nobody has objected: appointed, handed over, signed for', async () => {
	const address = await serveData(data, '--limits', 'off', '--now', '2019-07-24T09:00')
	const { act, as, to, read } = people(browser, address)
	await act(organisation, desk, appointment, 'end_showing', { result: '公示期内未收到异议' })
	const page = await act(organisation, desk, appointment, 'appoint', { took_office: '2019-07-25' })
	const { matters } = await read(page, '/api/v1/matters?procedure=handover&limit=5')
	assert.equal(matters.length, 1)
	const handover = `/matters/${matters[0].id}`
	await act(head, desk, handover, 'list_items', { open_duties: 3, list: '河长制台账三册，未了事项三项' })
	await act(candidate, field, handover, 'accept')
	await act(organisation, desk, handover, 'confirm')
	await sees(await to(candidate, field, handover), 'Handed over')
	await act(head, desk, appointment, 'arrive_on_probation', { arrived_on: '2019-07-24', probation_until: '2020-07-24' })
	const { possible } = await read(await as(head, desk), `/api/v1${appointment}`)
	assert.equal(possible.find(({ action }) => action === 'report_probation').may, false, 'the probation is not over')
	await stop(address)
})

test('a year later the probation is assessed and the appointment filed; it reads in both languages at both sizes', async () => {
	const address = await serveData(data, '--limits', 'off', '--now', '2020-07-27T09:00')
	const { act, to, mustBeClean } = people(browser, address)
	await act(head, field, appointment, 'report_probation', { record: '三条河涌全部达标' })
	await act(organisation, desk, appointment, 'find_fit', { opinion: '考核合格' })
	await act(registry, desk, appointment, 'file')
	for (const how of combinations) {
		const page = await to(organisation, how, appointment)
		await sees(page, how.language === 'zh' ? '任职完成' : 'In office', '三条河涌全部达标', '公示期内未收到异议')
		await settled(page)
		await mustBeClean(page, `${how.language} ${how.size}`)
		if (how.language === 'en' && how.size === 'phone') await mustBeSound({ page, faults: [] }, 'appointment-filed-en-phone')
	}
})
