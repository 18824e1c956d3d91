// 来信登记: what somebody who holds no post any more says in a hearing is entered from their letter by an office of the procedure, at a desk and on
// a phone; the record tells who entered it and when it came.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { choose, inside, mustBeSound, openBrowser, recorded, root, run, serveData, settled } from './lib.mjs'
import { combinations, desk, field, people, sees } from './people.mjs'

const organiser = 'guan0064', manager = 'dai0136', handler = 'luo0147', secretary = 'zhong0004'
const data = inside('data'), at = ['--now', '2019-07-02T09:00']
run('init', data, '--institution', join(root, 'institutions/pengjiang-2019'), '--now', '2019-07-01T08:00')
writeFileSync(inside('people.csv'), 'code,name\nliu.gone,刘已去\n')
writeFileSync(inside('paper.txt'), 'why')
run('import', data, 'people', inside('people.csv'), '--as', organiser, ...at)
for (const [i, title] of ['土地出让反映', '工程发包反映'].entries()) {
	const number = `线〔2019〕${i + 1}号`
	run('open', data, 'lead', `title=${title}`, 'source=letters', 'respondent=liu.gone', 'unit=staffing', '--as', manager, ...at)
	run('act', data, number, 'assign', '--as', manager, ...at)
	run('act', data, number, 'propose', 'way=letter', 'reason=函询', '--evidence', inside('paper.txt'), '--as', handler, ...at)
	run('act', data, number, 'approve_letter', 'questions=请说明', '--as', secretary, ...at)
}
run('account', data, 'samples', manager, ...at)
const address = await serveData(data, '--limits', 'off', '--now', '2019-07-05T09:00')
const browser = await openBrowser()
const { menu, to, mustBeClean } = people(browser, address)
const words = {
	zh: { link: '来信登记', which: '哪一件事项', came: '收到之日', said: '说明内容', enter: '登记来信', matter: '查看事项', entered: '录入 刘已去 的来信', none: '这件事项没有可以代为登记的来信' },
	en: { link: 'Enter a letter', which: 'Which matter', came: 'Came on', said: 'Statement', enter: 'Enter the letter', matter: 'To the matter', entered: 'entering a letter of 刘已去', none: 'There is no letter to be entered in this matter' },
}

/** The page as it stands, held to what every page is held to. */
async function sound(page, name) {
	await mustBeClean(page, name)
	await mustBeSound({ page, faults: [] }, name)
}

for (const [how, title] of [[desk, '土地出让反映'], [field, '工程发包反映']]) {
	const word = words[how.language], named = (what) => `entered-${what}-${how.language}-${how.size}`

	test(`a letter is entered with its day, ${how.language}, ${how.size}`, async () => {
		const page = await menu(manager, how, '/accountability'), main = page.locator('main')
		await main.getByRole('link', { name: word.link, exact: true }).first().click()
		await page.waitForURL('**/enter-letter')
		await settled(page)
		await sound(page, named('which'))
		await choose(page, word.which, title)
		const form = main.locator('form')
		await form.getByLabel(word.said, { exact: true }).fill('两笔均有批文，随信附上。')
		assert.ok(await form.getByRole('button', { name: word.enter, exact: true }).isDisabled(), 'a letter needs its paper')
		await form.getByLabel(word.came, { exact: true }).fill('2019-07-04')
		await page.keyboard.press('Tab')
		await form.locator('input[type=file]').setInputFiles(inside('paper.txt'))
		await form.getByText('SHA-256').first().waitFor()
		await sound(page, named('form'))
		await form.getByRole('button', { name: word.enter, exact: true }).click()
		await recorded(page, main.locator('.done'))
		await sound(page, named('done'))
		await main.getByRole('button', { name: word.matter, exact: true }).click()
		await page.waitForURL(/\/matters\/\d+$/)
		await sees(page, '两笔均有批文，随信附上。', word.entered)
	})
}

test('once entered there is nothing to enter any more, in both languages at both sizes', async () => {
	for (const how of combinations) {
		const page = await to(manager, how, '/enter-letter?matter=1')
		await page.getByText(words[how.language].none).waitFor()
		await settled(page)
		await mustBeClean(page, `${how.language} ${how.size}`)
	}
})
