// 扫码签到: whoever keeps the list puts the code on the wall; a colleague reads it with a phone, signs in behind it and is on the list. An old
// code, and somebody who isn't expected, are told so.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { go, inside, mustBeSound, openBrowser, root, run, serveData, settled, shot, signIn, spoiled, visit } from './lib.mjs'
import { combinations, people, sees } from './people.mjs'

const head = 'huang0221', deputy = 'mo0225', member = 'situ0226', stranger = 'he0458'
const data = inside('data'), at = (time) => ['--now', `2019-04-08T${time}`]
run('init', data, '--institution', join(root, 'institutions/pengjiang-2019'), '--now', '2019-04-08T07:00')
run('account', data, 'samples', head, deputy, member, stranger, ...at('07:30'))
const session = JSON.parse(run('open', data, 'study_session', 'title=专题学习', 'unit=finance', 'kind=theme', 'held_on=2019-04-08', 'first_item=重要讲话', '--as', head, '--json', ...at('08:00')))
run('act', data, session.number, 'hold', '--as', head, ...at('08:30'))
const old = run('check-in', data, session.number, '--as', head, ...at('08:40')).trim()
const address = await serveData(data, '--limits', 'off', '--now', '2019-04-08T09:00')
const browser = await openBrowser()
const words = {
	zh: { here: '本人到会', mine: '您已签到', matter: '查看事项', old: '签到码已过期', came: (n) => `已到 ${n} 人` },
	en: { here: 'I am here', mine: 'You have checked in', matter: 'See the matter', old: 'code is old', came: (n) => `${n} of` },
}

const wall = await visit(browser, address, { language: 'zh' })
const main = wall.page.locator('main')
/** What stands on the wall at the moment. */
let shown
wall.page.on('response', async (reply) => {
	if (/\/check-in-code$/.test(reply.url()) && reply.ok()) shown = (await reply.json()).code
})

/** A phone that reads a code, and whoever holds it signs in behind it. */
async function scan(code, account, language) {
	const phone = await visit(browser, address, { language, size: 'phone' }), { page } = phone
	await page.goto(`/matters/1/check-in#${code}`)
	await page.locator('.samples button', { hasText: account }).click()
	await page.getByRole('button', { name: words[language].here, exact: true }).waitFor()
	await settled(page)
	return phone
}

/** Says that one is here; reads the code once more where it was changed meanwhile. */
async function confirmed({ page }, language, what) {
	const word = words[language]
	for (let tries = 3; tries > 0; tries--) {
		await page.getByRole('button', { name: word.here, exact: true }).click()
		const refused = page.getByRole('alert').getByText(word.old)
		await page.getByText(what).or(refused).first().waitFor()
		if (!(await refused.isVisible())) return
		await page.goto('about:blank')
		await page.goto(`/matters/1/check-in#${shown}`)
	}
	assert.fail('each code that is read is old')
}

test('the code is put on the wall, and is in large on any screen', async () => {
	await signIn(wall.page, head)
	await go(wall.page, '/matters/1')
	await main.getByRole('button', { name: '出示签到码', exact: true }).click()
	await wall.page.waitForURL('**/matters/1/check-in')
	await main.getByRole('img', { name: '签到二维码' }).waitFor()
	await main.getByText(words.zh.came(0)).waitFor()
	assert.match(shown, /^[0-9a-f]{20}$/)
	await mustBeSound(wall, 'check-in-wall-zh-desktop')
})

for (const [account, language, count] of [[deputy, 'en', 1], [member, 'zh', 2]])
	test(`who reads it signs in, says so, and is on the list, ${language}`, async () => {
		const phone = await scan(shown, account, language)
		await mustBeSound(phone, `check-in-asked-${language}-phone`)
		await confirmed(phone, language, words[language].mine)
		await mustBeSound(phone, `check-in-done-${language}-phone`)
		await main.getByText(words.zh.came(count)).waitFor()
		await phone.page.getByRole('link', { name: words[language].matter, exact: true }).click()
		await phone.page.waitForURL('**/matters/1')
		await phone.page.locator('main').getByText(words[language].mine).first().waitFor()
		await phone.close()
	})

test('an old code is refused, and so is who is not expected', async () => {
	const late = await scan(old, stranger, 'en')
	await late.page.getByRole('button', { name: words.en.here, exact: true }).click()
	await late.page.getByRole('alert').getByText(words.en.old).waitFor()
	await mustBeSound(late, 'check-in-old-en-phone')
	await late.page.goto('about:blank')
	await late.page.goto(`/matters/1/check-in#${shown}`)
	await confirmed(late, 'en', /aren't among those/)
	await late.close()
})

test('the list is read in both languages at both sizes, and the wall by who keeps it', async () => {
	const { as, to, read, mustBeClean } = people(browser, address)
	const names = await read(await as(head, combinations[0]), '/api/v1/people?unit=finance&limit=200')
	for (const how of combinations) {
		await sees(await to(head, how, '/matters/1'), ...names.people.filter(({ code }) => [deputy, member].includes(code)).map(({ name }) => name))
		const page = await to(head, how, '/matters/1/check-in')
		await page.getByText(words[how.language].came(2)).waitFor()
		await page.locator('.check-in-wall svg').waitFor()
		await settled(page)
		await mustBeClean(page, `${how.language} ${how.size}`)
		if (how.language === 'en' && how.size === 'phone') await mustBeSound({ page, faults: [] }, 'check-in-wall-en-phone')
		else await shot(page, `check-in-wall-${how.language}-${how.size}`)
	}
	assert.deepEqual(await spoiled(wall.page), [])
})
