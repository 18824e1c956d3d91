import { expect, test } from 'vitest'
import { bodyOf, chosenOf, columnsRead, faultsByCell, faultsOfRow, isReady, isToChoose, kindOf, maySay, nameOf, procedureOf, saying, toRecord, type Column, type Fault, type Head, type Kind, type Preview } from '../src/lib/import'

const column = (header: string, name: string, basis: Column['basis']): Column => ({ at: 'A', header, column: name, basis })
const fault = (line: number, cell: number, text: string): Fault => ({ place: `${line}:${cell}`, line, cell, column: '', text, text_zh: '' })
const preview = (over: Partial<Preview>): Preview => ({ sheets: [], sheet: '', targets: [], columns: [], rows: 2, opens: 0, changes: 0, sets: 0, nothing: 0, wrong: 0, errors: [], more_errors: 0, notes: [], shown: [], digest: '', ...over })

test('a kind from an address, and whose matters it is', () => {
	expect([kindOf('tasks'), kindOf('calendar'), kindOf('peeple'), kindOf(undefined)]).toEqual(['tasks', 'calendar', undefined, undefined])
	const procedures: Head[] = [
		{ name: 'lead', title: '' },
		{ name: 'errand', title: '', counts_as: 'task' },
		{ name: 'lecture', title: '', study: 'session' },
		{ name: 'reading', title: '', study: 'session' },
		{ name: 'plan', title: '', study: 'plan' },
	]
	const of = (kind: Kind, chosen?: string) => procedureOf(kind, chosen, procedures)
	expect([of('tasks', 'lead'), of('matters', 'lead'), of('matters'), of('units', 'lead'), of('findings')]).toEqual(['errand', 'lead', undefined, undefined, undefined])
	expect([of('attendance'), of('attendance', 'reading'), of('attendance', 'plan')]).toEqual([undefined, 'reading', undefined])
	expect((['matters', 'tasks', 'attendance', 'findings', 'units'] as const).map((kind) => isToChoose(kind, procedures))).toEqual([true, false, true, false, false])
})

test('a procedure is said of matters only, and nothing that wasn’t said', () => {
	const asked = { procedure: 'lead', said: [], forget: false }
	expect(JSON.stringify(bodyOf({ ...asked, kind: 'matters' }))).toBe('{"kind":"matters","procedure":"lead"}')
	// Lines are chosen of a form for an appointment, and of nothing else.
	expect(JSON.stringify(bodyOf({ ...asked, kind: 'lrmx', lines: [2] }))).toBe('{"kind":"lrmx","lines":[2]}')
	expect(JSON.stringify(bodyOf({ ...asked, kind: 'tenures', lines: [2] }))).toBe('{"kind":"tenures"}')
	expect(JSON.stringify(bodyOf({ ...asked, kind: 'units', sheet: 'Sheet2', forget: true, said: [{ header: 'x', column: '-' }] }))).toBe('{"kind":"units","sheet":"Sheet2","columns":[{"header":"x","column":"-"}],"forget":true}')
})

test('what is said of a header takes the place of what was said before', () => {
	const once = saying([{ header: 'b', column: 'due' }], 'a', 'title')
	expect(saying(once, 'a', '-')).toEqual([{ header: 'b', column: 'due' }, { header: 'a', column: '-' }])
	expect(saying(once, 'a', undefined)).toEqual([{ header: 'b', column: 'due' }])
	expect([maySay(column('', '', 'unknown')), maySay(column('字'.repeat(86), '', 'unknown')), maySay(column('字'.repeat(85), '', 'unknown'))]).toEqual([false, false, true])
})

const columns = [column('a', 'title', 'named'), column('weather', 'weather', 'unknown'), column('b', '', 'said'), column('c', 'due', 'usual')]

test('columns that are read keep their place in the table', () => {
	expect(columns.map(chosenOf)).toEqual(['title', undefined, '-', 'due'])
	expect(columnsRead(columns)).toEqual([{ name: 'title', header: 'a', cell: 1 }, { name: 'due', header: 'c', cell: 4 }])
})

test('each fault stands at its cell, or else with its row', () => {
	const at = faultsByCell([fault(3, 4, 'no such day'), fault(3, 4, 'too early'), fault(3, 0, 'not yours'), fault(3, 3, 'unread'), fault(4, 1, 'empty')])
	expect(at(3, 4).map(({ text }) => text)).toEqual(['no such day', 'too early'])
	expect([at(4, 4), at(4, 1).length]).toEqual([[], 1])
	expect(faultsOfRow(at, 3, columnsRead(columns), columns.length).map(({ text }) => text)).toEqual(['not yours', 'unread'])
})

test('nothing is recorded while anything is wrong, or when nothing changes', () => {
	expect([toRecord(preview({ opens: 1, changes: 2, sets: 3, nothing: 4 })), isReady(preview({ opens: 1 }))]).toEqual([6, true])
	expect([isReady(preview({ nothing: 2 })), isReady(preview({ opens: 1, wrong: 1 })), isReady(preview({ opens: 1, errors: [fault(1, 2, 'unknown column')] }))]).toEqual([false, false, false])
})

test('a row is called by its title, its number, or the matter’s', () => {
	expect([nameOf({ line: 2, does: 'nothing', matter: 7, cells: { title: '清淤', number_ref: 'T1' } }), nameOf({ line: 2, does: 'nothing', matter: 7, cells: { number_ref: 'T1' } }), nameOf({ line: 2, does: 'nothing', matter: 7, cells: {} })]).toEqual(['清淤', 'T1', '7'])
})
