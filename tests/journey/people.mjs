// The people of a walk. Each signs in once and keeps their page, whose language and size change under it; what they do, they do with
// what stands on the screen. Names of fields and actions are the definition's: what they are called, the server says in the language.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { recorded, root, settled, shot, shut, signIn, sizes, spoiled, turn, visit } from './lib.mjs'

export const combinations = ['zh', 'en'].flatMap((language) => ['desktop', 'phone'].map((size) => ({ language, size })))
/** An office works at a desk and in Chinese; who is out in the field on a phone, and here in English. */
export const desk = { language: 'zh', size: 'desktop' }
export const field = { language: 'en', size: 'phone' }

const photo = join(root, 'docs/images/show.png')
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What the server says, in the language of the page. */
const read = (page, path) =>
	page.evaluate(async (from) => {
		const reply = await fetch(from, { headers: { 'Accept-Language': document.documentElement.lang } })
		if (!reply.ok) throw new Error(`${reply.status} for ${from}: ${await reply.text()}`)
		return reply.json()
	}, path)

/** The row of the list that is open whose name is that, or begins with it. */
const option = (page, name) => page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').filter({ hasText: new RegExp(`^${escaped(name)}( \\(|$)`) }).first()

const LISTS = { unit: 'units', post: 'posts', person: 'people' }

/** Opens a list and takes the row of that name; once more where the list moved under the click. */
async function pick(page, item, name, open) {
	for (let tries = 3; tries > 0; tries--) {
		await open()
		if (!(await option(page, name).click({ timeout: tries > 1 ? 5000 : 15000 }).then(() => true, (error) => tries === 1 && Promise.reject(error)))) continue
		if (await item.locator('.ant-select-selection-item, .ant-select-content', { hasText: name }).first().waitFor({ timeout: 2000 }).then(() => true, () => false)) return
	}
	assert.fail(`${name} can't be chosen`)
}

/** Types a code and chooses what has it. */
async function search(page, item, kind, code) {
	const found = (await read(page, `/api/v1/${LISTS[kind]}?limit=50&q=${encodeURIComponent(code)}`))[LISTS[kind]].find((each) => each.code === code)
	assert.ok(found, `nobody knows the ${kind} ${code}`)
	const box = item.locator('input').first()
	await pick(page, item, found.name, async () => {
		await box.focus()
		await box.fill(code)
	})
}

/** Fills in one field as whoever sits there does: { label, type, choices }. */
export async function fillIn(page, form, given, value) {
	const { label, type, choices = [] } = given
	const item = form.locator('.ant-form-item').filter({ has: page.locator('label').filter({ hasText: new RegExp(`^${escaped(label)}$`) }) }).first()
	const called = (name) => choices.find((each) => each.name === name)?.label ?? assert.fail(`${label} has no choice ${name}`)
	switch (type) {
		case 'unit':
		case 'post':
		case 'person':
			return search(page, item, type, value)
		case 'units':
		case 'persons':
			for (const code of value) await search(page, item, type === 'units' ? 'unit' : 'person', code)
			await page.locator('.ant-drawer-title, main h1').last().click()
			return page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').waitFor({ state: 'hidden' })
		case 'choice':
			if (await item.getByRole('radio').count()) return item.getByRole('radio', { name: called(value), exact: true }).check()
			return pick(page, item, called(value), () => item.locator('input').first().click())
		case 'choices':
			for (const name of value) await item.getByRole('checkbox', { name: called(name), exact: true }).check()
			return
		case 'bool':
			return item.getByRole('radio').nth(value ? 0 : 1).check()
		case 'date':
			await item.locator('input').first().fill(value)
			await page.keyboard.press('Tab')
			return assert.equal(await item.locator('input').first().inputValue(), value, label)
		default:
			return item.locator('input, textarea').first().fill(String(value))
	}
}

/** Fills in what is given, adds a file where one is needed, and sends. */
async function complete(page, form, fields, values, evidence) {
	for (const [name, value] of Object.entries(values)) {
		const given = fields.find((each) => each.name === name) ?? assert.fail(`the form has no field ${name}: ${fields.map((each) => each.name)}`)
		await (typeof value === 'function' ? value(page, form) : fillIn(page, form, given, value))
	}
	if (evidence === 'required') {
		await form.locator('input[type=file]').setInputFiles(photo)
		await form.getByText('SHA-256').first().waitFor()
	}
	await form.locator('button[type=submit]').click()
}

