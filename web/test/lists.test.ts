import { expect, test } from 'vitest'
import type { Schema } from '../src/api/client'
import { deedsFor } from '../src/lib/accounts'
import { levelsOf } from '../src/lib/breakdown'
import { heapsOf, unitsOf } from '../src/lib/commander'
import { kindsOf, movedBetween, shadeOf, stretchesOf, unitsShown, yearsOf } from '../src/lib/coverage'
import { barOf, dayNumber, placeOf, scaleOf, ticksOf } from '../src/lib/gantt'
import { basisOf, labelsOf, type Procedure } from '../src/lib/procedure'

const line = (over: Partial<Schema['matter_line']>): Schema['matter_line'] => ({ id: 1, number: 'n', title: 't', procedure: 'key_task', procedure_title: 'Key task', grasp: 'supervision', state: 's', state_label: 'S', lamp: 'red', opened: '2019-02-18T09:00:00+08:00', event: 1, ...over })

test('time: whole years, days where the institution has them', () => {
	const lines = [line({ due_day: '2019-06-30' }), line({ opened: '2018-12-31T23:30:00+08:00', ended: '2019-01-05T09:00:00+08:00' })]
	const scale = scaleOf(lines, '2019-03-20')
	expect(scale).toEqual({ from: dayNumber('2018-01-01'), until: dayNumber('2020-01-01') })
	expect(placeOf(dayNumber('2019-01-01'), scale)).toBe(50)
	expect([placeOf(0, scale), placeOf(1e9, scale)]).toEqual([0, 100])
	expect(ticksOf(scale)).toHaveLength(24)
	expect(ticksOf(scale)[12]).toEqual({ year: 2019, month: 1, left: 50 })
	expect(ticksOf({ from: dayNumber('2016-01-01'), until: dayNumber('2020-01-01') })).toHaveLength(16)
})

test('a bar runs to its end, or to today; the next due day only while it runs', () => {
	const scale = { from: dayNumber('2019-01-01'), until: dayNumber('2020-01-01') }
	const running = barOf(line({ due_day: '2019-06-30' }), '2019-02-18', scale)
	expect(running.left).toBeCloseTo((48 / 365) * 100)
	expect(running.width).toBeCloseTo((1 / 365) * 100) // the day itself
	expect(running.due).toBeCloseTo((180 / 365) * 100)
	const ended = barOf(line({ due_day: '2019-06-30', ended: '2019-02-20T09:00:00+08:00' }), '2019-12-31', scale)
	expect(ended.width).toBeCloseTo((3 / 365) * 100)
	expect(ended.due).toBeUndefined()
})

test('deployments stand above programmes by how much is below them', () => {
	const programme = (procedure: string, parts: number) => ({ matter: line({ procedure, procedure_title: procedure.toUpperCase() }), parts, open: parts, red: 0 })
	expect(levelsOf([programme('b', 3), programme('a', 9), programme('b', 4)]).map(({ title, programmes }) => [title, programmes.length])).toEqual([['A', 1], ['B', 2]])
	expect(levelsOf([])).toEqual([])
})

test('a leader’s matters by procedure and by unit', () => {
	const lines = [line({ id: 1, unit: 'water', unit_name: 'Water', lamp: 'red' }), line({ id: 2, procedure: 'site_visit', unit: 'water', lamp: 'grey' }), line({ id: 3, unit: 'town', lamp: 'red' }), line({ id: 4, unit: undefined })]
	expect(heapsOf(lines).map(({ procedure, lines: of }) => [procedure, of.map(({ id }) => id)])).toEqual([['key_task', [1, 3, 4]], ['site_visit', [2]]])
	expect(unitsOf(lines)).toMatchObject([{ code: 'water', name: 'Water', open: 2, red: 1, grey: 1 }, { code: 'town', name: 'town', open: 1 }])
})

