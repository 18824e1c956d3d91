// Every page as each of the people sees it, in both languages, on a desktop, a tablet and a phone, light and dark. Which pages there are
// for somebody, their menu says; some that no menu names stand below.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mustBeSound, openBrowser, serveDemo, settled, signIn, visit } from './lib.mjs'

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

// An administrator's account is good for nothing until it has a second factor.
for (const how of [{ language: 'zh', size: 'desktop' }, { language: 'en', size: 'phone', dark: true }])
	test(`an administrator's first time, ${how.language}, ${how.size}`, async () => {
		const visitor = await visit(browser, address, how)
		await signIn(visitor.page, 'system')
		await visitor.page.locator('main .ant-card').waitFor()
		await mustBeSound(visitor, `second-factor-${how.language}-${how.size}`)
		await visitor.close()
	})

async function menuOf(account) {
	const { page, close } = await visit(browser, address)
	await signIn(page, account)
	await page.locator('aside a[href]').first().waitFor()
	const paths = await page.locator('aside a[href]').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
	await close()
	return paths
}

for (const { account, who, beyond, ...how } of looks)
	test(`${who}, ${how.language}, ${how.size}${how.dark ? ', dark' : ''}`, async (t) => {
		const paths = await menuOf(account)
		assert.ok(paths.length >= 6, paths.join(' '))
		const visitor = await visit(browser, address, how)
		await signIn(visitor.page, account)
		for (const path of [...paths, ...beyond])
			await t.test(path, async () => {
				await visitor.page.goto(path)
				await visitor.page.locator('main :is(h1, h2)').first().waitFor()
				await settled(visitor.page)
				await mustBeSound(visitor, `${who}${path === '/' ? '/workbench' : path}-${how.language}-${how.size}`.replaceAll('/', '-'))
			})
		await visitor.close()
	})
