import { expect, test } from 'vitest'
import { heightOf, optionOf, targetOf, type Look } from '../src/lib/chartOption'
import { lampFigures, mostPressing, progressFigures, trendFigures, untakenFigures } from '../src/lib/figures'
import { brokenFirst, countBroken, pieceTarget } from '../src/lib/health'
import { closingRate, stageFigures, stagesOf } from '../src/lib/rectification'
import { homeOf, isFor, pathOf, placesFor } from '../src/lib/places'

const person = { person: { code: 'ye0001', name: 'Ye' } }
const places = (sitter: Parameters<typeof placesFor>[0]) => placesFor(sitter).flatMap((section) => section.places)

test('administrators are led to no business, and nobody to an empty section', () => {
	expect(places(person)).toContain('matters')
	expect(places({ admin: 'system' })).not.toContain('matters')
	expect(isFor('health', { admin: 'audit' })).toBe(true)
	expect(isFor('health', { admin: 'system' })).toBe(false)
	for (const sitter of [person, { admin: 'system' as const }, { admin: 'security' as const }, { admin: 'audit' as const }]) {
		expect(placesFor(sitter).every((section) => section.places.length > 0)).toBe(true)
		expect(isFor(homeOf(sitter), sitter)).toBe(true)
	}
	expect([pathOf('workbench'), pathOf('matters')]).toEqual(['/', '/matters'])
})

test('what is broken most stands first', () => {
	const found = [{ name: 'a', broken: 0 }, { name: 'b', broken: 1 }, { name: 'c', broken: 4 }]
	expect(brokenFirst(found)).toEqual({ broken: [{ name: 'c', broken: 4 }, { name: 'b', broken: 1 }], held: [{ name: 'a', broken: 0 }] })
	expect(countBroken(found)).toBe(5)
})

test('a name in a row of the audit leads to what it names', () => {
	expect(pieceTarget({ kind: 'post', of: 'a b' })).toBe('/institution?tab=tenures&post=a%20b')
	expect(pieceTarget({ kind: 'matter', of: '督1号' })).toBe(`/matters?q=${encodeURIComponent('督1号')}`)
	expect(pieceTarget({})).toBeUndefined()
})

const row = (code: string, lamps: Partial<Record<'red' | 'yellow' | 'green' | 'blue' | 'grey', number>>) => {
	const all = { red: 0, yellow: 0, green: 0, blue: 0, grey: 0, ...lamps }
	return { code, name: code, open: Object.values(all).reduce((a, b) => a + b), ...all }
}
const rows = [row('calm', { green: 9 }), row('hot', { red: 2, grey: 1 }), row('warm', { yellow: 3 }), row('idle', {})]
const words = { label: 'lamps', of: 'unit', lamp: (colour: string) => colour }

test('the most pressing rows come first, and those without anything not at all', () => {
	expect(mostPressing(rows, 9).map(({ code }) => code)).toEqual(['hot', 'warm', 'calm'])
	expect(mostPressing(rows, 1)).toHaveLength(1)
})

test('each mark opens the list that it counts; a colour nobody has isn’t drawn', () => {
	const figures = lampFigures(mostPressing(rows, 9), words, ({ code }) => ({ unit: code }))
	expect(figures.series.map(({ name }) => name)).toEqual(['red', 'yellow', 'green', 'grey'])
	expect(targetOf(figures, 0, 0)).toBe('/matters?lamp=red&open=true&unit=hot')
	expect(targetOf(figures, 0, 1)).toBeUndefined() // nothing red there
	expect(targetOf(figures, 9, 9)).toBeUndefined()
	expect(figures.names[2]?.to).toBe('/matters?open=true&unit=calm')
})

