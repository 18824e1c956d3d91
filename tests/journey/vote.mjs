// 述责述廉评议: codes made by two people away from the server, the vote opened by the organisation department on its page, cast on nine
// phones and on paper, seen in the hall, closed, and each voter's line found. The office in Chinese at a desk, voters in both languages.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { choose, confirm, inside, mustBeSound, openBrowser, root, run, serveData, settled, signIn, visit } from './lib.mjs'
import { people, sees } from './people.mjs'

const office = 'zhou0062', second = 'xian0479', reporter = 'rong0255', conduct = 'tang0140', makers = [['投票码生成人（甲）', 'tang0140', '汤筠衍'], ['投票码生成人（乙）', 'kuang0141', '邝渚苓']]
const data = inside('data'), at = (day) => ['--now', `2019-12-${day}T09:00`]
run('init', data, '--institution', join(root, 'institutions/pengjiang-2019'), '--now', '2019-12-01T08:00')
run('account', data, 'samples', office, second, reporter, conduct, ...at('01'))
writeFileSync(inside('report.txt'), 'report')
run('open', data, 'duty_report', '--as', reporter, 'title=2019年度述责述廉', 'reporter=health-head', 'unit=health', 'year=2019', 'held_on=2019-12-20', ...at('02'))
run('act', data, '述〔2019〕1号', 'submit', '--as', reporter, '--evidence', inside('report.txt'), ...at('02'))
run('act', data, '述〔2019〕1号', 'pass', '--as', conduct, 'held_on=2019-12-20', ...at('02'))
run('act', data, '述〔2019〕1号', 'report_in_person', '--as', reporter, 'spoken_on=2019-12-20', ...at('20'))

for (const share of ['one', 'two']) run('ballot', 'share', inside(share))
const made = run('ballot', 'codes', inside('one'), inside('two'), '--group', 'all=12', '--url', 'https://vote.example', '--slips', inside('slips.html'), '--list', inside('codes.txt'))
const codes = [...readFileSync(inside('slips.html'), 'utf8').matchAll(/class="code">([^<]+)</g)].map(([, code]) => code)
const printed = /root (\S+)/.exec(made)[1]
const address = await serveData(data, '--limits', 'off', '--now', '2019-12-20T10:00')
const browser = await openBrowser()
const desk = await visit(browser, address, { language: 'zh' })
const main = desk.page.locator('main')
const fill = (label, value) => desk.page.getByLabel(label, { exact: true }).first().fill(value)
const press = (name, where = main) => where.getByRole('button', { name, exact: true }).click()
const phone = (language) => visit(browser, address, { language, size: 'phone' })

test('the office sees that no vote was held', async () => {
	await signIn(desk.page, office)
	await desk.page.locator('aside').getByRole('link', { name: '述责述廉', exact: true }).click()
	await main.getByText('还没有举行过评议').waitFor()
	await mustBeSound(desk, 'vote-none-zh-desktop')
})

test('what is wrong is said before and by the server', async () => {
	await press('开始评议')
	await desk.page.waitForURL('**/ballots/open')
	await settled(desk.page)
	await main.locator('input[type=file]').setInputFiles(inside('slips.html'))
	await main.getByText('这不是投票码散列表').waitFor()
	assert.ok(await main.getByRole('button', { name: '开始评议', exact: true }).isDisabled())
	await main.locator('input[type=file]').setInputFiles(inside('codes.txt'))
	await main.getByText(printed).waitFor()
	await press('开始评议')
	await main.getByText('请填写评议名称').waitFor()
	await mustBeSound(desk, 'vote-lacks-zh-desktop')
})

test('it is opened', async () => {
	await fill('评议名称（中文）', '2019年度述责述廉评议')
	await fill('评议名称（英文，可不填）', 'Reports on duty and integrity, 2019')
	await desk.page.getByLabel('述责述廉事项', { exact: true }).click()
	await desk.page.locator('.ant-select-item-option', { hasText: '述〔2019〕1号' }).click()
	await fill('票面名称（中文）', '卫生健康局局长')
	await fill('票面名称（英文，可不填）', 'Director, Health Bureau')
	await fill('评议组（中文）', '全体')
	await fill('发出票', '12')
	await fill('应到', '20')
	await fill('实到', '40')
	for (const [label, account, name] of makers) await choose(desk.page, label, account, name)
	await desk.page.keyboard.press('Tab')
	await press('开始评议')
	await main.locator('.ant-alert-error').waitFor() // more present than entitled
	await mustBeSound(desk, 'vote-refused-zh-desktop')
	await fill('应到', '50')
	await press('开始评议')
	await desk.page.waitForURL(/\/ballots\/1$/)
	await main.getByText('评议进行中').waitFor()
	await main.getByText(printed).waitFor()
	await mustBeSound(desk, 'vote-open-zh-desktop')
})

test('nine vote on their phones, and the hall sees how many, not how', async () => {
	for (const [i, code] of codes.slice(0, 9).entries()) {
		const language = i % 2 ? 'zh' : 'en', voter = await phone(language)
		await voter.page.goto(`/vote#${code}`)
		await voter.page.locator('fieldset label').nth(i < 6 ? 0 : 2).click()
		if (i < 2) await mustBeSound(voter, `vote-ballot-${language}-phone`)
		await voter.page.locator('button[type=submit]').click()
		await voter.page.getByText(language === 'zh' ? '已投票，谢谢' : 'You have voted, thank you').waitFor()
		if (i < 2) await mustBeSound(voter, `vote-cast-${language}-phone`)
		await voter.close()
	}
	const hall = await visit(browser, address, { language: 'zh' })
	await hall.page.goto('/hall/1')
	await hall.page.locator('.hall-number', { hasText: '9' }).waitFor()
	assert.equal(await hall.page.locator('table').count(), 0)
	await mustBeSound(hall, 'vote-hall-open-zh-desktop')
	await hall.close()
	await main.locator('.standing strong', { hasText: '9' }).waitFor()
})

test('it is closed, and what follows is told', async () => {
	await fill('评议意见', '多下基层')
	await fill('整改时限', '2020-03-31')
	await desk.page.keyboard.press('Tab')
	await press('结束评议')
	await confirm(desk.page, '结束评议')
	await main.getByText('评议结束').waitFor()
	await main.getByText('86.67').waitFor() // six at 100, three at 60
	await main.getByText('通过', { exact: true }).waitFor()
	await mustBeSound(desk, 'vote-closed-zh-desktop')
})

test('a voter finds their line', async () => {
	const voter = await phone('en')
	await voter.page.goto('/hall/1')
	await voter.page.locator('.hall-mine input').fill(codes[8])
	await voter.page.locator('.hall-mine button').click()
	await voter.page.getByText('Your line is in the list').waitFor()
	assert.match(await voter.page.locator('[role=status] li').innerText(), /Average/)
	await mustBeSound(voter, 'vote-line-en-phone')
	await voter.close()
})

test('the list of votes and the result, in both languages at both sizes', async () => {
	const { inAll } = people(browser, address)
	await inAll(second, '/ballots', async (page, { language, size }) => {
		await page.locator('main').getByText(language === 'zh' ? '2019年度述责述廉评议' : 'Reports on duty and integrity, 2019').first().click()
		await sees(page, '86.67')
		if (language === 'en' && size === 'phone') await mustBeSound({ page, faults: [] }, 'vote-result-en-phone')
	})
})
