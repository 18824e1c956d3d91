import { expect, test } from 'vitest'
import { ageFigures, moveFigures } from '../src/lib/roster'

const words = { label: 'moves', of: 'month' }
const row = (month: string, move: string | undefined, count: number, moves = true) => ({ month, move, label: move ?? 'not said', moves, count })

test('months between are all there, who is moved comes first, and a number opens its tenures', () => {
	const figures = moveFigures([row('2019-11', 'appointment', 1, false), row('2019-11', 'transfer', 3), row('2020-01', 'transfer', 2)], words)
	expect(figures.names.map(({ text }) => text)).toEqual(['2019-11', '2019-12', '2020-01'])
	expect(figures.series.map(({ name, marks }) => [name, marks.map(({ value }) => value)])).toEqual([
		['transfer', [3, 0, 2]],
		['appointment', [1, 0, 0]],
	])
	expect(figures.series[0]!.marks.map(({ to }) => to)).toEqual(['/institution?tab=tenures&began_from=2019-11-01&began_until=2019-12-01&move=transfer', undefined, '/institution?tab=tenures&began_from=2020-01-01&began_until=2020-02-01&move=transfer'])
	expect(moveFigures([], words).names).toEqual([])
})

test('a tenure that does not say how it began is asked for without a kind', () => {
	expect(moveFigures([row('2019-12', undefined, 4, false)], words).series[0]!.marks[0]!.to).toBe('/institution?tab=tenures&began_from=2019-12-01&began_until=2020-01-01')
})

test('ages of two days stand beside each other and open nothing', () => {
	const bands = (a: number, b: number) => [{ label: '≤35', count: a }, { label: '36–40', count: b }]
	const figures = ageFigures([{ day: '2019-02-28', posts: 3, heads: 3, bands: bands(1, 2) }, { day: '2019-03-01', posts: 3, heads: 3, bands: bands(3, 0) }], { label: 'ages', of: 'band', day: (day) => day })
	expect(figures.series.map(({ name, marks }) => [name, marks.map(({ value }) => value)])).toEqual([
		['2019-02-28', [1, 2]],
		['2019-03-01', [3, 0]],
	])
	expect([...figures.names, ...figures.series.flatMap(({ marks }) => marks)].every((mark) => !('to' in mark) || mark.to === undefined)).toBe(true)
})
