// Every page as each of the people sees it, in both languages, on a desktop, a tablet and a phone, light and dark. Which pages there are
// for somebody, their menu says; some that no menu names stand below.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { totp } from '../totp.mjs'
import { go, mustBeSound, openBrowser, serveDemo, signIn, sizes, turn, visit } from './lib.mjs'

const address = await serveDemo()
const browser = await openBrowser()

const looks = [
	{ account: 'ruan0098', who: 'supervision', beyond: ['/open', '/open/key_task', '/import', '/matters/16', '/matters/16/open', '/procedures/key_task'], language: 'zh', size: 'desktop' },
	{ account: 'xian0260', who: 'liaison', beyond: ['/matters/16', '/procedures/key_task'], language: 'zh', size: 'phone' },
	{ account: 'mai0002', who: 'leader', beyond: ['/matters/16', '/open/key_task', '/commanders/government-executive'], language: 'en', size: 'desktop', dark: true },
	{ account: 'feng0717', who: 'village', beyond: ['/matters/16'], language: 'en', size: 'phone', dark: true },
	{ account: 'he0649', who: 'town', beyond: ['/matters/16'], language: 'zh', size: 'tablet' },
]

test('before signing in', async (t) => {
	for (const language of ['zh', 'en'])
		for (const size of ['desktop', 'phone'])
			await t.test(`${language} ${size}`, async () => {
				const visitor = await visit(browser, address, { language, size })
				await visitor.page.goto('/')
				await visitor.page.locator('.samples button').first().waitFor()
				await mustBeSound(visitor, `sign-in-${language}-${size}`)
				await visitor.close()
			})
})

const enrolling = { zh: { begin: '开始登记', code: '六位动态口令', confirm: '确认登记', kept: '已抄录，继续' }, en: { begin: 'Begin', code: 'Six digits', confirm: 'Confirm', kept: 'I have them, go on' } }

/** By the server's own clock, which in the demonstration is not ours: its newest session began just now. */
const clockOf = (page) => page.evaluate(async () => Date.parse((await (await fetch('/api/v1/me/sessions')).json()).sessions.find((each) => each.present).made))

/** What the menu names. It stands beside the page where there is room. */
async function menuOf(page, size) {
	await page.setViewportSize(sizes.desktop)
	await page.locator('aside a[href]').first().waitFor()
	const paths = await page.locator('aside a[href]').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
	await page.setViewportSize(sizes[size])
	return paths
}

// Two people at a time: one's page is drawn while the other's is judged.
describe('everybody', { concurrency: 2 }, () => {
	for (const { account, who, beyond, ...how } of looks)
		test(`${who}, ${how.language}, ${how.size}${how.dark ? ', dark' : ''}`, async (t) => {
			const visitor = await visit(browser, address, how), { page } = visitor
			await signIn(page, account)
			const paths = await menuOf(page, how.size)
			assert.ok(paths.length >= 6, paths.join(' '))
			for (const path of [...paths, ...beyond])
				await t.test(path, async () => {
					// The first of them comes to each page by its address, the others by the menu.
					await (who === looks[0].who ? go : turn)(page, path)
					await mustBeSound(visitor, `${who}${path === '/' ? '/workbench' : path}-${how.language}-${how.size}`.replaceAll('/', '-'))
				})
			await visitor.close()
		})

	// An administrator's account is good for nothing until it has a second factor; then for its own pages.
	for (const { account, ...how } of [{ account: 'system', language: 'zh', size: 'desktop' }, { account: 'security', language: 'en', size: 'phone', dark: true }, { account: 'audit', language: 'zh', size: 'tablet' }])
		test(`the ${account} administrator, ${how.language}, ${how.size}`, async (t) => {
			const visitor = await visit(browser, address, how), { page } = visitor, word = enrolling[how.language]
			const press = (name) => page.locator('main').getByRole('button', { name, exact: true }).click()
			const name = (what) => `${account}-${what}-${how.language}-${how.size}`
			await signIn(page, account)
			await page.locator('main .ant-card').waitFor()
			await mustBeSound(visitor, name('second-factor'))
			const answered = page.waitForResponse((reply) => reply.url().endsWith('/me/totp') && reply.request().method() === 'POST')
			await press(word.begin)
			const { uri } = await (await answered).json()
			await mustBeSound(visitor, name('second-factor-scan'))
			await page.getByLabel(word.code, { exact: true }).fill(totp(uri, await clockOf(page)))
			await press(word.confirm)
			await page.locator('main pre').waitFor()
			await mustBeSound(visitor, name('recovery-codes'))
			await press(word.kept)
			await page.locator('main h1').first().waitFor()
			const paths = await menuOf(page, how.size)
			assert.ok(paths.length >= 3, paths.join(' '))
			for (const path of paths)
				await t.test(path, async () => {
					await turn(page, path)
					await mustBeSound(visitor, name(path.slice(1)))
				})
			await visitor.close()
		})
})