test('programmes: the least far first, with what ended of their parts', () => {
	const matter = (id: number, progress?: number) => ({ id, title: `p${id}`, progress })
	const figures = progressFigures([{ matter: matter(1, 80), parts: 4, open: 1 }, { matter: matter(2), parts: 3, open: 3 }, { matter: matter(3, 20), parts: 0, open: 0 }], 2, { label: '', of: '', progress: 'p', ended: 'e' })
	expect(figures.names.map(({ text }) => text)).toEqual(['p2', 'p3'])
	expect(figures.series.map(({ marks }) => marks.map(({ value }) => value))).toEqual([[0, 20], [0, 0]])
	expect(progressFigures([{ matter: matter(1, 80), parts: 4, open: 1 }], 2, { label: '', of: '', progress: 'p', ended: 'e' }).series[1]?.marks[0]?.value).toBe(75)
})

test('what nobody took up, unit by unit', () => {
	const figures = untakenFigures([...rows, row('lazy', { grey: 5 })], 9, { label: '', of: '', count: 'n' })
	expect(figures.names.map(({ text }) => text)).toEqual(['lazy', 'hot'])
	expect(figures.series[0]?.marks[0]).toEqual({ value: 5, to: '/matters?lamp=grey&open=true&sort=due&unit=lazy' })
})

const look: Look = { colours: { red: '#r', yellow: '#y', green: '#g', blue: '#b', grey: '#e', plain: '#p', faint: '#f' }, text: '#t', line: '#l', font: 'x' }

test('drawings: what the policy refuses is not used, and colours aren’t all that differs', () => {
	const figures = lampFigures(rows, words, () => ({}))
	const option = optionOf(figures, look)
	expect(option.tooltip.renderMode).toBe('richText')
	expect(option.aria.decal.show).toBe(true)
	expect(option.series[0]).toMatchObject({ name: 'red', stack: 'all', data: [0, 2, 0, 0], itemStyle: { color: '#r' } })
	expect(optionOf({ ...figures, shape: 'line' }, look)).toMatchObject({ xAxis: { type: 'category' }, series: [{ type: 'line', stack: undefined }, {}, {}, {}] })
	expect(optionOf({ ...figures, unit: '%' }, look).xAxis).toMatchObject({ max: 100 })
	expect(heightOf({ ...figures, names: Array(20).fill({ text: '' }) })).toBeGreaterThan(heightOf(figures))
})

test('mending: only what was verified is closed, and what was dropped counts nowhere', () => {
	const procedure = { states: [{ name: 'fed_back', label: 'A', start: true }, { name: 'struck_off', label: 'B', start: false, end: 'success' as const }, { name: 'withdrawn', label: 'C', start: false, end: 'void' as const }, { name: 'undone', label: 'D', start: false, end: 'failure' as const }] }
	const stages = stagesOf(procedure, [3, 4, 9, 1])
	expect(closingRate(stages)).toEqual({ closed: 4, all: 8, percent: 50 })
	expect(closingRate(stagesOf(procedure, [0, 0, 5]))).toBeNull()
	const figures = stageFigures('finding', stages, { label: '', of: '', count: 'n' })
	expect(figures.names.map(({ text }) => text)).toEqual(['A', 'B', 'C', 'D'])
	expect(targetOf(figures, 0, 1)).toBe('/matters?procedure=finding&state=struck_off')
})

test('a trend: what was opened in a period opens its list, up to its last day', () => {
	const figures = trendFigures([{ from: '2019-02-01', to: '2019-02-28', opened: 3, closed: 1, late: 0, breached: 2 }, { from: '2019-03-01', to: '2019-03-31', opened: 0, closed: 0, late: 1, breached: 0 }], 'month', { label: '', of: '', opened: 'o', closed: 'c', late: 'l', breached: 'b' })
	expect(figures.names.map(({ text }) => text)).toEqual(['2019-02', '2019-03'])
	expect(targetOf(figures, 0, 0)).toBe('/matters?opened_from=2019-02-01&opened_until=2019-03-01')
	expect(targetOf(figures, 0, 1)).toBeUndefined()
	expect(figures.series[3]?.marks.map(({ value }) => value)).toEqual([2, 0])
})
