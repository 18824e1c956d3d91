// 事项的一生: a key task from its opening to its closure, by the supervision office at a desk and the lead unit on a phone, then
// its proof recomputed in the browser. In Chinese and in English.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { act, choose, mustBeSound, openBrowser, root, serveDemo, settled, signIn, turn, visit } from './lib.mjs'

const address = await serveDemo()
const browser = await openBrowser()
const photo = join(root, 'docs/images/show.png')

// The labels as the definition has them in each language.
const words = {
	zh: { title: '督查事项', lead: '主办单位', unit: '区农业农村和水利局', commander: '挂牌领导', head: '区长', due: '办结时限', open: '立项', show: '查看事项', dispatch: '交办', sign: '签收', report: '反馈进展', progress: '完成进度', note: '办理情况', askClose: '提请办结', close: '审核办结', sendBack: '退办', reason: '退办理由', closed: '办结销号', verify: '核验', why: '为何不能办理', follow: '关注', unfollow: '取消关注', followed: '我关注的' },
	en: { title: 'Matter', lead: 'Lead unit', unit: 'Agriculture, Rural Affairs and Water Bureau', commander: 'Commanding leader', head: 'District Head', due: 'Due', open: 'Open a matter', show: 'Show it', dispatch: 'Dispatch', sign: 'Sign for', report: 'Report progress', progress: 'Progress', note: 'What was done', askClose: 'Ask to close', close: 'Close', sendBack: 'Send back', reason: 'Reason', closed: 'Closed', verify: 'Verify', why: 'Why not the rest', follow: 'Follow', unfollow: 'Stop following', followed: 'What I follow' },
}

describe('both languages at once', { concurrency: 2 }, () => {
	for (const language of ['zh', 'en'])
		test(`a task from opening to closure, ${language}`, async (t) => {
			const word = words[language]
			const office = await visit(browser, address, { language })
			const lead = await visit(browser, address, { language, size: 'phone' })
			let path

			await t.test('the supervision office opens it and dispatches it', async () => {
				await signIn(office.page, 'ruan0098')
				await office.page.goto('/open/key_task')
				await office.page.getByLabel(word.title, { exact: true }).fill('天沙河河道清淤')
				await choose(office.page, word.lead, 'agriculture', word.unit)
				await choose(office.page, word.commander, 'government-head', word.head)
				await office.page.getByLabel(word.due, { exact: true }).fill('2019-09-27')
				await office.page.keyboard.press('Tab')
				await mustBeSound(office, `task-open-${language}-desktop`)
				await office.page.locator('form').getByRole('button', { name: word.open, exact: true }).click()
				await office.page.locator('main').getByRole('button', { name: word.show, exact: true }).click()
				await office.page.waitForURL(/\/matters\/\d+/)
				path = new URL(office.page.url()).pathname
				await settled(office.page)
				await act(office.page, word.dispatch)
				await mustBeSound(office, `task-dispatched-${language}-desktop`)
			})
			await t.test('the lead unit signs and reports, with evidence', async () => {
				await signIn(lead.page, 'xian0260')
				await mustBeSound(lead, `task-workbench-${language}-phone`)
				await lead.page.goto(path)
				await act(lead.page, word.sign)
				await act(lead.page, word.report, async (form) => {
					await form.getByLabel(word.progress, { exact: true }).fill('100')
					await form.getByLabel(word.note, { exact: true }).fill('全线清淤完成，淤泥外运。')
					await mustBeSound(lead, `task-report-${language}-phone`)
				})
				await act(lead.page, word.askClose, async (form) => {
					await form.locator('input[type=file]').setInputFiles(photo)
					await form.getByText('show.png').first().waitFor()
				})
				await mustBeSound(lead, `task-asked-${language}-phone`)
			})
			await t.test('who wants to hear of it follows it, and stops', async () => {
				const { page } = lead, mark = (name) => page.locator('main').getByRole('button', { name, exact: true })
				const card = page.locator('.ant-card').filter({ has: page.getByText(word.followed, { exact: true }) })
				await mark(word.follow).click()
				await mark(word.unfollow).waitFor()
				await turn(page, '/')
				await card.locator(`a[href="${path}"]`).waitFor()
				await mustBeSound(lead, `task-followed-${language}-phone`)
				await card.locator(`a[href="${path}"]`).click()
				await page.waitForURL(`**${path}`)
				await mark(word.unfollow).click()
				await mark(word.follow).waitFor()
				await turn(page, '/')
				await card.locator(`a[href="${path}"]`).waitFor({ state: 'detached' })
				await turn(page, path)
			})
			await t.test('whoever reported is told why they can\'t close it', async () => {
				assert.equal(await lead.page.getByRole('button', { name: word.close, exact: true }).count(), 0)
				await lead.page.getByText(word.why).first().click()
				await lead.page.getByText(word.close).first().waitFor()
			})
			await t.test('the office sends it back, then closes it', async () => {
				await office.page.goto(path)
				await act(office.page, word.sendBack, (form) => form.getByLabel(word.reason, { exact: true }).fill('请补充断面测量数据'))
				await lead.page.goto(path)
				await act(lead.page, word.askClose, async (form) => {
					await form.locator('input[type=file]').setInputFiles(photo)
					await form.getByText('show.png').first().waitFor()
				})
				await office.page.goto(path)
				await act(office.page, word.close)
				await office.page.getByText(word.closed).first().waitFor()
				await mustBeSound(office, `task-closed-${language}-desktop`)
			})
			await t.test('the browser recomputes the proof', async () => {
				await office.page.goto(path)
				await settled(office.page)
				await office.page.getByRole('button', { name: word.verify }).first().click()
				await office.page.locator('.ant-alert-success, .ant-result-success, .proof-holds').first().waitFor()
				await mustBeSound(office, `task-proof-${language}-desktop`)
			})
			await office.close()
			await lead.close()
		})
})
