// Rows of a form: what is added, brought in and changed. A row is an object by column; what its first column holds names it.
import type { Field } from './act'

export type Row = Record<string, unknown>

/** What most rows are stands there to begin with: the first choice of each choice that must be made. */
function blankOf(columns: readonly Field[]): Row {
	return Object.fromEntries(columns.filter(({ type, required }) => type === 'choice' && required).map(({ name, choices }) => [name, choices?.[0]?.name]))
}

export const addRow = (columns: readonly Field[], rows: readonly Row[]): Row[] => [...rows, blankOf(columns)]

/** Whoever isn't there yet, by code or id. */
export function bringIn(columns: readonly Field[], rows: readonly Row[], people: readonly { code: string; id: number }[]): Row[] {
	const name = columns[0]?.name ?? ''
	const there = new Set(rows.map((row) => row[name]))
	return [...rows, ...people.filter(({ code, id }) => !there.has(code) && !there.has(id)).map(({ code }) => ({ ...blankOf(columns), [name]: code }))]
}

export function changeRow(rows: readonly Row[], at: number, name: string, value: unknown): Row[] {
	return rows.map((row, i) => {
		if (i !== at) return row
		const { [name]: _old, ...rest } = row
		return value === undefined || value === null || value === '' ? rest : { ...rest, [name]: value }
	})
}
