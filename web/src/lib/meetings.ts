// Meetings: by month, and what of the minutes is reckoned here.
import type { Schema } from '../api/client'

type Line = Schema['meeting_line']
type Record = Pick<Schema['meeting_record'], 'parts'>
type Part = Schema['meeting_part']
type Person = Schema['meeting_person']

/** In the order in which they came, so the latest month first. */
export function byMonth(lines: readonly Line[]): { month: string; lines: Line[] }[] {
	const months: { month: string; lines: Line[] }[] = []
	for (const line of lines) {
		const month = line.held_on.slice(0, 7)
		const last = months.at(-1)
		if (last?.month === month) last.lines.push(line)
		else months.push({ month, lines: [line] })
	}
	return months
}

/** Kinds to choose among: those of what is shown, and the one that is chosen. */
export function kindsOf(lines: readonly Line[], chosen: string | undefined): { value: string; label: string }[] {
	const kinds = new Map(lines.flatMap(({ kind, kind_label }) => (kind ? [[kind, kind_label ?? kind] as const] : [])))
	if (chosen && !kinds.has(chosen)) kinds.set(chosen, chosen)
	return [...kinds].map(([value, label]) => ({ value, label }))
}

export const partOf = (record: Record, part: Part['part']) => record.parts.find((each) => each.part === part)

/** Who was expected and didn't come. */
export function absent(expected: readonly Person[], present: readonly Person[]): Person[] {
	return expected.filter(({ code }) => !present.some((each) => each.code === code))
}

const VOTES = ['agree', 'against', 'abstain'] as const

/** The votes that are recorded: by name where they are open, and how many; where none of one kind is recorded beside others, none. */
export function votesOf(record: Record): { part: (typeof VOTES)[number]; count: string; people?: Person[] }[] {
	if (!VOTES.some((part) => partOf(record, part))) return []
	return VOTES.map((part) => {
		const found = partOf(record, part)
		return { part, count: found?.people ? String(found.people.length) : (found?.text ?? '0'), people: found?.people }
	})
}
