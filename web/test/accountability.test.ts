import { expect, test } from 'vitest'
import { countStages, nextDuties, opensTo, purposeOf } from '../src/lib/accountability'

const action = (name: string, from: string[], purpose?: 'hearing' | 'appeal') => ({ name, label: name, from, purpose, evidence: 'none' as const, not_by: [], fields: [] })
const duty = (label: string, discharged_by: string[]) => ({ name: label, label, in: [], discharged_by, limit: { kind: 'within' as const }, escalate: [], basis: [] })
const rules = {
	actions: [action('speak', ['told'], 'hearing'), action('decide', ['heard']), action('appeal', ['decided'], 'appeal'), action('withdraw', ['decided', 'told'])],
	duties: [duty('Say', ['speak', 'withdraw']), duty('Decide', ['decide'])],
	requests: [],
}

test('what whom it is about may still do, in each stage', () => {
	expect(opensTo(rules, 'told')).toEqual(['hearing'])
	expect(opensTo(rules, 'decided')).toEqual(['appeal'])
	expect(opensTo(rules, 'heard')).toEqual([])
})

test('a duty is for a hearing when a hearing discharges it', () => {
	expect(purposeOf(rules, 'Say')).toBe('hearing')
	expect(purposeOf(rules, 'Decide')).toBeUndefined()
	expect(purposeOf(rules, 'Answer an instruction')).toBeUndefined()
})

test('of several duties the one that is due first is the next step', () => {
	const due = (matter: number, name: string, at: string) => ({ matter, name, due: at })
	const next = nextDuties([due(1, 'later', '2019-03-05T09:00:00+08:00'), due(2, 'other', '2019-03-04T09:00:00+08:00'), due(1, 'first', '2019-03-01T09:00:00+08:00')])
	expect([next.get(1)?.name, next.get(2)?.name, next.get(3)]).toEqual(['first', 'other', undefined])
})

test('stages in their order, and only those in which something is', () => {
	const line = (id: number, state: string) => ({ id, state, state_label: state })
	expect(countStages([{ name: 'a', label: 'A' }, { name: 'b', label: 'B' }, { name: 'c', label: 'C' }], [line(1, 'c'), line(2, 'a'), line(3, 'c')])).toEqual([{ state: 'a', label: 'A', count: 1 }, { state: 'c', label: 'C', count: 2 }])
})
