// What the journeys share: the demonstration served, a browser, somebody signed in, what a page may never show.
// usage: node FILE.mjs ROOT BIHUAN
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after } from 'node:test'
import { wrongEnd } from '../ended.mjs'

export const [root, program] = process.argv.slice(2).map((path) => resolve(path))
const require = createRequire(join(root, 'package.json'))
const { chromium } = require('playwright-core')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const shots = process.env.BIHUAN_SHOTS
const folder = mkdtempSync(join(tmpdir(), 'bihuan-journey-'))
const ends = [], served = new Map()
after(async () => {
	for (const end of ends.reverse()) await end()
	rmSync(folder, { recursive: true, force: true })
})

export const sizes = { desktop: { width: 1440, height: 900 }, tablet: { width: 820, height: 1180 }, phone: { width: 390, height: 844 } }

/** Serves on a port of its own until the journeys end. Gives the address. */
async function serve(...args) {
	const child = spawn(program, [...args, '--listen', '127.0.0.1:0', '--lang', 'en'], { stdio: ['ignore', 'pipe', 'pipe'] })
	let out = '', err = ''
	child.stderr.on('data', (bytes) => (err += bytes))
	const ended = new Promise((done) => child.on('close', (code, signal) => done(code ?? signal)))
	const end = async () => {
		child.kill('SIGTERM')
		assert.equal(await ended, 0, `${args[0]}: ${err}`)
		assert.equal(wrongEnd(0, err), undefined)
	}
	ends.push(end)
	return new Promise((done, failed) => {
		child.on('exit', (code) => failed(new Error(`${args[0]} ended with ${code}: ${err}`)))
		child.stdout.on('data', (bytes) => {
			out += bytes
			const address = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0]
			if (address) served.set(address, end) && done(address)
		})
	})
}

/** Ends what is served there before the journeys end, so that it is served once more on a later day. */
export const stop = (address) => served.get(address)()

/** The district with its sample accounts. */
export const serveDemo = () => serve('demo', '--dir', join(folder, 'demo'))

/** A place in a folder that is gone when the journeys end. */
export const inside = (name) => join(folder, name)

/** The program once, to its end; what it said. */
export function run(...args) {
	const done = spawnSync(program, [...args, '--lang', 'en'], { encoding: 'utf8' })
	assert.equal(done.status, 0, `${args.join(' ')}: ${done.stderr}`)
	return done.stdout
}

/** An installation that `run` made. */
export const serveData = (data, ...args) => serve('serve', data, ...args)

export async function openBrowser() {
	const browser = await chromium.launch({
		executablePath: '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-features=SpareRendererForSitePerProcess', '--disable-site-isolation-trials'],
	})
	ends.push(() => browser.close())
	return browser
}

/** A visitor's own browser window: { page, faults }. What may never happen on any page is gathered in `faults`. `provider`: where they may go to sign in. */
export async function visit(browser, address, { language = 'zh', size = 'desktop', dark = false, provider } = {}) {
	const context = await browser.newContext({
		baseURL: address,
		viewport: sizes[size],
		locale: language === 'zh' ? 'zh-CN' : 'en-GB',
		timezoneId: 'Asia/Shanghai',
		colorScheme: dark ? 'dark' : 'light',
		reducedMotion: 'reduce',
		hasTouch: size !== 'desktop',
		ignoreHTTPSErrors: provider !== undefined,
	})
	const page = await context.newPage()
	const faults = []
	page.setDefaultTimeout(15000)
	page.on('pageerror', (error) => faults.push(`error in the page: ${error.message}`))
	page.on('console', (message) => {
		// What the server refuses is shown by the page; the browser tells of it as well.
		if (message.type() === 'error' && !/^Failed to load resource: the server responded/.test(message.text())) faults.push(`console: ${message.text()}`)
	})
	page.on('request', (request) => {
		if (![address, provider].some((own) => own && request.url().startsWith(own)) && !/^(data|blob):/.test(request.url())) faults.push(`a request to elsewhere: ${request.url()}`)
	})
	page.on('response', (response) => {
		// Where the server says when to come again, the page does.
		if (response.status() >= 500 && !response.headers()['retry-after']) faults.push(`${response.status()} for ${response.url()}`)
	})
	return { page, faults, close: () => context.close() }
}

async function arrived(page) {
	await page.locator('main :is(h1, h2)').first().waitFor()
	await settled(page)
}

/** To a page by its address. */
export async function go(page, path) {
	await page.goto(path)
	await arrived(page)
}

/** To another page without loading everything anew, as a link of the menu does. */
export async function turn(page, path) {
	await page.evaluate((to) => history.pushState(null, '', to), path)
	await arrived(page)
}

/** Signs in as a sample account, by the list beside the form. */
export async function signIn(page, account) {
	await page.goto('/')
	await page.locator('.samples button', { hasText: account }).click()
	await page.locator('.sign-in .samples').waitFor({ state: 'detached' })
	await page.locator('main').first().waitFor()
	await settled(page)
}

/** Nothing is being read and nothing moves any more. */
export async function settled(page) {
	await page.waitForFunction(() => document.querySelector('.ant-spin-spinning, .ant-skeleton-active') === null)
	await page.evaluate(() => Promise.all(document.getAnimations().filter((each) => each.effect?.getTiming().iterations !== Infinity).map((each) => each.finished.catch(() => {}))))
}