test('what one administrator begins another completes', () => {
	const waiting = { state: 'waiting' as const, person: 'x' }
	expect(deedsFor('security', waiting)).toEqual(['release'])
	expect(deedsFor('system', waiting)).toEqual(['reset', 'disable'])
	expect(deedsFor('audit', waiting)).toEqual([])
	expect(deedsFor(undefined, waiting)).toEqual([])
	expect(deedsFor('security', { state: 'active', locked_until: '2019-03-05T09:00:00+08:00' })).toEqual(['unlock', 'grant'])
	expect(deedsFor('system', { state: 'disabled', admin: 'audit' })).toEqual(['reset', 'bind'])
	const active = { state: 'active' as const, person: 'x' }
	expect(deedsFor('system', active, true)).toEqual(['reset', 'disable', 'tie'])
	expect(deedsFor('security', active, true)).toEqual(['mark'])
	expect(deedsFor('security', { ...active, subject: 's', break_glass: true })).toEqual(['untie', 'unmark'])
	expect(deedsFor('security', { state: 'active', admin: 'audit' }, true)).toEqual([])
})

test('procedures are told by their labels', () => {
	const named = (name: string) => [{ name, label: name.toUpperCase() }]
	const labels = labelsOf({ states: named('open'), roles: named('lead'), actions: named('close'), requests: named('extend'), fields: named('due') } as unknown as Procedure)
	expect([labels.state('open'), labels.role('lead'), labels.act('close'), labels.act('extend'), labels.field('due'), labels.role('other'), labels.role(undefined)]).toEqual(['OPEN', 'LEAD', 'CLOSE', 'EXTEND', 'DUE', 'other', ''])
	expect(basisOf([{ rule: 'Rule', article: '18', confirm: false }, { rule: 'Other', note: 'local', confirm: true }])).toEqual(['Rule 18', 'Other · local'])
})

const unit = (code: string, last: string | undefined, years: { year: number; times: number }[] = []) => ({ code, name: code, kind: 'town', kind_label: 'Town', covered: last ? 1 : 0, supervisions: [{ supervision: 'inspection' as const, title: 'I', years, last, matter: last ? 9 : undefined }] })
const sums = [{ supervision: 'inspection' as const, title: 'I', covered: 1, units: 2 }, { supervision: 'discipline' as const, title: 'D', covered: 0, units: 2 }]

test('coverage: a gap is a supervision that never came; the latest opens its matter', () => {
	const term = { from: '2017-07-01', to: '2019-06-30', sums }
	expect(yearsOf(term)).toEqual([2017, 2018, 2019])
	const [inspection, discipline] = stretchesOf(unit('a', '2018-05-06', [{ year: 2018, times: 2 }]), term)
	expect(inspection).toEqual({ supervision: 'inspection', isGap: false, cells: [{ times: 0 }, { times: 2, matter: 9 }, { times: 0 }] })
	expect(discipline).toMatchObject({ isGap: true, cells: [{ times: 0 }, { times: 0 }, { times: 0 }] })
	expect([shadeOf(0), shadeOf(2), shadeOf(40)]).toEqual([0, 2, 3])
	const units = [unit('a', '2018-05-06'), unit('b', undefined), { ...unit('c', '2018-05-06'), kind: 'bureau', kind_label: 'Bureau', covered: 4 }]
	expect(unitsShown(units, undefined, false).map(({ code }) => code)).toEqual(['b', 'a', 'c'])
	expect(unitsShown(units, 'town', true).map(({ code }) => code)).toEqual(['b', 'a'])
	expect(unitsShown(units, undefined, true)).toHaveLength(2)
	expect(kindsOf(units)).toEqual([{ value: 'bureau', label: 'Bureau' }, { value: 'town', label: 'Town' }])
})

test('two plans: units whose round is another, or that one of them leaves out', () => {
	const team = (round: number, ...units: string[]) => ({ round, team: 1, begins: '2019-03-01', units, inspectors: [] })
	expect(movedBetween({ teams: [team(1, 'a', 'b'), team(2, 'c')] }, { teams: [team(1, 'a'), team(2, 'b'), team(3, 'd')] })).toEqual([{ unit: 'b', before: 1, after: 2 }, { unit: 'c', before: 2, after: undefined }, { unit: 'd', before: undefined, after: 3 }])
	expect(movedBetween({}, {})).toEqual([])
})
