// What is walked of each row of the article (institutions/pengjiang-2019/README.md names them): who does what on which pages, and what must
// then be seen. Offices act at a desk in Chinese, who is out on a phone in English; `inAll` reads the result in both languages at both
// sizes. Codes of fields and actions are the definitions'.
import assert from 'node:assert/strict'
import { recorded, shut, turn } from './lib.mjs'
import { desk, field, sees } from './people.mjs'

export const who = {
	secretary: 'ye0001', mayor: 'mai0002', committee: 'luo0011', committeeOffice: 'mai0058', supervision: 'ruan0098', water: 'xian0260', health: 'kuang0274', healthHead: 'rong0255',
	inspection: 'wu0087', inspectionSecond: 'jian0085', conduct: 'tang0140', conductSecond: 'kuang0141', petitions: 'huang0142', accountability: 'lu0133', disciplineSecretary: 'zhong0004', cases: 'dai0136', inquiry: 'luo0147',
	organisation: 'guan0064', organisationSecond: 'xian0065', publicity: 'ou0070', town: 'ruan0662', street: 'situ0746', centre: 'feng0717', reform: 'jian0106', justice: 'wu0218', resident: 'rong0159',
}

export const rows = {
	S01: {
		who: ['committeeOffice', 'water', 'mayor'],
		pages: ['/open', '/breakdown'],
		walk: async ({ open, act, inAll }) => {
			const deployment = await open(who.committeeOffice, desk, 'deployment', { title: '省委全会部署落实', source: 'province', lead_unit: 'agriculture', leader: 'government-head', due: '2019-12-20' })
			await act(who.committeeOffice, desk, deployment, 'hand_over')
			await act(who.water, field, deployment, 'submit_plan', { target: '水环境质量达标' })
			await act(who.mayor, field, deployment, 'approve_plan')
			await act(who.water, field, deployment, 'break_down', { part: '黑臭水体治理', part_unit: 'health', part_leader: 'government-head', part_due: '2019-11-29' })
			await inAll(who.mayor, '/breakdown', (page) => sees(page, '省委全会部署落实', '黑臭水体治理'))
			return { deployment }
		},
	},
	S02: {
		who: ['health', 'supervision', 'water'],
		pages: ['/breakdown'],
		walk: async ({ act, partOf, inAll }, { S01 }) => {
			const programme = await partOf(who.supervision, desk, S01.deployment, 'programme')
			await act(who.health, field, programme, 'take_up')
			await act(who.health, field, programme, 'split', { task: '排查农村河涌', task_unit: 'agriculture', task_leader: 'government-head', task_due: '2019-09-27' })
			await act(who.health, field, programme, 'start', { target: '消除黑臭水体三处' })
			const task = await partOf(who.supervision, desk, programme, 'key_task')
			await act(who.supervision, desk, task, 'dispatch')
			await act(who.water, field, task, 'sign')
			await act(who.water, field, task, 'report', { progress: 40, note: '已排查四条' })
			await inAll(who.supervision, '/breakdown', async (page, { language }) => {
				await page.locator('.ant-segmented-item', { hasText: language === 'zh' ? '专项工作' : 'Programme' }).first().click()
				await sees(page, '黑臭水体治理', '排查农村河涌', '40%')
			})
			return { task, programme }
		},
	},
	S03: {
		who: ['committeeOffice', 'secretary'],
		pages: ['/open', '/meetings'],
		walk: async ({ open, act, menu, inAll }) => {
			const expected = ['ye0001', 'mai0002', 'zhong0004']
			const meeting = await open(who.committeeOffice, desk, 'meeting', { title: '区委开年工作会议', kind: 'work', unit: 'committee-office', chair: 'committee-secretary', held_on: '2019-07-12', place: '区委三楼' })
			await act(who.committeeOffice, desk, meeting, 'submit_agenda', { first_item: '学习全国组织工作会议精神', agenda: '学习全国组织工作会议精神\n研究河长制工作' })
			await act(who.secretary, field, meeting, 'approve_agenda')
			await act(who.committeeOffice, desk, meeting, 'record', { sent_on: '2019-07-08', expected, attended: expected, decisions: '八月底前完成河道清淤' })
			await act(who.secretary, field, meeting, 'sign_minutes')
			await act(who.committeeOffice, desk, meeting, 'give_task', { task: '天沙河河道清淤', task_unit: 'agriculture', task_leader: 'government-head', task_due: '2019-08-30' })
			await inAll(who.secretary, '/meetings', async (page) => {
				await page.locator('main a', { hasText: '区委开年工作会议' }).first().click()
				await page.waitForURL(/\/meetings\/\d+$/)
				await sees(page, '八月底前完成河道清淤', '天沙河河道清淤', '学习全国组织工作会议精神')
			})
		},
	},
	M6b: {
		who: ['supervision', 'mayor', 'healthHead'],
		pages: ['/open', '/commanders', '/'],
		walk: async ({ open, act, menu, inAll, as }) => {
			const special = await open(who.supervision, desk, 'special_supervision', { title: '扫黑除恶专项督查', kind: 'special', unit: 'health', commander: 'government-head', inspect_by: '2019-08-30' })
			await act(who.supervision, desk, special, 'submit_plan', { scope: '线索核查和行业治理' })
			await act(who.mayor, field, special, 'approve_plan')
			await act(who.supervision, desk, special, 'conclude', { conclusion: '线索台账不全', problems: 1, rectify_by: '2019-09-27' })
			await inAll(who.mayor, '/commanders', async (page, { size, language }) => {
				await page.locator('main a[href="/commanders/government-head"]').first().click()
				await page.waitForURL('**/commanders/government-head')
				await sees(page, '扫黑除恶专项督查')
				if (size === 'phone' && language === 'en') {
					await page.locator('.board-item', { hasText: '扫黑除恶专项督查' }).getByRole('button', { name: 'Urge', exact: true }).click()
					const drawer = page.getByRole('dialog')
					await drawer.locator('form textarea').fill('请于本周补齐台账')
					await drawer.locator('form button[type=submit]').click()
					await recorded(page, drawer.locator('.done'))
					await shut(page)
				}
			})
			await sees(await menu(who.healthHead, desk, '/'), '扫黑除恶专项督查', '催办')
		},
	},
	M7a: {
		who: ['conduct', 'health', 'healthHead'],
		pages: ['/open', '/matters'],
		walk: async ({ open, act, inAll }) => {
			const lists = []
			for (const [kind, title] of [['main', '主体责任清单'], ['supervisory', '监督责任清单']]) {
				const list = await open(who.conduct, desk, 'responsibility_list', { title: `区卫生健康局${title}`, kind, unit: 'health', leader: 'health-head', supervisor: 'discipline-supervision', items: '研究部署党风廉政建设', count: 6, until: '2019-12-20' })
				lists.push(await act(who.health, field, list, 'take').then(() => list))
			}
			await act(who.health, field, lists[0], 'record', { progress: 50, note: '已专题研究三次' })
			await inAll(who.healthHead, '/matters', async (page) => {
				await page.locator('main a', { hasText: '区卫生健康局主体责任清单' }).first().click()
				await page.waitForURL(/\/matters\/\d+$/)
				await sees(page, '容稻笺', '50%', '研究部署党风廉政建设')
			})
		},
	},
	// Codes, ballots on phones and the count need an institution of their own.
	M7b: { in: 'vote.mjs' },
	M7c: {
		who: ['mayor', 'town'],
		pages: ['/open', '/commanders'],
		walk: async ({ open, act, inAll }) => {
			const visit = await open(who.mayor, field, 'site_visit', { title: '杜阮镇防汛一线督导', leader: 'government-head', unit: '440703103', visit_by: '2019-07-31' })
			await act(who.mayor, field, visit, 'visit_and_ask', { visited_on: '2019-07-15', seen: '排涝泵站两台待修', asked: '七月底前修复', answer_by: '2019-07-31' })
			await act(who.town, desk, visit, 'answer', { done: '两台水泵已修复' })
			await inAll(who.mayor, '/commanders', async (page) => {
				await page.locator('main a[href="/commanders/government-head"]').first().click()
				await page.waitForURL('**/commanders/government-head')
				await sees(page, '杜阮镇防汛一线督导')
			})
		},
	},
	P1: {
		who: ['health', 'publicity'],
		pages: ['/open', '/education'],
		walk: async ({ open, act, inAll }) => {
			const session = await open(who.health, field, 'study_session', { title: '“第一议题”集中学习', unit: 'health', kind: 'first_item', held_on: '2019-07-16', first_item: '学习重要讲话精神' })
			await act(who.health, field, session, 'hold')
			await act(who.health, field, session, 'roll', {
				attendance: async (page, form) => {
					const rows = form.locator('.rows-input')
					await form.getByRole('combobox').first().click()
					await page.keyboard.type('health')
					await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: 'Health Bureau' }).first().click()
					await form.getByRole('button', { name: 'Bring in everybody' }).click()
					await rows.locator('tbody tr').first().waitFor()
				},
			})
			await act(who.health, field, session, 'record', { agenda: '学习重要讲话精神；研究整改', hours: 3 })
			await act(who.publicity, desk, session, 'confirm')
			await inAll(who.publicity, '/education', (page) => sees(page, '“第一议题”集中学习'))
		},
	},
	X1: {
		who: ['mayor'],
		pages: ['/performance'],
		walk: async ({ inAll }) => {
			await inAll(who.mayor, '/performance', async (page) => {
				await page.locator('main a[href^="/performance/health"]').first().click()
				await page.waitForURL('**/performance/health')
				await sees(page, '防汛物资储备')
				await page.locator('main a[href^="/matters/"]').first().click()
				await page.waitForURL(/\/matters\/\d+/)
			})
		},
	},
	X2: {
		who: ['mayor'],
		pages: ['/performance'],
		walk: async ({ inAll }) => {
			await inAll(who.mayor, '/performance', async (page, { language }) => {
				await page.getByLabel(language === 'zh' ? '类别' : 'Kind', { exact: true }).first().click()
				await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: language === 'zh' ? '政府工作部门' : 'Government department' }).first().click()
				await page.waitForURL(/kind=department/)
				await page.locator('main canvas, main svg').first().waitFor()
			})
		},
	},
	S04: {
		who: ['inspection', 'water'],
		pages: ['/open', '/rectification'],
		walk: async ({ open, act, partOf, inAll }) => {
			const finding = await open(who.inspection, desk, 'finding', { title: '河长制巡河记录不实', source: 'provincial_inspection', reference: '省巡-07', found_by: 'inspection-office', unit: 'agriculture', leader: 'agriculture-head', due: '2019-09-27' })
			await act(who.inspection, desk, finding, 'submit', { problem: '三条河涌无巡河记录', advice: '补齐台账，建立抽查' })
			await act(who.inspection, desk, finding, 'feed_back')
			const rectification = await partOf(who.inspection, desk, finding, 'rectification')
			await act(who.water, field, rectification, 'claim')
			await act(who.water, field, rectification, 'submit_lists', { problems: 1, tasks: 2, duties: 2, kind: 'at_once', measures: '每周抽查一次', person: 'agriculture-deputy-1' })
			await inAll(who.inspection, '/rectification', (page) => sees(page, '河长制巡河记录不实'))
			return { finding, rectification }
		},
	},
	M6c: {
		who: ['inspection', 'water', 'inspectionSecond'],
		pages: ['/rectification'],
		walk: async ({ act, inAll, partOf }, { S04: { rectification } }) => {
			await act(who.inspection, desk, rectification, 'approve_plan')
			await act(who.water, field, rectification, 'report', { progress: 100, note: '台账已补齐' })
			await act(who.water, field, rectification, 'ask_strike_off', { result: 'done', note: '三条河涌均有记录' })
			await act(who.inspectionSecond, desk, rectification, 'strike_off', { look_on: '2019-10-31' })
			await inAll(who.inspection, '/rectification', (page, { language }) => sees(page, language === 'zh' ? '销号率 100%（1/1）' : 'closed 100 % (1/1)'))
		},
	},
	M6a: {
		who: ['inspection'],
		pages: ['/coverage'],
		walk: async ({ inAll, menu }) => {
			const page = await menu(who.inspection, desk, '/coverage')
			await page.getByRole('tab', { name: '排定轮次' }).click()
			await page.getByRole('button', { name: '试排' }).click()
			await sees(page, '不能全部覆盖，已证明')
			await inAll(who.inspection, '/coverage', (shown, { language }) => sees(shown, language === 'zh' ? '空白' : 'gap'))
		},
	},
	M7d: {
		who: ['accountability', 'health', 'committee', 'healthHead'],
		pages: ['/accountability'],
		walk: async ({ as, act, inAll, menu, read }) => {
			const page = await menu(who.accountability, desk, '/accountability')
			await page.locator('main a', { hasText: '防汛物资储备' }).first().click()
			await page.waitForURL(/\/matters\/\d+$/)
			const path = new URL(page.url()).pathname
			await act(who.accountability, desk, path, 'start')
			await act(who.accountability, desk, path, 'tell_unit', { facts: '物资未按期储备' })
			await act(who.health, field, path, 'state_case', { statement: '采购流标，已重新招标' })
			await act(who.accountability, desk, path, 'propose', { form: ['inspect'], reply: '流标不免除责任' })
			await act(who.committee, field, path, 'decide', { form: ['inspect'], reason: '责令作出书面检查' })
			await inAll(who.healthHead, '/accountability', (shown) => sees(shown, '防汛物资储备'))
		},
	},
	P2: {
		who: ['petitions', 'conduct', 'health'],
		pages: ['/open', '/matters'],
		walk: async ({ open, act, inAll }) => {
			const problem = await open(who.petitions, desk, 'conduct_problem', { title: '窗口办事推诿', source: 'named', kind: 'service', subject: 'health' })
			await act(who.petitions, desk, problem, 'accept', { receipt: '受2019-07' })
			await act(who.conduct, desk, problem, 'confirm', { facts: '三次让群众改天再来' })
			await act(who.health, field, problem, 'rectify', { measures: '一次性告知，设导办' })
			await act(who.conduct, desk, problem, 'pass')
			await act(who.petitions, desk, problem, 'answer', { answer: '已整改，谢谢反映' })
			await inAll(who.petitions, '/matters', async (page) => {
				await page.locator('main a', { hasText: '窗口办事推诿' }).first().click()
				await page.waitForURL(/\/matters\/\d+$/)
				await sees(page, '已整改，谢谢反映')
			})
		},
	},
	S05: {
		who: ['organisation', 'centre', 'street'],
		pages: ['/open', '/education'],
		walk: async ({ open, act, inAll }) => {
			const review = await open(who.organisation, desk, 'standard_review', { title: '卢湾村党群服务中心达标', standard: '标准化检查表', unit: '440703005-luwan-centre', town: '440703005', items: 2, due: '2019-09-27' })
			await act(who.centre, field, review, 'fill_in', {
				checklist: async (page, form) => {
					for (const [i, item] of ['有固定场所', '有值班制度'].entries()) {
						await form.getByRole('button', { name: 'Add a row' }).click()
						const row = form.locator('.rows-input tbody tr').nth(i)
						await row.locator('textarea').first().fill(item)
						await row.locator('.ant-select').first().click()
						await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: 'Met' }).first().click()
						await row.locator('textarea').last().fill('现场照片')
					}
				},
			})
			await act(who.centre, field, review, 'self_check')
			await act(who.street, field, review, 'check_again')
			await act(who.organisation, desk, review, 'accept')
			await inAll(who.organisation, '/education', (page, { language }) => sees(page, language === 'zh' ? '卢湾村党群服务中心' : 'Luwan Village Service Centre'))
		},
	},
	// case.mjs goes on: filed, heard, decided, carried out, appealed.
	P3: {
		who: ['cases', 'inquiry', 'disciplineSecretary', 'water'],
		pages: ['/open', '/accountability'],
		walk: async ({ open, act, inAll, menu }) => {
			const lead = await open(who.cases, desk, 'lead', { title: '工地检查失职线索', source: 'letters', respondent: who.water, unit: 'agriculture' })
			await act(who.cases, desk, lead, 'assign')
			await act(who.inquiry, field, lead, 'propose', { way: 'letter', reason: '需本人说明' })
			await act(who.disciplineSecretary, desk, lead, 'approve_letter', { questions: '二月工地检查为何没有记录' })
			await act(who.water, field, lead, 'reply', { statement: '记录在镇里，已补交' })
			await act(who.inquiry, field, lead, 'believe', { result: '说明属实，予以采信' })
			await act(who.inquiry, field, lead, 'inform', { told_on: '2019-07-16' })
			await inAll(who.water, '/accountability', async (page) => {
				await page.locator(`main a[href="${lead}"]`).first().click()
				await page.waitForURL(`**${lead}`)
				await sees(page, '二月工地检查为何没有记录', '记录在镇里，已补交')
				assert.ok(!(await page.locator('main').innerText()).includes('工地检查失职线索'))
			})
			await act(who.cases, desk, lead, 'close')
		},
	},
	// appointment.mjs goes on: appointed when the publicity is over, handed over, a year on probation.
	P4: {
		who: ['organisation', 'secretary', 'cases', 'committee'],
		pages: ['/open', '/institution'],
		walk: async ({ open, act, inAll, to }) => {
			const appointment = await open(who.organisation, desk, 'appointment', { title: '提拔任用水利局副局长', post: 'agriculture-deputy-2', unit: 'agriculture', kind: 'promotion' })
			await act(who.organisation, desk, appointment, 'move_post', { grounds: '岗位需要' })
			await act(who.secretary, field, appointment, 'approve_motion')
			await act(who.organisation, desk, appointment, 'recommend', { candidate: who.water, asked: 20, votes: 16 })
			await act(who.organisation, desk, appointment, 'inspect', { record: '黑臭水体治理一线表现突出' })
			await act(who.cases, desk, appointment, 'give_clearance', { clearance: 'yes' })
			await act(who.organisation, desk, appointment, 'propose', { reason: '以实绩论英雄' })
			await act(who.committee, field, appointment, 'pass', { entitled: 9, present: 8, agree: 8, against: 0, defer: 0, chief_last: true })
			await act(who.organisation, desk, appointment, 'show', { shown_from: '2019-07-16' })
			await inAll(who.organisation, '/institution', async (page) => {
				await turn(page, `/people/${who.water}`)
				await sees(page, '冼竹砺')
				await turn(page, appointment)
				await sees(page, '黑臭水体治理一线表现突出', '冼竹砺')
			})
		},
	},
	M5: {
		who: ['healthHead', 'committeeOffice', 'justice', 'committee'],
		pages: ['/open', '/rules'],
		walk: async ({ open, act, refused, inAll }) => {
			const decision = await open(who.healthHead, desk, 'collective_decision', { title: '安排年度治理资金', kind: 'money', unit: 'health', amount: 380000 })
			await act(who.healthHead, desk, decision, 'propose', { content: '用于村级卫生站改造' })
			await act(who.committeeOffice, desk, decision, 'accept')
			await act(who.justice, field, decision, 'find_lawful', { opinion: '合法' })
			await act(who.committeeOffice, desk, decision, 'send_material', { sent_on: '2019-07-08', meeting_on: '2019-07-15' })
			// Expected is the whole body, which the form begins with: three of its ten are no meeting, six are, and the chief speaks last.
			const three = ['mai0002', 'zhong0004', 'ye0001'], six = ['mai0002', 'zhou0003', 'zhong0004', 'feng0005', 'luo0006', 'ye0001']
			await refused(who.committee, desk, decision, 'pass', { chief: 'ye0001', present: three, spoke: three, decision: '同意安排，按季度公开' }, '到会没有过半')
			await act(who.committee, desk, decision, 'pass', { chief: 'ye0001', present: six, spoke: six, agree: six, decision: '同意安排，按季度公开' })
			await act(who.committeeOffice, desk, decision, 'give_task', { task: '村级卫生站改造资金公开', task_unit: 'health', task_leader: 'government-head', task_due: '2019-09-27' })
			await inAll(who.healthHead, '/rules', async (page, { language }) => {
				await page.locator('main a', { hasText: language === 'zh' ? '区级财政大额资金使用管理办法' : 'Use of large sums' }).first().click()
				await page.waitForURL(/\/rules\/\d+/)
				await sees(page, '单笔五十万元以上的支出')
				await turn(page, decision)
				await sees(page, '同意安排，按季度公开', '村级卫生站改造资金公开')
			})
		},
	},
}
