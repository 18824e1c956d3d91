import { expect, test } from 'vitest'
import { addDays, addMonths, byDay, countWorking, daysBetween, distanceOf, weekdayOf, weeksOf } from '../src/lib/calendar'
import { overDays } from '../src/lib/follows'

// The spring festival of 2019: 2 and 3 February are worked, 4 to 10 are not.
const days = Array.from({ length: 20 }, (_, i) => addDays('2019-01-31', i)).map((day) => ({ day, works: !(day >= '2019-02-04' && day <= '2019-02-10') && (weekdayOf(day) <= 5 || day <= '2019-02-03') }))

test('days are counted by their names', () => {
	expect([addDays('2019-02-28', 1), addDays('2020-02-28', 1), addDays('2019-01-01', -1)]).toEqual(['2019-03-01', '2020-02-29', '2018-12-31'])
	expect([weekdayOf('2019-03-04'), weekdayOf('2019-03-10'), weekdayOf('1970-01-01')]).toEqual([1, 7, 4])
	expect(daysBetween('2019-02-28', '2019-03-01')).toBe(1)
	expect([addMonths('2019-12', 1), addMonths('2019-01', -1)]).toEqual(['2020-01', '2018-12'])
})

test('a month is whole weeks, from the Monday of its first day', () => {
	const weeks = weeksOf('2019-03')
	expect([weeks.length, weeks[0]![0], weeks.at(-1)![6]]).toEqual([5, '2019-02-25', '2019-03-31'])
	expect(weeksOf('2019-09').length).toBe(6)
	expect(weeksOf('2021-02').length).toBe(4)
	expect(weeksOf('2019-12').at(-1)![6]).toBe('2020-01-05')
})

test('working days: not the first, but the last', () => {
	expect(countWorking(days, '2019-02-01', '2019-02-11')).toBe(3)
	expect(countWorking(days, '2019-02-03', '2019-02-10')).toBe(0)
	expect(countWorking(days, '2019-02-01', '2019-06-01')).toBeNull()
})

test('beside a day stands how far it is, and whether it is over', () => {
	expect(distanceOf(days, '2019-02-01', '2019-02-01')).toEqual({ kind: 'today' })
	expect(distanceOf(days, '2019-02-01', '2019-01-30')).toEqual({ kind: 'past', days: 2 })
	expect(distanceOf(days, '2019-02-01', '1970-01-30')).toBeNull()
	expect(distanceOf(days, '2019-02-01', '2019-02-09')).toEqual({ kind: 'working', days: 2, rests: true })
})

test('what falls on one day keeps its order', () => {
	const duty = (id: number, due_day: string) => ({ id, due_day })
	expect([...byDay([duty(1, 'a'), duty(2, 'b'), duty(3, 'a')])].map(([day, all]) => [day, all.map(({ id }) => id)])).toEqual([['a', [1, 3]], ['b', [2]]])
})

test('only a day by which something is owed is warned of, and only when it is over', () => {
	const rule = (kind: 'by' | 'within', field?: string) => ({ name: 'd', label: 'D', in: [], discharged_by: [], limit: { kind, field }, escalate: [], basis: [] })
	const fields = [{ name: 'due', label: 'Due' }, { name: 'born', label: 'Born' }]
	const over = (values: Record<string, unknown>) => overDays({ duties: [rule('by', 'due'), rule('within')] }, fields, values, '2019-03-05').map(({ label }) => label)
	expect(over({ due: '2019-03-04', born: '1970-01-01' })).toEqual(['Due'])
	expect(over({ due: '2019-03-05' })).toEqual([])
	expect(over({})).toEqual([])
})
