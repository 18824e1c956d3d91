// 上下级文件: a task is made into a file above and signed, carried below, looked at, completed and taken; the report goes back the same way. Two
// institutions that know each other's keys and share no network.
import assert from 'node:assert/strict'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { choose, inside, mustBeSound, openBrowser, recorded, root, run, serveData, settled } from './lib.mjs'
import { desk, fillIn, people, sees } from './people.mjs'

const registry = 'li.zhufei', at = ['--now', '2019-01-08T09:00']
function institution(name) {
	const from = inside(`${name}-institution`), data = inside(name), yaml = join(from, 'institution.yaml')
	cpSync(join(root, 'institutions/minimal'), from, { recursive: true })
	writeFileSync(yaml, readFileSync(yaml, 'utf8').replace('bureau.example/minimal', `${name}.example/${name}`))
	run('init', data, '--institution', from, '--now', '2019-01-02T08:00')
	run('account', data, 'samples', registry, ...at)
	return data
}
const folders = { city: institution('city'), town: institution('town') }
const key = (name) => JSON.parse(run('package', 'key', folders[name], '--json'))
for (const [name, other, side, title, english] of [['city', 'town', 'below', '杜阮镇', 'Duruan Town'], ['town', 'city', 'above', '江门市', 'The city']])
	run('package', 'peer', folders[name], other, '--side', side, '--title', title, '--title-en', english, '--key', key(other).key, '--fingerprint', key(other).fingerprint, '--as', 'security', ...at)
run('open', folders.city, 'task', 'title=黑臭水体治理', 'lead_unit=projects', 'leader=deputy-director-2', 'due=2019-11-29', '--as', registry, ...at)
const browser = await openBrowser()
const [city, town] = await Promise.all(['city', 'town'].map(async (name) => people(browser, await serveData(folders[name], '--limits', 'off', '--now', '2019-01-09T09:00'))))
const words = {
	zh: { make: '编制文件包', to: '致', matter: '事项', requirement: '工作要求（缺省取事项本身的）', text: '办理情况', submit: '编制并签名', fill: '补充内容并再次核对', take: '确认接收', verified: '签名已按登记的密钥核验', lead: '承办单位', leader: '责任领导' },
	en: { make: 'Make a file', to: 'To', matter: 'Matter', lead: 'Lead unit', leader: 'Leader' },
}

/** The page as it stands, held to what every page is held to. */
async function sound(side, page, name) {
	await side.mustBeClean(page, name)
	await mustBeSound({ page, faults: [] }, name)
}

/** Makes one matter into a file and carries it away: gives where the file lies. */
async function made(side, how, title, peer, fill, name) {
	const page = await side.menu(registry, how, '/levels'), main = page.locator('main'), word = words[how.language]
	await main.getByLabel(word.to, { exact: true }).click()
	await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: peer }).first().click()
	await choose(page, word.matter, title)
	await fill(main)
	await sound(side, page, `levels-make-${name}`)
	const carried = page.waitForEvent('download')
	await main.getByRole('button', { name: word.submit, exact: true }).click()
	await recorded(page, main.getByRole('link', { name: title, exact: true }).first())
	const file = inside(`${name}.package`)
	await (await carried).saveAs(file)
	return file
}

/** Brings a file in and looks at what it would do. */
async function brought(side, how, file) {
	const page = await side.menu(registry, how, '/levels'), main = page.locator('main')
	await main.locator('input[type=file]').setInputFiles(file)
	await main.getByText(words[how.language].verified, { exact: false }).waitFor()
	await settled(page)
	return { page, main }
}

let down, up
test('a task is made into a signed file above', async () => {
	down = await made(city, desk, '黑臭水体治理', '杜阮镇', (main) => main.getByLabel(words.zh.requirement, { exact: true }).fill('年内消除黑臭水体'), 'down-zh-desktop')
	assert.ok(readFileSync(down).toString('latin1').startsWith('signature'))
})

test('below it is looked at, completed and taken, once', async () => {
	const { page, main } = await brought(town, desk, down)
	await sees(page, '年内消除黑臭水体', '将立项')
	assert.ok(await main.getByRole('button', { name: words.zh.take, exact: true }).isDisabled())
	await sound(town, page, 'levels-look-zh-desktop')
	const form = main.locator('form').filter({ has: page.getByRole('button', { name: words.zh.fill, exact: true }) })
	for (const [label, type, value] of [[words.zh.lead, 'unit', 'projects'], [words.zh.leader, 'post', 'deputy-director-2']]) await fillIn(page, form, { label, type }, value)
	await form.getByRole('button', { name: words.zh.fill, exact: true }).click()
	const take = main.locator('button:not([disabled])', { hasText: words.zh.take })
	await take.waitFor()
	await sound(town, page, 'levels-whole-zh-desktop')
	await take.click()
	await recorded(page, main.getByRole('link', { name: '黑臭水体治理', exact: true }).first())
	await main.getByRole('link', { name: '黑臭水体治理', exact: true }).first().click()
	await page.waitForURL(/\/matters\/\d+$/)
	await sees(page, '年内消除黑臭水体', '江门市')
	const again = await brought(town, desk, down)
	await sees(again.page, '此前已接收，不再办理。')
})

test('the report goes up the same way, and stands at the task', async () => {
	up = await made(town, desk, '黑臭水体治理', '江门市', (main) => main.getByLabel(words.zh.text, { exact: true }).fill('已排查三处'), 'up-zh-desktop')
	const { page, main } = await brought(city, desk, up)
	await sees(page, '已排查三处')
	await main.getByRole('button', { name: words.zh.take, exact: true }).click()
	await recorded(page, main.locator('.rows', { hasText: '收 1' }).or(main.getByText('收 1', { exact: true })).first())
	await main.getByRole('link', { name: '黑臭水体治理', exact: true }).first().click()
	await page.waitForURL(/\/matters\/\d+$/)
	await sees(page, '已排查三处', '杜阮镇')
})

test('what went and came, in both languages at both sizes', async () => {
	for (const [side, peer] of [[city, 'Duruan Town'], [town, 'The city']])
		await side.inAll(registry, '/levels', async (page, { language, size }) => {
			await sees(page, language === 'en' ? peer : '黑臭水体治理')
			if (side === town && language === 'en' && size === 'phone') await sound(side, page, 'levels-en-phone')
		})
})
