import { expect, test } from 'vitest'
import { lastYear } from '../src/lib/performance'
import { mayRule, ruleBody, ruleForm, stepsOf, versionOn } from '../src/lib/ruleDeeds'

const t = ((key: string) => key) as never
const offered = { procedures: [{ name: 'rule_review', label: '复审' }], rules: [{ name: 'cars', label: '公车' }] }
const rule = { rule: 3, title: '办法', versions: 2, area: 'money', stages: ['policy'], unit: 'finance', procedures: [{ name: 'rule_review', title: '复审' }] } as never

test('rules are for whoever acts for the rules office', () => {
	expect(mayRule(['rules_office'])).toBe(true)
	expect(mayRule(['organisation_office'])).toBe(false)
	expect(mayRule(undefined)).toBe(false)
})

test('an amendment begins with what holds, and says which version it is to be', () => {
	const form = ruleForm('amend', rule, '第一条 甲。', offered, t)
	expect(form.values).toEqual({ area: 'money', stages: ['policy'], unit: 'finance', procedures: ['rule_review'], text: '第一条 甲。' })
	expect(form.fields.some(({ name }) => name === 'code')).toBe(false)
	expect(ruleBody('amend', rule, { text: '第一条 乙。', from: '2020-01-01' })).toEqual({ text: '第一条 乙。\n', from: '2020-01-01', procedures: [], version: 3 })
})

test('a new rule has a code and a title, a repeal a day and a reason', () => {
	const required = (deed: 'issue' | 'repeal') => ruleForm(deed, deed === 'repeal' ? rule : undefined, '', offered, t).fields.filter((field) => field.required).map(({ name }) => name)
	expect(required('issue')).toEqual(['code', 'title', 'area', 'stages', 'unit', 'text'])
	expect(required('repeal')).toEqual(['until', 'reason'])
	expect(ruleBody('issue', undefined, { code: 'a', text: '甲' })).toEqual({ code: 'a', text: '甲\n' })
	expect(ruleBody('repeal', rule, { until: '2020-01-01', reason: '并入' })).toEqual({ until: '2020-01-01', reason: '并入' })
})

test('with a version goes the step of its matter that asks for its days, and no other', () => {
	const day = (name: string) => ({ name, required: true })
	const steps = stepsOf([
		{ action: 'issue', label: '印发', may: true, evidence: 'none', fields: [day('in_force'), day('review_on')] },
		{ action: 'issue_late', label: '补发', may: false, fields: [day('in_force')] },
		{ action: 'show', label: '公示', may: true, evidence: 'required', fields: [day('in_force')] },
		{ action: 'argue', label: '说明', may: true, fields: [day('in_force'), day('reason')] },
		{ action: 'note', label: '记', may: true, fields: [] },
		{ request: 'extend', label: '延期', may: true, fields: [day('due')] },
	] as never)
	expect(steps).toEqual([{ name: 'issue', label: '印发' }])
})

test('the text of a day is that of the newest version which has begun by then', () => {
	const history = [{ version: 1, from: '2017-01-01' }, { version: 2, from: '2019-01-01' }] as never
	expect(['2016-01-01', '2017-01-01', '2018-12-31', '2019-01-01'].map((day) => versionOn(history, day))).toEqual([1, 1, 1, 2])
})

test('a formula is tried on the year that is over', () => {
	expect(lastYear('2020-03-05')).toEqual({ from: '2019-01-01', to: '2019-12-31' })
})
