// Whom a compartment is about comes in by the narrow door and is heard; an office registers a unit, a post and a person, puts the person
// there in one act, renames a unit, ends one, and delegates; the roster is read in figures. Each change is shown once more before it is done, and has its receipt.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { choose, inside, mustBeSound, openBrowser, recorded, root, run, serveData, settled, shot, signIn, visit } from './lib.mjs'
import { combinations, people, sees } from './people.mjs'

const respondent = 'xian0260', handler = 'luo0147', colleague = 'ruan0098', organisation = 'guan0064', establishment = 'rong0111'
const data = inside('data'), at = ['--now', '2019-07-02T09:00'], lead = '线〔2019〕1号'
run('init', data, '--institution', join(root, 'institutions/pengjiang-2019'), '--now', '2019-07-01T08:00')
run('account', data, 'samples', respondent, handler, colleague, organisation, establishment, ...at)
writeFileSync(inside('papers.txt'), 'papers')
writeFileSync(inside('units.csv'), 'code,name,name_en,kind,parent\nponds,塘堰整治办,Pond Office,office,agriculture\n')
run('import', data, 'units', inside('units.csv'), '--as', establishment, ...at)
run('open', data, 'lead', '--as', 'dai0136', 'title=泄露的线索', 'source=letters', `respondent=${respondent}`, 'unit=agriculture', ...at)
run('act', data, lead, 'assign', '--as', 'dai0136', ...at)
run('act', data, lead, 'propose', '--as', handler, 'way=letter', 'reason=需要说明', '--evidence', inside('papers.txt'), ...at)
run('act', data, lead, 'approve_letter', '--as', 'zhong0004', 'questions=二月工地检查为何没有记录', ...at)

const address = await serveData(data, '--limits', 'off', '--now', '2019-07-03T09:00')
const browser = await openBrowser()
const press = (where, name) => where.getByRole('button', { name, exact: true }).first().click()
const text = (page) => page.evaluate(() => document.body.innerText)

async function enter(account, how) {
	const visitor = await visit(browser, address, how)
	await signIn(visitor.page, account)
	return { ...visitor, main: visitor.page.locator('main') }
}

/** Fills in the form in the drawer, checks it once more, and waits for the receipt. */
async function establish({ page }, next, sure, fill) {
	const drawer = page.getByRole('dialog').first()
	await drawer.locator('form').waitFor()
	await settled(page)
	await fill(drawer)
	await press(drawer, next)
	const question = page.locator('.ant-modal')
	await question.waitFor()
	await settled(page)
	const told = await question.innerText()
	await press(question, sure)
	await recorded(page, drawer.locator('.done'))
	return told
}

async function go({ page, main }, path) {
	await page.goto(path)
	await main.locator('h1').first().waitFor()
	await settled(page)
}

const finish = async ({ page }, name) => {
	await press(page.getByRole('dialog').first(), name)
	await page.getByRole('dialog').first().waitFor({ state: 'detached' })
}

test('whom it is about is told, at a narrow door, what there is to answer, and answers', async () => {
	const visitor = await enter(respondent, { language: 'zh', size: 'phone' })
	const { page, main } = visitor
	await go(visitor, '/accountability')
	await mustBeSound(visitor, 'accountability-concerned-zh-phone')
	await main.getByRole('link', { name: '问题线索处置', exact: true }).first().click()
	await main.getByText('二月工地检查为何没有记录').waitFor()
	await settled(page)
	assert.ok(!(await text(page)).includes('泄露'))
	await mustBeSound(visitor, 'door-zh-phone')
	await press(main, '书面说明')
	const form = page.getByRole('dialog')
	await form.locator('form').waitFor()
	await form.getByLabel('说明内容', { exact: true }).fill('检查记录在镇里，已补交。')
	await press(form.locator('form'), '书面说明')
	await form.locator('.done').waitFor()
	await page.keyboard.press('Escape')
	await form.waitFor({ state: 'detached' })
	await main.getByText('检查记录在镇里，已补交。').waitFor()
	await mustBeSound(visitor, 'door-answered-zh-phone')
	await visitor.close()
})

test('who handles it sees the stage, and a colleague of another room nothing', async () => {
	const visitor = await enter(handler, { language: 'en' })
	await go(visitor, '/accountability')
	await visitor.main.getByText('Replied', { exact: false }).first().waitFor()
	await visitor.main.getByRole('link', { name: '泄露的线索' }).waitFor()
	await mustBeSound(visitor, 'accountability-en-desktop')
	await visitor.close()
	const other = await enter(colleague, { language: 'zh' })
	await go(other, '/accountability')
	assert.ok(!(await text(other.page)).includes('泄露'))
	await other.close()
})

