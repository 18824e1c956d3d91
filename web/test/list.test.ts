import { expect, test } from 'vitest'
import { Problem } from '../src/api/problem'
import type { Act, Matter } from '../src/lib/act'
import { bulkChoices, runBulk, type Outcome } from '../src/lib/bulk'
import { readDrawing, zoomBy } from '../src/lib/drawing'
import { mediaOf, versionsOf } from '../src/lib/file'
import { FIRST_COLUMNS, knownColumns, storeColumns, storedColumns } from '../src/lib/columns'

const say = (key: string) => key
const may = { note: true, urge: true, instruct: false, follow: true, resume: false }
const of = (id: number, canDispatch: boolean, definition = 3) =>
	({ id, definition, version: id, may: { ...may, urge: canDispatch }, possible: [{ action: 'dispatch', label: '交办', may: canDispatch, why: canDispatch ? undefined : '须由其他岗位办理' }, { action: 'close', label: '审核办结', may: false }], duties: [], requests: [] }) as unknown as Matter

test('in bulk only what some of them take is offered, and actions only within one procedure', () => {
	const counts = (matters: Matter[]) => bulkChoices(matters, say).map(({ label, count }) => [label, count])
	expect(counts([of(1, true), of(2, false)])).toEqual([['act.urge', 1], ['act.note', 2], ['act.follow', 2], ['交办', 1]])
	expect(counts([of(1, true), of(2, true, 4)])).toEqual([['act.urge', 2], ['act.note', 2], ['act.follow', 2]])
})

test('each matter has its own outcome; one that is refused stops none of the others', async () => {
	const act: Act = { kind: 'action', name: 'dispatch' }
	const told: [number, Outcome['state']][] = []
	const outcomes = new Map<number, Outcome>()
	await runBulk({
		act,
		content: { filled: {}, evidence: [] },
		matters: [of(1, true), of(2, false), of(3, true), of(4, true)],
		t: say,
		send: async (_, { id }) => {
			if (id === 3) throw new Problem(412, null)
			return { index: id * 10, count: 1, again: false }
		},
		tell: (id, outcome) => {
			told.push([id, outcome.state])
			outcomes.set(id, outcome)
		},
	})
	expect([...outcomes.values()].map(({ state }) => state)).toEqual(['done', 'cannot', 'refused', 'done'])
	expect(outcomes.get(2)).toEqual({ state: 'cannot', why: '须由其他岗位办理' })
	expect(told.slice(0, 6)).toEqual([[1, 'waiting'], [2, 'waiting'], [3, 'waiting'], [4, 'waiting'], [1, 'doing'], [1, 'done']])
})

test('columns: known ones in the kept order, the title always, the first ones when nothing is kept', () => {
	expect(knownColumns(['due', 'secret', 'due', 'title'])).toEqual(['due', 'title'])
	expect(knownColumns(['unit'])).toEqual(['unit', 'title'])
	expect(knownColumns(undefined)).toEqual(FIRST_COLUMNS)
	let kept: string | null = null
	storeColumns(['title', 'lamp'], { setItem: (_, text) => void (kept = text) })
	expect(storedColumns({ getItem: () => kept })).toEqual(['title', 'lamp'])
})

test('files: what a browser shows by itself, and versions of one name', () => {
	expect([mediaOf('现场.JPG'), mediaOf('a.pdf'), mediaOf('a.svg'), mediaOf('a.html'), mediaOf('pdf')]).toEqual(['image/jpeg', 'application/pdf', undefined, undefined, undefined])
	expect(versionsOf([{ name: 'a', event: 3 }, { name: 'b', event: 4 }, { name: 'a', event: 9 }])).toEqual([1, undefined, 2])
})

test('a drawing tells its size and where the present state stands; zooming ends at both ends', () => {
	const svg = '<svg xmlns="x" class="procedure-drawing" width="516" height="830" viewBox="0 0 516 830"><text class="badge-text" x="60" y="418" text-anchor="middle">当前</text></svg>'
	expect(readDrawing(svg)).toEqual({ width: 516, height: 830, present: { x: 60, y: 418 } })
	expect(readDrawing('<svg width="5" height="6">')).toMatchObject({ present: null })
	expect([zoomBy(1, 1), zoomBy(0.62, -1), zoomBy(0.5, -1), zoomBy(2, 1)]).toEqual([1.5, 0.5, 0.5, 2])
})
