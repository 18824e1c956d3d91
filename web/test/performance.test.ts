import { expect, test } from 'vitest'
import { partOf, performanceFigures, pointsOf } from '../src/lib/performance'

test('writes hundredths as points', () => {
	expect([10200, -50, 0, 7].map(pointsOf)).toEqual(['102.00', '-0.50', '0.00', '0.07'])
})

test('writes a rate with what was good of what was judged, a count with how many, and nothing where there was nothing', () => {
	expect(partOf({ points: 2400, good: 3, all: 5, empty: false })).toBe('24.00 (3/5)')
	expect(partOf({ points: -400, all: 2, empty: false })).toBe('-4.00 (2)')
	expect(partOf({ points: 0, good: 0, all: 0, empty: true })).toBe('')
})

test('draws the best first, thirty at most, each with a way to what is behind it', () => {
	const units = Array.from({ length: 40 }, (_, i) => ({ code: `u${i}`, name: `U${i}`, kind: 'town', points: 10000 - 100 * i }))
	const figures = performanceFigures(units, { label: 'l', of: 'unit', points: 'points' }, (code) => `/performance/${code}`)
	expect(figures.names).toHaveLength(30)
	expect(figures.series[0]?.marks[1]).toEqual({ value: 99, to: '/performance/u1' })
})
