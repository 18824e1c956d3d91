// By keyboard alone: sign in, the workbench, a duty done from it, the matter's page, an act there; always with a place that is seen.
// And what comes out of a printer: without what only a screen is for.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { inside, openBrowser, root, run, serveData, settled, shot, visit } from './lib.mjs'

const office = 'ruan0098', lead = 'xian0260', password = 'three-lamps-one-river-2019'
const data = inside('data'), at = ['--now', '2019-12-02T09:00']
run('init', data, '--institution', join(root, 'institutions/pengjiang-2019'), '--now', '2019-12-01T08:00')
run('account', data, 'samples', office, lead, ...at)
const supervisor = 'luo0099', number = '督〔2019〕1号'
run('open', data, 'key_task', '--as', supervisor, 'title=天沙河河道清淤', 'lead_unit=agriculture', 'commander=government-head', 'due=2019-12-27', ...at)
run('act', data, number, 'dispatch', '--as', supervisor, ...at)

const address = await serveData(data, '--limits', 'off', '--now', '2019-12-03T09:00')
const browser = await openBrowser()
const { page, faults } = await visit(browser, address, { language: 'zh' })

/** What the keyboard is at: its words, and whether that can be seen. */
const here = () =>
	page.evaluate(() => {
		const at = document.activeElement
		const label = at.getAttribute('aria-label') || (at.id && document.querySelector(`label[for="${CSS.escape(at.id)}"]`)?.innerText) || at.innerText || ''
		const marked = [at, /INPUT|TEXTAREA/.test(at.tagName) && at.parentElement].some((each) => each && (getComputedStyle(each).outlineStyle !== 'none' || getComputedStyle(each).boxShadow !== 'none'))
		const box = at.getBoundingClientRect()
		return { name: label.trim(), tag: at.tagName, seen: marked || at.tagName === 'BODY', inside: box.bottom > 0 && box.top < innerHeight }
	})

/** Goes on by Tab until it is at what has that name. */
async function reach(name, most = 80) {
	const passed = []
	for (let i = 0; i < most; i++) {
		const at = await here()
		if (at.name === name) {
			assert.ok(at.seen, `nobody sees that the keyboard is at ${name}`)
			assert.ok(at.inside, `${name} is out of sight`)
			return
		}
		passed.push(at.name || at.tag)
		await page.keyboard.press('Tab')
	}
	assert.fail(`Tab never came to ${name}: ${passed.join(' | ')}`)
}
const key = (...keys) => keys.reduce((before, each) => before.then(() => page.keyboard.press(each)), Promise.resolve())

test('signing in', async () => {
	await page.goto('/')
	await page.locator('form').waitFor()
	await reach('账号')
	await page.keyboard.type(lead)
	await reach('口令')
	await page.keyboard.type(password)
	await key('Enter')
	await page.locator('.shell-main h1').waitFor()
	await settled(page)
})

test('past the menu to the content, and a duty is done from the workbench', async () => {
	await page.evaluate(() => document.activeElement.blur())
	await reach('跳到正文', 3)
	await key('Enter')
	assert.equal(await page.evaluate(() => document.activeElement.id), 'content')
	await reach('办理', 8)
	await key('Enter')
	const drawer = page.getByRole('dialog')
	await drawer.waitFor()
	await settled(page)
	await reach('签收', 12)
	await key('Enter')
	await drawer.locator('form').waitFor()
	await settled(page)
	await reach('签收', 12)
	await key('Enter')
	await drawer.locator('.done').waitFor()
	await settled(page)
	await reach('完成', 1)
	await key('Enter')
	await drawer.waitFor({ state: 'detached' })
	await settled(page)
})

test('the matter’s page is opened, and an act done there', async () => {
	await reach('天沙河河道清淤')
	await key('Enter')
	await page.waitForURL(/\/matters\/\d+$/)
	await page.getByText('我可以办理').waitFor()
	await settled(page)
	await reach('反馈进展')
	await key('Enter')
	const drawer = page.getByRole('dialog')
	await drawer.locator('form').waitFor()
	await settled(page)
	// The first field has the keyboard already.
	await reach('完成进度', 1)
	await page.keyboard.type('40')
	await reach('办理情况', 6)
	await page.keyboard.type('清淤四成。')
	await key('Control+Enter')
	await drawer.locator('.done').waitFor()
	await settled(page)
	await key('Enter')
	await drawer.waitFor({ state: 'detached' })
	await page.getByText('清淤四成。').first().waitFor()
	// Escape leaves a form, and the keyboard is where it was before.
	await settled(page)
	await reach('反馈进展')
	await key('Enter')
	await drawer.locator('form').waitFor()
	await settled(page)
	await key('Escape')
	await drawer.waitFor({ state: 'detached' })
	assert.equal((await here()).name, '反馈进展')
})

test('on paper there is neither menu nor button, and nothing is cut off', async () => {
	const path = new URL(page.url()).pathname
	for (const each of [path, '/', '/calendar', '/matters', '/accountability', '/reports', '/ledger']) {
		await page.goto(each)
		await page.locator('main h1').first().waitFor()
		await settled(page)
		await page.emulateMedia({ media: 'print' })
		await page.setViewportSize({ width: 794, height: 1123 })
		const left = await page.evaluate(() => [...document.querySelectorAll('header, aside, .ant-btn:not(.ant-btn-link), .ant-picker, .ant-select, .ant-pagination')].filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 0).map((one) => `${one.tagName} ${one.innerText || one.className}`))
		assert.deepEqual(left, [], each)
		assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${each} is wider than the paper`)
		assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('.ant-table-content, .sideways')].filter((one) => one.scrollWidth > one.clientWidth + 1 || getComputedStyle(one).overflowX !== 'visible').map((one) => one.innerText.slice(0, 60))), [], `${each} has a table that is cut off`)
		await shot(page, `print${each.replaceAll('/', '-')}`, { fullPage: true })
		assert.ok((await page.pdf({ format: 'A4' })).length > 2000)
		await page.emulateMedia({ media: 'screen' })
		await page.setViewportSize({ width: 1440, height: 900 })
	}
	assert.deepEqual(faults, [])
})
