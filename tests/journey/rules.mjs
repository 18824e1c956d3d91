// 制定、修订、废止: the office of the rules issues one by the form at its desk, amends it on a phone, article by article, and repeals it; the register
// tells in both languages at both sizes.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { inside, mustBeSound, openBrowser, recorded, root, run, serveData, settled, turn } from './lib.mjs'
import { desk, field, fillIn, people, sees } from './people.mjs'

const office = 'jian0106', data = inside('data')
const tenures = readFileSync(join(root, 'institutions/pengjiang-2019/tenures.csv'), 'utf8').split('\n').map((line) => line.split(','))
const holder = (post) => tenures.find((row) => row[0] === post && row[3] === '')[1]
const made = '规〔2019〕1号', at = (day) => ['--now', `2019-${day}T09:00`], paper = ['--evidence', inside('paper.txt')]
run('init', data, '--institution', join(root, 'institutions/pengjiang-2019'), '--now', '2019-05-20T08:00')
run('account', data, 'samples', office, '--now', '2019-05-20T08:00')
writeFileSync(inside('paper.txt'), 'paper')
// One is made by its procedure, as far as its issue.
run('open', data, 'rule_making', 'title=河道保洁办法', 'kind=make', 'area=affairs', 'unit=agriculture', 'due=2019-05-31', '--as', holder('agriculture-head'), ...at('05-21'))
run('act', data, made, 'draft', 'articles=2', 'consulted_from=2019-05-22', '--as', holder('agriculture-head'), ...paper, ...at('05-22'))
run('act', data, made, 'send_for_review', 'opinions=1', 'answer=采纳', 'sent_on=2019-06-24', '--as', holder('agriculture-head'), ...paper, ...at('06-24'))
run('act', data, made, 'find_lawful', '--as', holder('justice-head'), ...paper, ...at('07-08'))
run('act', data, made, 'adopt', 'entitled=11', 'present=10', 'agree=10', '--as', 'ye0001', ...paper, ...at('07-08'))
const address = await serveData(data, '--limits', 'off', '--now', '2019-07-16T09:00')
const browser = await openBrowser()
const { as, menu, inAll, mustBeClean } = people(browser, address)
const press = (where, name) => where.getByRole('button', { name, exact: true }).first().click()
const first = '# 河长巡查办法\n\n第一条 区级河长每月巡查一次。\n\n第二条 巡查应当留有记录。'
const second = first.replace('每月巡查一次', '每月巡查两次')
let rule

/** The page as it stands, held to what every page is held to. */
async function sound(page, name) {
	await mustBeClean(page, name)
	await mustBeSound({ page, faults: [] }, name)
}

/** Fills in the form, looks at what it comes to, and confirms. */
async function deed(page, what, words, fields, seen, also = async () => undefined) {
	const drawer = page.getByRole('dialog').first()
	await drawer.locator('form').waitFor()
	await settled(page)
	for (const [given, value] of fields) await fillIn(page, drawer.locator('form'), given, value)
	await also(drawer)
	await sound(page, `rule-${what}-form`)
	await press(drawer, words.next)
	await drawer.getByRole('button', { name: words.sure, exact: true }).waitFor()
	await settled(page)
	for (const text of seen) await drawer.getByText(text, { exact: false }).filter({ visible: true }).first().waitFor()
	await sound(page, `rule-${what}-check`)
	await press(drawer, words.sure)
	await recorded(page, drawer.locator('.done'))
	await sound(page, `rule-${what}-done`)
	await press(drawer, words.close)
	await drawer.waitFor({ state: 'detached' })
	await settled(page)
}
const zh = { next: '下一步：核对', sure: '确认办理', close: '完成' }, en = { next: 'Next: check it', sure: 'Confirm', close: 'Close' }
const text = (label) => ({ label, type: 'text' }), day = (label) => ({ label, type: 'date' })

