// Every page as each of the people sees it, in both languages, on a desktop, a tablet and a phone, light and dark.
import { test } from 'node:test'
import { mustBeSound, openBrowser, serveDemo, signIn, visit } from './lib.mjs'

const address = await serveDemo()
const browser = await openBrowser()

// Who looks at what: pages by their addresses.
const everybody = ['/ledger', '/account']
const business = ['/', '/matters', '/breakdown', '/cockpit', '/commanders', '/commanders/government-executive', '/coverage', '/rectification', '/health', '/institution', '/procedures', '/procedures/key_task', ...everybody]
const looks = [
	{ account: 'ruan0098', who: 'supervision', pages: business, language: 'zh', size: 'desktop' },
	{ account: 'xian0260', who: 'liaison', pages: business, language: 'zh', size: 'phone' },
	{ account: 'mai0002', who: 'leader', pages: business, language: 'en', size: 'desktop', dark: true },
	{ account: 'feng0717', who: 'village', pages: business, language: 'en', size: 'phone', dark: true },
	{ account: 'he0649', who: 'town', pages: business, language: 'zh', size: 'tablet' },
	// An administrator's account is good for nothing until it has a second factor.
	{ account: 'system', who: 'administrator', pages: ['/'], language: 'zh', size: 'desktop' },
	{ account: 'audit', who: 'auditor', pages: ['/'], language: 'en', size: 'phone', dark: true },
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

for (const { account, who, pages, ...how } of looks)
	test(`${who}, ${how.language}, ${how.size}${how.dark ? ', dark' : ''}`, async (t) => {
		const visitor = await visit(browser, address, how)
		await signIn(visitor.page, account)
		for (const path of pages)
			await t.test(path, async () => {
				await visitor.page.goto(path)
				await visitor.page.locator('main :is(h1, h2, .ant-card)').first().waitFor()
				await mustBeSound(visitor, `${who}${path === '/' ? '/workbench' : path}-${how.language}-${how.size}`.replaceAll('/', '-'))
			})
		await visitor.close()
	})