export function people(browser, address) {
	const present = new Map()
	let log = { by: new Set(), read: new Set(), pages: new Set() }

	/** Who walked since it was asked last, which pages were opened, and how the result was read. */
	function walked() {
		const { by, read, pages } = log
		log = { by: new Set(), read: new Set(), pages: new Set() }
		return { by: [...by], read: [...read], pages }
	}

	/** Somebody's own page as it is asked for. */
	async function as(account, { language, size }) {
		log.by.add(account)
		if (!present.has(account)) {
			const visitor = await visit(browser, address, { language, size })
			await signIn(visitor.page, account)
			present.set(account, visitor)
		}
		const { page } = present.get(account)
		await page.setViewportSize(sizes[size])
		if ((await page.evaluate(() => document.documentElement.lang)).slice(0, 2) !== language) {
			await page.locator('.shell-header button[lang]').click()
			await page.locator(`html[lang^=${language}]`).waitFor({ state: 'attached' })
		}
		return page
	}

	/** To a page by the menu: beside the page, or behind its button. */
	async function menu(account, how, path) {
		const page = await as(account, how)
		if (how.size === 'phone') await page.locator('.shell-header button:has(.anticon-menu)').click()
		await page.locator(how.size === 'phone' ? '.ant-drawer' : 'aside').locator(`a[href="${path}"]`).click()
		await page.waitForURL((url) => url.pathname === path)
		log.pages.add(path)
		if (how.size === 'phone') await page.locator('.ant-drawer-content-wrapper').waitFor({ state: 'hidden' })
		await page.locator('main :is(h1, h2)').first().waitFor()
		await settled(page)
		return page
	}

	async function to(account, how, path) {
		const page = await as(account, how)
		await turn(page, path)
		log.pages.add(path)
		return page
	}

	/** Opens a matter from the list of procedures. Gives the path of its page. */
	async function open(account, how, name, values) {
		const page = await to(account, how, '/open')
		const procedure = await read(page, `/api/v1/procedures/${name}`)
		await page.locator(`main a[href="/open/${name}"]`).click()
		await page.waitForURL(`**/open/${name}`)
		const form = page.locator('main form')
		await form.waitFor()
		await settled(page)
		await complete(page, form, procedure.fields, values)
		await page.locator('main .ant-result-success a[href^="/matters/"]').first().click()
		await page.waitForURL(/\/matters\/\d+$/)
		return new URL(page.url()).pathname
	}

	/** Opens the form of an action, fills it in and sends it; gives the drawer that it stands in. */
	async function begin(account, how, path, action, values) {
		const page = await to(account, how, path)
		const matter = await read(page, `/api/v1${path}`)
		const possible = matter.possible.find((each) => each.action === action)
		assert.ok(possible?.may, `${account} may not ${action} where it stands at ${matter.state_label}: ${possible?.why ?? matter.possible.map((each) => each.action)}`)
		await page.locator('main').getByRole('button', { name: possible.label, exact: true }).first().click()
		const drawer = page.getByRole('dialog')
		await drawer.locator('form').waitFor()
		await settled(page)
		await complete(page, drawer.locator('form'), possible.fields ?? [], values, possible.evidence)
		return { page, drawer }
	}

	/** Does an action of a matter; gives the page. */
	async function act(account, how, path, action, values = {}) {
		const { page, drawer } = await begin(account, how, path, action, values)
		await recorded(page, drawer.locator('.done'))
		await shut(page)
		return page
	}

	/** An action that a rule forbids: why, stands above what was filled in. */
	async function refused(account, how, path, action, values, why) {
		const { page, drawer } = await begin(account, how, path, action, values)
		await drawer.getByRole('alert').getByText(why).waitFor()
		await shut(page)
	}

	/** A part that an action opened, by its procedure; gives its path. */
	async function partOf(account, how, path, procedure) {
		const page = await as(account, how)
		const { matters } = await read(page, `/api/v1${path}/children?limit=50`)
		const part = matters.find((each) => each.procedure === procedure) ?? assert.fail(`${path} has no ${procedure}`)
		return `/matters/${part.id}`
	}

	/** What is wrong with the pages, of everybody. */
	const faults = () => [...present].flatMap(([account, visitor]) => visitor.faults.splice(0).map((fault) => `${account}: ${fault}`))
	const mustBeClean = async (page, what) => {
		// A chart takes its new width a moment after the window has it.
		for (let tries = 20; tries > 0 && (await spoiled(page)).length; tries--) await page.waitForTimeout(100)
		assert.deepEqual([...faults(), ...(await spoiled(page))], [], `${what} ${page.url()}`)
	}

	/** A page by the menu in both languages at both sizes, and what is looked at there. */
	async function inAll(account, path, look) {
		for (const how of combinations) {
			const page = await menu(account, how, path)
			await look(page, how)
			log.read.add(`${how.language} ${how.size}`)
			await settled(page)
			await mustBeClean(page, `${account} ${how.language} ${how.size}`)
		}
	}

	/** How the pages look, when something went wrong. */
	const shots = (name) => Promise.all([...present].map(([account, { page }]) => shot(page, `${name}-${account}`)))

	/** Who is needed later waits at a page that has little to read anew when somebody else acts; the others leave, and free their connections. */
	const rest = (later) =>
		Promise.all(
			[...present].map(([account, visitor]) => {
				if (later.has(account)) return turn(visitor.page, '/account')
				present.delete(account)
				return visitor.close()
			}),
		)

	return { walked, shots, rest, as, menu, to, open, act, refused, partOf, inAll, mustBeClean, read }
}

/** Waits until each of these stands on the screen. */
export async function sees(page, ...texts) {
	for (const text of texts)
		await page
			.locator('main')
			.getByText(text, { exact: false })
			.filter({ visible: true })
			.first()
			.waitFor()
			.catch(async () => assert.fail(`nobody sees ${JSON.stringify(text)} on ${page.url()}: ${(await page.locator('main').innerText()).replace(/\s+/g, ' ').slice(0, 3000)}`))
}
