// Which columns a list shows, by the names that views keep; what isn't known any more is left out.
export const COLUMNS = ['lamp', 'number', 'title', 'procedure', 'grasp', 'state', 'unit', 'commander', 'opened', 'due', 'ended', 'progress'] as const
export type ColumnName = (typeof COLUMNS)[number]
export const FIRST_COLUMNS: readonly ColumnName[] = ['lamp', 'number', 'title', 'procedure', 'state', 'unit', 'due']

/** The sentence that names a column. */
export const columnWord = (name: ColumnName) => (name === 'title' ? 'matters.name' : (`column.${name}` as const))

const STORED = 'bihuan.columns.matters'

/** In the order that was kept; the title is always among them, or a row couldn't be opened. */
export function knownColumns(names: readonly string[] | undefined): ColumnName[] {
	const known = [...new Set(names)].filter((name): name is ColumnName => (COLUMNS as readonly string[]).includes(name))
	if (known.length === 0) return [...FIRST_COLUMNS]
	return known.includes('title') ? known : [...known, 'title']
}

export function storedColumns(store: Pick<Storage, 'getItem'> = localStorage): ColumnName[] {
	return knownColumns(store.getItem(STORED)?.split(','))
}

export const storeColumns = (columns: readonly ColumnName[], store: Pick<Storage, 'setItem'> = localStorage) => store.setItem(STORED, columns.join())