test('a rule is issued, and what is missing is said at its field', async () => {
	const page = await menu(office, desk, '/rules')
	await press(page.locator('main'), '制定制度')
	const drawer = page.getByRole('dialog').first()
	await drawer.locator('form').waitFor()
	await settled(page)
	await press(drawer, zh.next)
	await drawer.locator('.ant-form-item-explain-error').first().waitFor()
	await deed(page, 'issue-zh-desktop', zh, [
		[text('代码'), 'river-patrol'],
		[text('名称'), '河长巡查办法'],
		[text('英文名称'), 'Patrols of river chiefs'],
		[{ label: '领域', type: 'choice', choices: [{ name: 'affairs', label: '事' }] }, 'affairs'],
		[{ label: '阶段', type: 'choices', choices: [{ name: 'supervision', label: '监管落实' }] }, ['supervision']],
		[{ label: '起草单位', type: 'unit' }, 'agriculture'],
		[text('条文'), first],
		[day('施行日'), '2019-07-16'],
	], ['河长巡查办法', '区农业农村和水利局', '区级河长每月巡查一次'])
	await page.locator('main a', { hasText: '河长巡查办法' }).first().click()
	await page.waitForURL(/\/rules\/\d+$/)
	rule = new URL(page.url()).pathname
	await sees(page, '区级河长每月巡查一次', '现行')
})

test('it is amended on a phone, and each change is seen beforehand', async () => {
	const page = await as(office, field)
	await turn(page, rule)
	await press(page.locator('main'), 'Amend')
	await page.getByRole('dialog').first().getByText('Version 1', { exact: true }).waitFor()
	await deed(page, 'amend-en-phone', en, [[text('Text'), second], [day('In force from'), '2019-08-01'], [text('Why'), '巡查加密']], ['两'])
	await sees(page, 'Version 2')
})

test('it is repealed, with its reason', async () => {
	const page = await as(office, desk)
	await turn(page, rule)
	await press(page.locator('main'), '废止')
	await deed(page, 'repeal-zh-desktop', zh, [[day('废止日'), '2020-01-01'], [text('废止理由'), '并入河长制工作规程']], ['并入河长制工作规程'])
	await sees(page, '并入河长制工作规程')
	assert.equal(await page.locator('main').getByRole('button', { name: '修订', exact: true }).count(), 0)
})

test('with a rule goes the step of the matter that made it, in one act', async () => {
	const page = await as(office, desk)
	await turn(page, '/rules')
	await press(page.locator('main'), '制定制度')
	await deed(page, 'made-zh-desktop', zh, [
		[text('代码'), 'river-cleaning'],
		[text('名称'), '河道保洁办法'],
		[{ label: '领域', type: 'choice', choices: [{ name: 'affairs', label: '事' }] }, 'affairs'],
		[{ label: '阶段', type: 'choices', choices: [{ name: 'supervision', label: '监管落实' }] }, ['supervision']],
		[{ label: '起草单位', type: 'unit' }, 'agriculture'],
		[text('条文'), first.replaceAll('巡查', '保洁')],
		[day('施行日'), '2019-07-16'],
		[day('复审日'), '2021-07-15'],
	], ['同时在制定事项中办理', '印发并登记'], async (drawer) => {
		const item = drawer.locator('.ant-form-item').filter({ hasText: '制定或修订事项' }).last()
		await item.locator('input').first().fill(made)
		await page.locator('.ant-select-item-option', { hasText: '河道保洁办法' }).first().click()
	})
	assert.match(run('show', data, made, '--now', '2019-07-16T10:00'), /Issue and register/)
})

test('the register tells of it, in both languages at both sizes', async () => {
	await inAll(office, '/rules', async (page, { language }) => {
		await page.locator('main a', { hasText: language === 'zh' ? '河长巡查办法' : 'Patrols of river chiefs' }).first().click()
		await page.waitForURL(`**${rule}`)
		await sees(page, '区级河长每月巡查一次', '并入河长制工作规程', '巡查加密')
		await turn(page, `${rule}?tab=compare&from=1&to=2`)
		await page.locator('main :is(ins, del)').first().waitFor()
	})
})
