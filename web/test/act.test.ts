import { expect, test } from 'vitest'
import { actName, actOf, formOf, mayDecide, whyNot, type Act, type Field, type Matter } from '../src/lib/act'
import { choicesFor, isLoss } from '../src/lib/acting'
import { draftName, dropAllDrafts, dropDraft, keepDraft, readDraft } from '../src/lib/draft'
import { bearerOf, discharges, owedIn, readTerm } from '../src/lib/follows'
import { ActKey } from '../src/lib/key'
import { inherited } from '../src/lib/open'
import { faultsByField, filledOf } from '../src/lib/values'
import type { Schema } from '../src/api/client'

const say = (key: string) => key
const matter = {
	state: 'working',
	fields: { due: '2019-09-30' },
	shown: [{ name: 'lead_unit', label: '主办单位', type: 'unit', text: '水利局' }],
	possible: [
		{ action: 'report', label: '反馈进展', may: true, evidence: 'optional', fields: [{ name: 'progress', label: '进度', type: 'percent', required: true }], values: { progress: 10 } },
		{ action: 'close', label: '审核办结', may: false, rule: 'by', why: '须由其他岗位办理' },
	],
	may: { note: true, urge: false, instruct: true, follow: true, resume: false },
	duties: [{ id: 3, kind: 'decide', request: 1, state: 'open', may_answer: true }, { id: 4, kind: 'answer', name: '答复批示', state: 'open', may_answer: false }],
	requests: [{ id: 1, request: 'extend', label: '申请延期', state: 'open', asker: '甲', fields: { until: '2019-10-31' }, shown: [] }, { id: 2, request: 'extend', label: '申请延期', state: 'open', asker: '乙', fields: {}, shown: [] }],
} as unknown as Matter

const acts: Act[] = [{ kind: 'action', name: 'ask_close' }, { kind: 'request', name: 'extend' }, { kind: 'decide', request: 2, decision: 'refuse' }, { kind: 'answer', duty: 7 }, { kind: 'note' }, { kind: 'link' }]

test('an act survives the address, and what names none is none', () => {
	for (const act of acts) expect(actOf(actName(act))).toEqual(act)
	for (const name of ['', 'action', 'action.', 'decide.1', 'decide.1.maybe', 'answer.x', 'answer.0', 'open']) expect(actOf(name), name).toBeNull()
})

test('forms are the server’s; what may not be done has none, and its reason is the server’s', () => {
	expect(formOf({ kind: 'action', name: 'report' }, matter, say, [])).toMatchObject({ title: '反馈进展', evidence: 'optional', values: { progress: 10 } })
	expect(formOf({ kind: 'action', name: 'close' }, matter, say, [])).toBeNull()
	expect(whyNot({ kind: 'action', name: 'close' }, matter)).toBe('须由其他岗位办理')
	expect(formOf({ kind: 'urge' }, matter, say, [])).toBeNull()
	expect(formOf({ kind: 'answer', duty: 4 }, matter, say, [])).toBeNull()
})

test('a refusal needs its reason, a grant begins with the day asked for, and only who owes the decision decides', () => {
	expect(formOf({ kind: 'decide', request: 1, decision: 'grant' }, matter, say, [])).toMatchObject({ values: { until: '2019-10-31' }, fields: [{ name: 'until' }, { name: 'text', required: false }] })
	expect(formOf({ kind: 'decide', request: 1, decision: 'refuse' }, matter, say, [])).toMatchObject({ fields: [{ name: 'text', required: true }] })
	expect([mayDecide(matter, 1), mayDecide(matter, 2)]).toEqual([true, false])
	expect(formOf({ kind: 'decide', request: 2, decision: 'grant' }, matter, say, [])).toBeNull()
})

test('the same content has one key, other content another', () => {
	const key = new ActKey()
	const first = key.of([{ kind: 'note' }, { text: 'a' }, 3])
	expect(first).toMatch(/^[0-9a-f]{32}$/)
	expect(key.of([{ kind: 'note' }, { text: 'a' }, 3])).toBe(first)
	expect(key.of([{ kind: 'note' }, { text: 'a' }, 4])).not.toBe(first)
})

test('only what was filled in is sent', () => {
	expect(filledOf({ a: ' x ', b: '', c: undefined, d: null, e: [], f: 0, g: false, h: ['y'], i: '  ' })).toEqual({ a: 'x', f: 0, g: false, h: ['y'] })
})

test('faults find their fields, the rest is left over', () => {
	const { fields, rest } = faultsByField([{ place: 'fields.due', text: '太早' }, { place: 'text', text: '必填' }, { place: 'evidence[0]', text: '没有此文件' }], ['due', 'text'])
	expect([...fields]).toEqual([['due', ['太早']], ['text', ['必填']]])
	expect(rest).toEqual(['没有此文件'])
})

