// How long somebody waits who looks at the screen: a browser of its own beside a server that `scripts/bench-screen` started.
// usage: node bench/screen.mjs ADDRESS ACCOUNT SIZE     prints size, name, value, unit: the median and the slowest of TIMES
import { createRequire } from 'node:module'

const [address, account, size] = process.argv.slice(2)
const { chromium } = createRequire(import.meta.url)('playwright-core')
const TIMES = 15, desk = { width: 1440, height: 900 }

const browser = await chromium.launch({
	executablePath: '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
const visit = (storageState) => browser.newContext({ baseURL: address, viewport: desk, locale: 'zh-CN', reducedMotion: 'reduce', storageState })

function say(name, times) {
	const sorted = times.toSorted((a, b) => a - b)
	for (const [what, value] of [['p50', sorted[sorted.length >> 1]], ['slowest', sorted.at(-1)]]) console.log(`${size}\t${name}.${what}\t${value.toFixed(0)}\tms`)
}

/** From the moment the browser is told where to go until what is named stands on the screen and nothing is being read. */
async function shown(page, path, what) {
	const from = performance.now()
	await page.goto(path, { waitUntil: 'commit' })
	await page.locator(what).first().waitFor()
	await page.waitForFunction(() => document.querySelector('.ant-spin-spinning, .ant-skeleton-active') === null)
	return performance.now() - from
}

async function several(name, once) {
	const times = []
	for (let i = 0; i < TIMES; i++) times.push(await once())
	say(name, times)
}

/** A window that has seen nothing before, each time. */
const fresh = (path, what, state) => async () => {
	const context = await visit(state)
	const time = await shown(await context.newPage(), path, what)
	await context.close()
	return time
}

await fresh('/healthz', 'body')() // the browser's own start is nobody's wait
await several('screen.limit', fresh('/healthz', 'body')) // the same browser with a page of one line
await several('screen.sign_in', fresh('/', '.sign-in form'))

const context = await visit()
const page = await context.newPage()
await page.goto('/')
await page.locator('.samples button', { hasText: account }).click()
await page.locator('main h1, main h2').first().waitFor()
const state = await context.storageState()
await several('screen.first_view', fresh('/', 'main :is(h1, h2)', state))
await several('screen.first_view_again', () => shown(page, '/', 'main :is(h1, h2)'))
await several('screen.list', () => shown(page, '/matters', 'main tbody tr[data-row-key]'))

// From page to page, as fast as anybody can press the button.
const first = () => page.locator('main tbody tr[data-row-key]').first().getAttribute('data-row-key')
await several('screen.next_page', async () => {
	const before = await first(), from = performance.now()
	await page.locator('.pager button').last().click()
	await page.waitForFunction((key) => document.querySelector('main tbody tr[data-row-key]')?.getAttribute('data-row-key') !== key && !document.querySelector('.ant-spin-spinning'), before)
	return performance.now() - from
})

// A screen at a time down the page and up again: how long each picture stands before the next.
const frames = await page.evaluate(async () => {
	const times = []
	let last = await new Promise(requestAnimationFrame)
	for (let i = 0; i < 120; i++) {
		scrollBy(0, i < 60 ? 40 : -40)
		const now = await new Promise(requestAnimationFrame)
		times.push(now - last)
		last = now
	}
	return times
})
say('screen.scroll_frame', frames)
await browser.close()
