// 立案以后: P3 to its end. A case is filed, the person sees the facts and is heard, one room decides what another looked into, the person appeals
// and is heard again by a third; the decision stands in their own record, and in nobody else's sight.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { inside, mustBeSound, openBrowser, root, run, serveData, settled } from './lib.mjs'
import { combinations, desk, field, people, sees } from './people.mjs'

const manager = 'dai0136', inquiry = 'luo0147', secretary = 'zhong0004', trial = 'yu0113', commission = 'mai0053', appeals = 'feng0041', respondent = 'xian0260', organisation = 'guan0064', unit = 'dai0262'
const data = inside('data'), at = ['--now', '2019-07-02T09:00'], number = '线〔2019〕1号'
run('init', data, '--institution', join(root, 'institutions/pengjiang-2019'), '--now', '2019-07-01T08:00')
run('account', data, 'samples', manager, inquiry, secretary, trial, commission, appeals, respondent, organisation, unit, ...at)
writeFileSync(inside('paper.txt'), 'paper')
run('open', data, 'lead', '--as', manager, 'title=工地检查失职线索', 'source=letters', `respondent=${respondent}`, 'unit=agriculture', ...at)
for (const [account, action, ...fields] of [
	[manager, 'assign'],
	[inquiry, 'propose', 'way=preliminary', 'reason=可查性强', '--evidence', inside('paper.txt')],
	[secretary, 'approve_inquiry'],
	[inquiry, 'report', 'facts=二月三次检查未留记录', '--evidence', inside('paper.txt')],
]) run('act', data, number, action, ...fields, '--as', account, ...at)
const address = await serveData(data, '--limits', 'off', '--now', '2019-07-16T09:00')
const browser = await openBrowser()
const { act, menu, to, mustBeClean } = people(browser, address)

// Each opens the next, so they stand in this order; the third carries out the sanction.
const lead = '/matters/1', filed = '/matters/2', sanction = '/matters/3', appeal = '/matters/4'

test('a case is filed; the person sees the facts and is heard', async () => {
	await act(secretary, desk, lead, 'file_case')
	await act(inquiry, desk, filed, 'notify', { told_on: '2019-07-16' })
	await act(inquiry, desk, filed, 'show_facts', { facts: '二月三次检查未留记录' })
	await act(respondent, field, filed, 'state_case', { statement: '记录在镇里，已补交' })
	await act(inquiry, desk, filed, 'send_to_trial', { reply: '镇里留存两次，一次确无记录' })
})

test('who looked into it does not decide: reviewed, decided, announced', async () => {
	await act(trial, desk, filed, 'submit_opinion')
	await act(commission, field, filed, 'decide', { decision: '给予党内警告处分', until: '2020-07-15' })
	await act(trial, desk, filed, 'announce', { announced_on: '2019-07-16' })
})

test('the organisation department serves the sanction', () => act(organisation, desk, sanction, 'serve', { served_on: '2019-07-16' }).then(() => {}))

test('the person appeals, is heard by another room, and answered', async () => {
	// What goes on inside is told to nobody outside, so the page is opened anew: by the list of what is about oneself.
	const page = await menu(respondent, field, '/accountability')
	await page.locator(`main a[href="${filed}"]`).first().click()
	await page.waitForURL(`**${filed}`)
	await sees(page, '给予党内警告处分')
	await act(respondent, field, filed, 'appeal', { grounds: '一次检查由他人负责' })
	await act(appeals, desk, appeal, 'accept')
	await act(respondent, field, appeal, 'be_heard', { statement: '值班表可证' })
	await act(appeals, desk, appeal, 'conclude', { conclusion: '值班表属实，不影响定性' })
	await act(commission, field, appeal, 'decide', { answer: '当日系本人值班，维持' })
	await act(appeals, desk, filed, 'uphold', { reason: '维持原决定' })
	await act(manager, desk, filed, 'close')
})

test('it stands in the record of the person, in both languages at both sizes', async () => {
	for (const how of combinations) {
		const page = await to(respondent, how, `/people/${respondent}`)
		await sees(page, '给予党内警告处分', '当日系本人值班，维持')
		assert.ok(!(await page.locator('main').innerText()).includes('可查性强'))
		await settled(page)
		await mustBeClean(page, `${how.language} ${how.size}`)
		if (how.language === (how.size === 'phone' ? 'en' : 'zh')) await mustBeSound({ page, faults: [] }, `decisions-${how.language}-${how.size}`)
	}
	const page = await to(unit, desk, `/people/${respondent}`)
	assert.ok(!(await page.locator('main').innerText()).includes('值班'), 'nobody else reads what they said')
})
