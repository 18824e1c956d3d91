import { expect, test } from 'vitest'
import type { Schema } from '../src/api/client'
import { absent, byMonth, kindsOf, partOf, votesOf } from '../src/lib/meetings'

const line = (held_on: string, kind?: string, kind_label?: string) => ({ held_on, kind, kind_label }) as Schema['meeting_line']
const people = (...codes: string[]) => codes.map((code) => ({ code, name: code.toUpperCase() }))

test('what was held stands month by month, in the order in which it came', () => {
	const months = byMonth([line('2019-05-31'), line('2019-05-02'), line('2019-04-26')])
	expect(months.map(({ month, lines }) => [month, lines.map(({ held_on }) => held_on)])).toEqual([['2019-05', ['2019-05-31', '2019-05-02']], ['2019-04', ['2019-04-26']]])
	expect(byMonth([])).toEqual([])
})

test('kinds are those of what is shown, each once, and the one that is chosen', () => {
	expect(kindsOf([line('2019-05-31', 'money', 'Large sum'), line('2019-05-30', 'money', 'Large sum'), line('2019-05-29')], undefined)).toEqual([{ value: 'money', label: 'Large sum' }])
	expect(kindsOf([], 'project')).toEqual([{ value: 'project', label: 'project' }])
})

test('who was expected and did not come is absent', () => {
	expect(absent(people('a', 'b', 'c'), people('c', 'a'))).toEqual(people('b'))
	expect(absent(people('a'), people('a', 'x'))).toEqual([])
})

test('open votes are counted by name, secret ones by their figure; where no vote is recorded there is none', () => {
	expect(votesOf({ parts: [{ part: 'agree', label: '', people: people('a', 'b') }] })).toEqual([
		{ part: 'agree', count: '2', people: people('a', 'b') }, { part: 'against', count: '0', people: undefined }, { part: 'abstain', count: '0', people: undefined },
	])
	expect(votesOf({ parts: [{ part: 'agree', label: '', text: '9' }, { part: 'against', label: '', text: '1' }] }).map(({ count }) => count)).toEqual(['9', '1', '0'])
	expect(votesOf({ parts: [{ part: 'place', label: '', text: 'hall' }] })).toEqual([])
	expect(partOf({ parts: [{ part: 'place', label: '', text: 'hall' }] }, 'chair')).toBeUndefined()
})
