// A table comes in: by the supervision office at a desk and on a phone, one cell wrong at first, then corrected and recorded as one act.
// Whoever has no right to it is told so in words. In Chinese and in English.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { workbook } from '../cli/xlsx.mjs'
import { mustBeSound, openBrowser, serveDemo, settled, signIn, visit } from './lib.mjs'

const address = await serveDemo()
const browser = await openBrowser()

const words = {
	zh: { button: '导入', kind: '导入何种数据', tasks: '重点工作', units: '单位', confirm: '确认导入', weather: '“天气”对应哪一列', leaveOut: '不读入', verify: '核验', faults: '错误与冲突', draft: '草稿', noDay: '没有这一天' },
	en: { button: 'Import', kind: 'What its rows are', tasks: 'Key tasks', units: 'Units', confirm: 'Import', weather: 'Column for “天气”', leaveOut: 'Leave out', verify: 'Verify', faults: 'Errors and conflicts', draft: 'Draft', noDay: 'is not in the calendar' },
}
const head = ['督查事项', '主办单位', '挂牌领导', '办结时限', '天气']
const table = (title, due) => workbook([head, [`${title}一`, 'agriculture', 'government-head', '2019-06-28', '晴'], [`${title}二`, 'agriculture', 'government-head', due, '晴']])
const send = async (page, name, bytes) => {
	await page.locator('main input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })
	await page.locator('main').getByText(name).first().waitFor()
	await settled(page)
}
/** Chooses in a list of the page, by what is typed where there are many. */
async function pick(page, label, typed, name) {
	await page.getByLabel(label, { exact: true }).click()
	if (typed) await page.keyboard.type(typed)
	await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: name }).first().click()
	await settled(page)
}
/** How many matters are called so. */
const known = (page, title) => page.evaluate((q) => fetch(`/api/v1/matters?count=true&q=${encodeURIComponent(q)}`).then((reply) => reply.json()), title).then(({ total }) => total)

describe('two at a time', { concurrency: 2 }, () => {
	for (const [language, screen] of [['zh', 'desktop'], ['en', 'phone'], ['zh', 'phone'], ['en', 'desktop']])
		test(`a table of key tasks, ${language}, ${screen}`, async (t) => {
			const word = words[language], title = `排涝泵站检修${language}${screen}`
			const office = await visit(browser, address, { language, size: screen })
			const { page } = office
			const main = page.locator('main')
			const confirm = main.getByRole('button', { name: word.confirm, exact: true })
			const named = (what) => mustBeSound(office, `import-${what}-${language}-${screen}`)

			await t.test('from the list of matters', async () => {
				await signIn(page, 'ruan0098')
				await page.goto('/matters')
				await settled(page)
				await main.getByRole('button', { name: word.button, exact: true }).click()
				await page.waitForURL(/\/import/)
				await pick(page, word.kind, '', word.tasks)
				await named('empty')
			})
			await t.test('the bad cell is marked, and nothing can be recorded', async () => {
				await send(page, '任务.xlsx', table(title, '2019-02-30'))
				await main.getByText(word.faults, { exact: false }).first().waitFor()
				await main.locator('.bad-cell', { hasText: 'Sheet1!D3' }).getByText(word.noDay, { exact: false }).waitFor()
				assert.equal(await confirm.isDisabled(), true)
				await named('wrong')
				await page.emulateMedia({ media: 'print' })
				assert.equal(await main.getByText('Sheet1!D3').first().isVisible(), true)
				assert.equal(await confirm.isVisible(), false)
				await page.emulateMedia({ media: 'screen' })
			})
			await t.test('a header that nobody knows is left out, the corrected file takes its place', async () => {
				await pick(page, word.weather, word.leaveOut, word.leaveOut)
				assert.equal(await confirm.isDisabled(), true)
				await send(page, '任务改.xlsx', table(title, '2019-07-31'))
				await page.waitForFunction((name) => [...document.querySelectorAll('main button')].some((button) => button.innerText.trim() === name && !button.disabled), word.confirm)
				assert.equal(await main.locator('.bad-cell').count(), 0)
				await named('right')
				assert.equal(await known(page, title), 0)
			})
			await t.test('it is recorded as one act, and each row leads to its matter', async () => {
				await confirm.click()
				await main.getByRole('button', { name: word.verify }).waitFor()
				const link = main.getByRole('link', { name: `${title}二` })
				await link.waitFor()
				assert.equal(await known(page, title), 2)
				await named('recorded')
				await link.press('Enter') // what the bell tells may lie over it for a moment
				await page.waitForURL(/\/matters\/\d+/)
				await settled(page)
				await main.getByText(`${title}二`).first().waitFor()
				await main.getByText(word.draft).first().waitFor()
			})
			await office.close()
		})
})

test('who has no right to rows of the institution is told why', async () => {
	const lead = await visit(browser, address, { size: 'phone' })
	await signIn(lead.page, 'xian0260')
	await lead.page.goto('/institution?tab=units')
	await settled(lead.page)
	await lead.page.locator('main').getByRole('button', { name: words.zh.button, exact: true }).click()
	await lead.page.waitForURL(/\/import\?kind=units/)
	await send(lead.page, 'units.csv', 'code,name,kind\nnew-bureau,新设局,department\n')
	await lead.page.locator('main').getByText(words.zh.faults, { exact: false }).first().waitFor()
	assert.equal(await lead.page.getByRole('button', { name: words.zh.confirm, exact: true }).isDisabled(), true)
	await mustBeSound(lead, 'import-refused-zh-phone')
	await lead.page.context().setOffline(true)
	await lead.page.locator('main input[type=file]').setInputFiles({ name: 'again.csv', mimeType: 'text/csv', buffer: Buffer.from('code,name\n') })
	await lead.page.locator('main').getByText('无法连接服务器', { exact: false }).first().waitFor()
	lead.faults.length = 0 // the browser tells of it as well
	await mustBeSound(lead, 'import-offline-zh-phone')
	await lead.close()
})