function storage(): Storage {
	const rows = new Map<string, string>()
	return {
		get length() {
			return rows.size
		},
		key: (i: number) => [...rows.keys()][i] ?? null,
		getItem: (name: string) => rows.get(name) ?? null,
		setItem: (name: string, text: string) => void rows.set(name, text),
		removeItem: (name: string) => void rows.delete(name),
		clear: () => rows.clear(),
	}
}

test('a draft is kept under its account, empty ones are not, and signing out takes all of them', () => {
	const store = storage()
	const name = draftName('xian', '9.note')
	keepDraft(name, { values: { text: '写到一半' }, evidence: [] }, store)
	store.setItem('other', '1')
	expect(readDraft(name, store)).toEqual({ values: { text: '写到一半' }, evidence: [] })
	expect(readDraft(draftName('luo', '9.note'), store)).toBeNull()
	keepDraft(name, { values: { text: '' }, evidence: [] }, store)
	expect(store.getItem(name)).toBeNull()
	store.setItem(name, 'not json')
	expect(readDraft(name, store)).toBeNull()
	keepDraft(name, { values: {}, evidence: [{ hash: 'a', name: 'b', size: 1 }] }, store)
	keepDraft(draftName('xian', '9.urge'), { values: { text: 'x' }, evidence: [] }, store)
	dropDraft(name, store)
	expect(store.length).toBe(2)
	dropAllDrafts(store)
	expect([store.length, store.getItem('other')]).toEqual([1, '1'])
})

const procedure = {
	roles: [{ name: 'office', label: '督查室', kind: 'function', of: 'supervision_office' }, { name: 'lead', label: '主办单位', kind: 'field', of: 'lead_unit' }],
	duties: [
		{ name: 'finish', label: '按期办结', bearer: 'lead', in: ['working'], discharged_by: ['ask_close'], limit: { kind: 'by', field: 'due' } },
		{ name: 'review', label: '及时审核', bearer: 'office', in: ['review'], discharged_by: ['close'], limit: { kind: 'within', term: '5 working days' } },
	],
} as unknown as Schema['procedure']

test('what follows is what the definition says', () => {
	expect(owedIn(procedure, 'working', matter.fields, matter.shown)).toMatchObject([{ label: '按期办结', bearer: '主办单位 (水利局)', day: '2019-09-30' }])
	expect(owedIn(procedure, 'review', {})).toMatchObject([{ label: '及时审核', bearer: '督查室', day: undefined }])
	expect(discharges(procedure, 'ask_close', 'working')).toEqual(['按期办结'])
	expect(discharges(procedure, 'ask_close', 'review')).toEqual([])
	expect(bearerOf(procedure, undefined, [])).toBeUndefined()
	expect([readTerm('3 working days'), readTerm('1 month'), readTerm('soon')]).toEqual([{ n: 3, unit: 'working' }, { n: 1, unit: 'month' }, null])
})

test('acts that discharge a duty stand first; what ends a matter badly is marked', () => {
	const rules = { ...procedure, states: [{ name: 'review' }, { name: 'withdrawn', end: 'void' }, { name: 'closed', end: 'success' }] } as unknown as Schema['procedure']
	const busy = { ...matter, possible: [...matter.possible, { action: 'ask_close', label: '提请办结', may: true, to: 'review' }, { request: 'extend', label: '申请延期', may: true }] } as Matter
	const { serves, others, words } = choicesFor(busy, rules, { id: 9, kind: 'rule', name: '按期办结' } as Schema['duty'])
	expect(serves.map(({ label }) => label)).toEqual(['提请办结'])
	expect(others.map(({ label }) => label)).toEqual(['反馈进展', '申请延期'])
	expect(words).toEqual(['note', 'instruct', 'link', 'follow'])
	expect(choicesFor(busy, rules, undefined).serves).toEqual([])
	expect([isLoss(rules, 'withdrawn'), isLoss(rules, 'closed'), isLoss(rules, undefined)]).toEqual([true, false, false])
})

test('a part begins with who and until when of its whole, never with its name', () => {
	const parent = { shown: [{ name: 'title', type: 'text' }, { name: 'lead_unit', type: 'unit' }, { name: 'due', type: 'date' }, { name: 'target', type: 'number' }], fields: { title: '甲', lead_unit: 7, due: '2019-09-30', target: '100' } } as unknown as Matter
	const fields = [{ name: 'title', type: 'text' }, { name: 'lead_unit', type: 'unit' }, { name: 'due', type: 'date' }, { name: 'target', type: 'number' }, { name: 'leader', type: 'post' }] as Field[]
	expect(inherited(fields, parent)).toEqual({ lead_unit: 7, due: '2019-09-30' })
	expect(inherited(fields, undefined)).toEqual({})
})
