// A table on its way in. What its columns and rows are, the server says; here is only what is asked of it, and which of its words
// stands at which cell.
import type { Schema } from '../api/client'

export type TableFile = Schema['import_file']
export type Preview = Schema['import_preview']
export type Said = Schema['import_said']
export type Fault = Schema['import_error']
export type Row = Schema['import_row']
export type Column = Schema['import_column']

export const KINDS = {
	matters: ['tasks', 'findings', 'attendance', 'checklists', 'matters'],
	institution: ['units', 'posts', 'people', 'tenures', 'lrmx', 'functions', 'delegations', 'kin', 'relations'],
	calendar: ['calendar'],
} as const
export type Group = keyof typeof KINDS
export type Kind = (typeof KINDS)[Group][number]
export const GROUPS = Object.keys(KINDS) as Group[]

/** A kind from an address; undefined when there is none of that name. */
export const kindOf = (name: string | undefined): Kind | undefined => GROUPS.flatMap<Kind>((group) => KINDS[group]).find((each) => each === name)

export type Head = Pick<Schema['procedure_head'], 'name' | 'title' | 'study' | 'counts_as'>

/** Of which procedures a kind speaks, as their definitions say; of the others the rows are no matters. */
const SPEAKS_OF: Partial<Record<Kind, (procedure: Head) => boolean>> = {
	matters: () => true,
	tasks: ({ counts_as }) => counts_as === 'task',
	findings: ({ counts_as }) => counts_as === 'finding',
	attendance: ({ study }) => study === 'session',
	checklists: ({ counts_as }) => counts_as === 'checklist',
}

export const proceduresOf = (kind: Kind | undefined, procedures: readonly Head[]): Head[] => procedures.filter((kind && SPEAKS_OF[kind]) ?? (() => false))

/** Must one of several be chosen beside the kind? */
export const isToChoose = (kind: Kind | undefined, procedures: readonly Head[]) => kind === 'matters' || proceduresOf(kind, procedures).length > 1

/** Whose matters its rows are: the one that was chosen, or the only one. */
export function procedureOf(kind: Kind, chosen: string | undefined, procedures: readonly Head[]): string | undefined {
	const may = proceduresOf(kind, procedures).map(({ name }) => name)
	return may.find((name) => name === chosen) ?? (isToChoose(kind, procedures) ? undefined : may[0])
}

export interface Asked {
	kind: Kind
	procedure?: string
	sheet?: string
	said: readonly Said[]
	forget: boolean
	/** Of a form for an appointment: the lines that are recorded; all when not said. */
	lines?: readonly number[]
}

/** What a preview and a commit are asked alike. */
export const bodyOf = ({ kind, procedure, sheet, said, forget, lines }: Asked) => ({
	kind,
	procedure: SPEAKS_OF[kind] && procedure,
	sheet,
	columns: said.length > 0 ? [...said] : undefined,
	forget: forget || undefined,
	lines: kind === 'lrmx' && lines ? [...lines] : undefined,
})

export const LEFT_OUT = '-'
const HEADER_MAX = 256

/** A header that nothing can be said of has no words, or too many. */
export const maySay = ({ header }: Column) => header.trim() !== '' && new TextEncoder().encode(header).length <= HEADER_MAX

/** With this said of a header in place of what was said before; undefined leaves it to the server again. */
export function saying(said: readonly Said[], header: string, column: string | undefined): Said[] {
	const others = said.filter((each) => each.header !== header)
	return column === undefined ? others : [...others, { header, column }]
}

/** As it stands in the picker; undefined: nobody knows it. */
export const chosenOf = ({ column, basis }: Column): string | undefined => (basis === 'unknown' ? undefined : column || LEFT_OUT)

export interface Read {
	/** By which the cells of a row have it. */
	name: string
	header: string
	/** Its place in the table, from 1, as faults count. */
	cell: number
}

/** The columns that are read, from left to right. */
export const columnsRead = (columns: readonly Column[]): Read[] => columns.flatMap(({ header, column, basis }, i) => (basis === 'unknown' || column === '' ? [] : [{ name: column, header, cell: i + 1 }]))

/** Faults by row and cell; cell 0 has what is said of the whole row. */
export function faultsByCell(faults: readonly Fault[]): (line: number, cell: number) => readonly Fault[] {
	const found = new Map<string, Fault[]>()
	for (const fault of faults) {
		const key = `${fault.line}:${fault.cell}`
		found.set(key, [...(found.get(key) ?? []), fault])
	}
	return (line, cell) => found.get(`${line}:${cell}`) ?? []
}

/** Of a row what isn't said of a cell that is shown. */
export function faultsOfRow(at: ReturnType<typeof faultsByCell>, line: number, read: readonly Read[], count: number): readonly Fault[] {
	const shown = new Set(read.map(({ cell }) => cell))
	return Array.from({ length: count + 1 }, (_, cell) => cell).flatMap((cell) => (shown.has(cell) ? [] : at(line, cell)))
}

/** How many rows a commit would record. */
export const toRecord = ({ opens, changes, sets }: Preview) => opens + changes + sets

/** Nothing is recorded while anything is wrong, or when nothing would change. */
export const isReady = (preview: Preview) => preview.wrong === 0 && preview.errors.length === 0 && toRecord(preview) > 0

/** What a row is called where it leads to its matter. */
export const nameOf = ({ cells, matter }: Row) => String(cells.title || cells.number_ref || matter || '')
