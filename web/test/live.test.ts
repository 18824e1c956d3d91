import { expect, test } from 'vitest'
import { concerns, countUnseen, EVERYTHING, Heard, newestOf, readTold, waitBefore } from '../src/lib/live'

test('messages of the stream: nonsense is no message', () => {
	expect(readTold('{"index":7,"time":"2019-03-05T09:00:00+08:00","kind":"matter.open","object":"m12"}')).toEqual({ index: 7, object: 'm12' })
	expect(readTold('{"index":7}')).toEqual({ index: 7, object: '' })
	expect(readTold('half a mess')).toBeNull()
	expect(readTold('{"object":"m1"}')).toBeNull()
})

test('what happened in one matter leaves others as they are, and lists are read again', () => {
	const heard = new Heard()
	heard.add('m12')
	const objects = heard.take()
	expect(concerns(objects, ['matter', 12, 'zh'])).toBe(true)
	expect(concerns(objects, ['matter', 13, 'zh'])).toBe(false)
	expect(concerns(objects, ['history', 12, 4, 'zh'])).toBe(true)
	expect(concerns(objects, ['matters', {}, 'zh'])).toBe(true)
	expect(concerns(objects, ['inbox', 'zh'])).toBe(true)
	for (const name of ['me', 'audit', 'verify', 'procedures', 'coverage']) expect(concerns(objects, [name]), name).toBe(false)
	expect(heard.take().size).toBe(0)
	expect(concerns(heard.take(), ['matters'])).toBe(false)
})

test('a flood becomes one word', () => {
	const heard = new Heard()
	for (let n = 0; n < 500; n++) heard.add(`m${n}`)
	const objects = heard.take()
	expect(objects.has(EVERYTHING)).toBe(true)
	expect(objects.size).toBeLessThanOrEqual(51)
	expect(concerns(objects, ['matter', 9_999])).toBe(true)
})

test('tries come further and further apart, and never stop', () => {
	const waits = [0, 1, 2, 3, 9, 99].map(waitBefore)
	expect([...waits].sort((a, b) => a - b)).toEqual(waits)
	expect(waits[0]).toBeLessThan(waits[2]!)
	expect(waitBefore(1e6)).toBe(60_000)
})

test('notices are unseen when their event is newer', () => {
	const notices = [{ event: 9 }, { event: 7 }, { event: 3 }]
	expect([countUnseen(notices, 3), countUnseen(notices, -1), countUnseen([], 3)]).toEqual([2, 3, 0])
	expect([newestOf(notices), newestOf([])]).toEqual([9, -1])
})