/** Chooses in a list that searches as one types, by what is typed and what the row then says. */
export async function choose(page, label, typed, name = typed) {
	await page.getByLabel(label, { exact: true }).click()
	await page.keyboard.type(typed)
	await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: name }).first().click()
}

/** Says yes in the question beside a button. It finds its place only after it appears, so that a click can miss it. */
export async function confirm(page, name) {
	const question = page.locator('.ant-popover:not(.ant-popover-hidden)')
	for (let tries = 3; tries > 0; tries--) {
		await question.getByRole('button', { name, exact: true }).click()
		if (await question.waitFor({ state: 'hidden', timeout: 2000 }).then(() => true, () => false)) return
	}
	assert.fail(`the question ${name} does not go`)
}

const password = 'three-lamps-one-river-2019'

/**
 * Waits until what was sent stands there as done. Where that is asked for, shows once more who sits there; where the clock was faster (what was
 * not done by its day is breached within the second), the page says so and it is sent all the same, as anybody would.
 */
export async function recorded(page, done) {
	const proof = page.locator('input[type=password]'), still = page.locator('form button[type=submit]').filter({ hasText: /^(仍要提交|Send it all the same)/ })
	for (let tries = 3; tries > 0; tries--) {
		await done.or(proof).or(still).first().waitFor()
		if (await proof.isVisible()) {
			await proof.fill(password)
			await page.keyboard.press('Enter')
		} else if (await still.isVisible()) await still.click({ timeout: 2000 }).catch(() => {})
		if (await done.waitFor({ timeout: tries > 1 ? 5000 : 15000 }).then(() => true, (error) => tries === 1 && Promise.reject(error))) break
	}
	await settled(page)
}

/** Leaves what was done in a drawer; once more where the key went to a hint that had come up under the pointer. */
export async function shut(page) {
	for (let tries = 3; tries > 0; tries--) {
		await page.keyboard.press('Escape')
		if (await page.getByRole('dialog').waitFor({ state: 'detached', timeout: 2000 }).then(() => true, () => false)) break
		assert.ok(tries > 1, 'the drawer does not close')
	}
	await page.waitForURL((url) => !url.searchParams.has('do'))
	await settled(page)
}

/** Does an action of a matter: opens its form, fills it in, sends it, waits until it is recorded. */
export async function act(page, label, fill = () => {}) {
	await settled(page)
	await page.locator('main').getByRole('button', { name: label, exact: true }).first().click()
	const form = page.getByRole('dialog')
	await form.waitFor()
	await settled(page)
	await fill(form)
	await form.locator('form').getByRole('button', { name: label, exact: true }).click()
	await recorded(page, form.locator('.done'))
	await shut(page)
}

export async function shot(page, name, options = {}) {
	if (!shots) return
	mkdirSync(shots, { recursive: true })
	await page.screenshot({ path: join(shots, `${name}.png`), ...options })
}

/** What anybody would see is wrong: a page wider than the screen, words that are keys or no words at all. */
export const spoiled = (page) =>
	page.evaluate(() => {
		const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
		const keys = document.body.innerText.matchAll(/\b(undefined|NaN|\[object Object\]|\{\w+\}|[a-z]+(\.[a-zA-Z]+){2,})(?=\s|$)/gm)
		return [...(wide > 0 ? [`the page is ${wide} px wider than the screen`] : []), ...[...keys].map(([key]) => `on the screen stands ${JSON.stringify(key)}`)]
	})

/**
 * What is wrong with what stands on the screen, as sentences: accessibility by axe, width, words that are keys. Of rows, items and options
 * that are built alike axe reads the first: a hundred rows of a table say what one of them says, and take most of its time.
 */
export async function flaws(page) {
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
	const found = await page.evaluate(async () => {
		const told = ['class', 'style', 'type', 'role', 'tabindex', 'scope', 'disabled', 'aria-hidden', 'aria-disabled', 'aria-selected', 'aria-checked', 'aria-current', 'colspan', 'rowspan']
		const named = ['href', 'alt', 'title', 'aria-label', 'aria-labelledby', 'for']
		const shapeOf = (one) => `${one.tagName}${told.map((name) => one.getAttribute(name) ?? '')}${named.map((name) => Boolean(one.getAttribute(name)))}${[...one.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim())}(${[...one.children].map(shapeOf)})`
		const alike = [...document.querySelectorAll('tbody, ul, ol, dl')].flatMap((parent) => {
			const seen = new Set()
			return [...parent.children].filter((one) => {
				const shape = shapeOf(one)
				return seen.has(shape) || !seen.add(shape)
			})
		})
		const { violations } = await window.axe.run(alike.length ? { include: document, exclude: alike } : document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })
		return violations.map((each) => `${each.id}: ${each.help}: ${each.nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`).join(' | ')}`)
	})
	return [...found, ...(await spoiled(page))]
}

/** Holds a page to what every page is held to. */
export async function mustBeSound(visitor, name) {
	await settled(visitor.page)
	await shot(visitor.page, name)
	const found = [...visitor.faults.splice(0), ...await flaws(visitor.page)]
	assert.deepEqual(found, [], `${name} ${visitor.page.url()}`)
}