test('a unit and a post are registered; what is wrong is said at its field', async () => {
	const visitor = await enter(establishment, { language: 'zh' })
	const { page, main } = visitor
	await go(visitor, '/institution')
	await press(main, '登记单位')
	const told = await establish(visitor, '下一步：核对', '确认办理', async (drawer) => {
		await drawer.getByLabel('单位代码', { exact: true }).fill('river-office')
		await drawer.getByLabel('单位名称', { exact: true }).fill('河长制办公室')
		await choose(page, '上级单位', '农业农村', '区农业农村和水利局')
		await mustBeSound(visitor, 'establish-unit-zh-desktop')
	})
	assert.match(told, /河长制办公室[^]*区农业农村和水利局/)
	await mustBeSound(visitor, 'establish-done-zh-desktop')
	await finish(visitor, '完成')
	await go(visitor, '/institution?tab=posts')
	await press(main, '登记岗位')
	const post = async (drawer, code) => {
		await drawer.getByLabel('岗位代码', { exact: true }).fill(code)
		await choose(page, '所属单位', '河长制', '河长制办公室')
		await drawer.getByLabel('职务名称', { exact: true }).fill('主任')
		await page.getByLabel('正职', { exact: true }).check()
	}
	const drawer = page.getByRole('dialog').first()
	await post(drawer, 'river office')
	await press(drawer, '下一步：核对')
	await press(page.locator('.ant-modal'), '确认办理')
	await drawer.locator('.ant-form-item-explain-error').first().waitFor()
	await settled(page)
	await shot(page, 'establish-fault-zh-desktop')
	await drawer.getByLabel('岗位代码', { exact: true }).fill('river-office-head')
	await establish(visitor, '下一步：核对', '确认办理', async () => {})
	await finish(visitor, '完成')
	await visitor.close()
})

test('a person is registered and takes the post in one act', async () => {
	const visitor = await enter(organisation, { language: 'en' })
	const { page, main } = visitor
	await go(visitor, '/institution?tab=people')
	await press(main, 'Register a person')
	await establish(visitor, 'Next: check it', 'Confirm', async (drawer) => {
		await drawer.getByLabel('Code of the person (sign-in name)', { exact: true }).fill('he9001')
		await drawer.getByLabel('Name', { exact: true }).fill('何青川')
	})
	await finish(visitor, 'Close')
	await go(visitor, '/institution?tab=posts&q=river-office-head')
	await main.getByText('Vacant').first().waitFor()
	await press(main, 'Move')
	const told = await establish(visitor, 'Next: check it', 'Confirm', async () => {
		await choose(page, 'Person', '何青川')
	})
	assert.match(told, /Takes the post[^]*何青川/)
	await finish(visitor, 'Close')
	await main.getByRole('button', { name: '何青川' }).waitFor()
	await mustBeSound(visitor, 'establish-moved-en-desktop')
	await visitor.close()
})

test('a unit gets another name from a day on; one that has holders is not ended, and says why', async () => {
	const visitor = await enter(establishment, { language: 'zh' })
	const { page, main } = visitor
	await go(visitor, '/institution?q=river-office')
	await press(main, '更改')
	const told = await establish(visitor, '下一步：核对', '确认办理', async (drawer) => {
		await drawer.getByLabel('单位名称', { exact: true }).fill('河湖长制办公室')
		await drawer.getByLabel('更名之日', { exact: true }).fill('2019-07-03')
		await page.keyboard.press('Tab')
		await mustBeSound(visitor, 'establish-rename-zh-desktop')
	})
	assert.match(told, /河湖长制办公室[^]*2019年7月3日/)
	await finish(visitor, '完成')
	await main.getByRole('button', { name: '河湖长制办公室', exact: true }).waitFor()
	await press(main, '撤销')
	const drawer = page.getByRole('dialog').first()
	await drawer.locator('form').waitFor()
	await settled(page)
	await press(drawer, '下一步：核对')
	await press(page.locator('.ant-modal'), '确认办理')
	await drawer.getByText('何青川').or(drawer.getByRole('alert')).first().waitFor()
	await mustBeSound(visitor, 'establish-not-ended-zh-desktop')
	await visitor.close()
})

test('a unit that nothing is left in is ended, and still found among what was', async () => {
	const visitor = await enter(establishment, { language: 'en', size: 'phone' })
	const { main } = visitor
	await go(visitor, '/institution?q=ponds')
	await press(main, 'Abolish')
	await establish(visitor, 'Next: check it', 'Confirm', () => mustBeSound(visitor, 'establish-end-en-phone'))
	await finish(visitor, 'Close')
	await main.getByRole('button', { name: 'Pond Office', exact: true }).waitFor({ state: 'detached' })
	await main.getByLabel('Abolished ones, too').check()
	await main.getByText('abolished from 3 Jul 2019 on').waitFor()
	await mustBeSound(visitor, 'establish-ended-en-phone')
	await visitor.close()
})

test('the roster in figures, in both languages at both sizes', async () => {
	const { to, mustBeClean } = people(browser, address)
	for (const how of combinations) {
		const page = await to(organisation, how, '/institution?tab=figures&from=2019-01-01&to=2019-12-31&at=2019-03-01')
		await sees(page, '47.2 → 45.0', '279')
		await settled(page)
		await mustBeClean(page, `${how.language} ${how.size}`)
		if (how.language === (how.size === 'phone' ? 'en' : 'zh')) await mustBeSound({ page, faults: [] }, `roster-${how.language}-${how.size}`)
	}
})

test('anybody delegates their own powers, until a day', async () => {
	const visitor = await enter(handler, { language: 'zh', size: 'phone' })
	const { page, main } = visitor
	await go(visitor, '/account')
	await press(main, '委托代办')
	await establish(visitor, '下一步：核对', '确认办理', async (drawer) => {
		await choose(page, '受托人', 'yu0145', '余槐蔓')
		await drawer.getByLabel('至（不含当日）', { exact: true }).fill('2019-07-10')
		await page.keyboard.press('Enter')
		await mustBeSound(visitor, 'delegate-zh-phone')
	})
	await finish(visitor, '完成')
	await main.getByText('余槐蔓').first().waitFor()
	await visitor.close()
})
