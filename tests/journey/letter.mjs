// 匿名反映: somebody on a phone reports how an office behaves, without signing in, keeps the code, and adds to it; another, whose report is
// with the petitions room already, reads its question and answers. In both languages; held to WCAG 2.2 AA, to the policy and to the screen.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { inside, mustBeSound, openBrowser, root, run, serveData, signIn, visit } from './lib.mjs'

const petitions = 'huang0142'
const data = inside('data'), at = ['--now', '2019-06-03T10:00']
run('init', data, '--institution', join(root, 'institutions/pengjiang-2019'), '--now', '2019-06-03T08:00')
run('account', data, 'samples', petitions, '--now', '2019-06-03T09:00')
const entered = JSON.parse(run('letter', 'enter', data, 'anonymous_report', '--as', petitions, '--came', '2019-06-01', '--json',
	'subject=health', 'title=窗口推诿', 'kind=service', 'happened=五月下旬', 'account=三次让我改天再来', ...at))
run('act', data, entered.number, 'ask', '--as', petitions, 'question=请问是几号窗口？', ...at)
const address = await serveData(data, '--limits', 'off', '--now', '2019-06-03T14:00')
const browser = await openBrowser()
const words = { zh: { send: '匿名提交', read: '查看', add: '提交补充', clear: '已保存，清除本页', added: '已收到，次日转交。' }, en: { send: 'Send without a name', read: 'Read', add: 'Send the addition', clear: 'I have it; clear this page', added: 'Received. It is put before the office tomorrow.' } }

for (const language of ['zh', 'en']) {
	const said = words[language]
	const press = (page, name) => page.getByRole('button', { name, exact: true }).click()

	test(`a report is made on a phone, ${language}`, async () => {
		const phone = await visit(browser, address, { language, size: 'phone' })
		const { page } = phone, asked = []
		page.on('request', (request) => asked.push(new URL(request.url()).pathname))
		await page.goto('/letter')
		await page.waitForSelector('form')
		await mustBeSound(phone, `letter-${language}-phone`)
		await press(page, said.send)
		await page.locator('[aria-invalid=true]').first().waitFor()
		await mustBeSound(phone, `letter-lacks-${language}-phone`)
		const fields = page.locator('.letter-field :is(select, textarea)')
		await fields.nth(0).selectOption('health')
		await fields.nth(1).fill('窗口推诿')
		await fields.nth(2).selectOption('service')
		await fields.nth(3).fill('五月下旬')
		await fields.nth(4).fill('三次让我改天再来 <b>不是标签</b>')
		const photo = await page.evaluate(() => {
			const canvas = document.createElement('canvas')
			canvas.width = canvas.height = 8
			return canvas.toDataURL('image/png').split(',')[1]
		})
		await page.setInputFiles('input[type=file]', { name: 'IMG_20190603_1420.png', mimeType: 'image/png', buffer: Buffer.from(photo, 'base64') })
		await page.getByText('photo-1.png').waitFor()
		await press(page, said.send)
		const code = await page.locator('.letter-code').textContent()
		assert.match(code, /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/)
		await mustBeSound(phone, `letter-receipt-${language}-phone`)
		await press(page, said.clear)
		await page.waitForSelector('form')
		assert.doesNotMatch(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage })), new RegExp(code))
		// Nothing was asked that the server would note.
		assert.deepEqual(asked.filter((path) => !/^\/(letter|assets\/[^/]+|api\/v1\/letters(\/files)?)$/.test(path)), [])
		await page.goto('/answer')
		await page.locator('#code').fill(code)
		await press(page, said.read)
		await page.getByText('<b>不是标签</b>').waitFor()
		await mustBeSound(phone, `letter-waits-${language}-phone`)
		await phone.close()
	})

	test(`the question is read and answered, ${language}`, async () => {
		const desk = await visit(browser, address, { language, dark: language === 'en' })
		const { page } = desk
		await page.goto('/answer')
		await mustBeSound(desk, `letter-code-${language}-desktop`)
		await page.locator('#code').fill(entered.code.toLowerCase())
		await press(page, said.read)
		await page.getByText('请问是几号窗口？').waitFor()
		await page.locator('textarea').fill('三号窗口')
		await mustBeSound(desk, `letter-read-${language}-desktop`)
		await press(page, said.add)
		await page.getByText(said.added, { exact: true }).waitFor()
		await desk.close()
	})
}

test('the office sees that it came without a name, and what the reporter will read', async () => {
	const desk = await visit(browser, address, { language: 'zh' })
	await signIn(desk.page, petitions)
	await desk.page.goto('/matters/1')
	await desk.page.getByText('不具名，凭回执码答复').waitFor()
	await desk.page.getByRole('button', { name: '回复或询问反映人' }).first().click()
	await desk.page.getByText('反映人凭回执码能看到：给反映人的话').waitFor()
	await mustBeSound(desk, 'letter-office-zh-desktop')
	await desk.close()
})
