// A vote as the office writes it down: docs/ballots.md. Points and scores are typed as people read them, and sent in hundredths.
import type { Schema } from '../api/client'
import { hashLeaf, rootOf, toHex } from './merkle'

export type Label = Schema['ballot_label']
type Ballot = Schema['ballot']

/** Whose matters are voted on, and what is done in them by the result. */
export const REPORT = 'duty_report'
const ACTIONS = { pass: 'announce_ballot', talk: 'announce_talk', account: 'announce_accountability' }
/** Fields of those actions that take the number of ballots with such a mark, each with its usual points. */
export const CHOICES = [
	{ name: 'good', points: 100 },
	{ name: 'fair', points: 80 },
	{ name: 'average', points: 60 },
	{ name: 'poor', points: 0 },
] as const
const COUNTED = ['ballot', 'entitled', 'present', 'issued', 'returned', 'blank', 'score']

/** What `bihuan ballot codes` wrote: how many codes each group has. */
export interface Codes {
	text: string
	groups: { name: string; codes: number }[]
}

/** null: it isn't such a list. Slips and codes themselves are never taken. */
export function readCodes(text: string): Codes | null {
	const groups = new Map<string, number>()
	for (const line of linesOf(text)) {
		const name = /^[0-9a-f]{64} (\S{1,40})$/.exec(line)?.[1]
		if (!name) return null
		groups.set(name, (groups.get(name) ?? 0) + 1)
	}
	return groups.size ? { text, groups: [...groups].map(([name, codes]) => ({ name, codes })) } : null
}

const linesOf = (text: string) => text.split(/\r?\n/).filter(Boolean)

/** The root that is printed on the slips. */
export async function rootOfCodes(text: string): Promise<string> {
	const leaves = await Promise.all(linesOf(text).sort().map((line) => hashLeaf(new TextEncoder().encode(line))))
	return toHex(await rootOf(leaves))
}

export interface Written {
	title: Label
	subjects: { matter: number; label: Label }[]
	questions: Label[]
	choices: { label: Label; points: number }[]
	groups: { label: Label; weight: number; issued: number }[]
	entitled: number
	present: number
	least: number
	talk: number
	account: number
	makers: string[]
}

const plain = ({ zh, en }: Label): Label => ({ zh: zh.trim(), ...(en?.trim() && { en: en.trim() }) })
const hundredths = (points: number) => Math.round(points * 100)

export function specOf({ title, subjects, questions, choices, groups, talk, account, ...rest }: Written, codes: Codes) {
	return {
		...rest,
		title: plain(title),
		subjects: subjects.map(({ matter, label }) => ({ matter, label: plain(label) })),
		questions: questions.map((label) => ({ label: plain(label) })),
		choices: CHOICES.map(({ name }, i) => ({ name, label: plain(choices[i]!.label), points: choices[i]!.points })),
		groups: codes.groups.map(({ name }, i) => ({ name, label: plain(groups[i]!.label), weight: groups[i]!.weight, issued: groups[i]!.issued })),
		talk_below: hundredths(talk),
		account_below: hundredths(account),
		actions: ACTIONS,
	}
}

/** What whoever closes the vote adds to what was counted, for the matters of its subjects: each field once. */
export function fieldsToClose(ballot: Ballot, procedure: Schema['procedure'] | undefined): Schema['form_field'][] {
	if (!ballot.subjects.some(({ matter }) => matter)) return []
	const counted = new Set([...COUNTED, ...ballot.choices.map(({ name }) => name)])
	const all = (procedure?.actions ?? []).filter(({ name }) => Object.values(ACTIONS).includes(name)).flatMap(({ fields }) => fields)
	return all.filter(({ name }, i) => !counted.has(name) && all.findIndex((each) => each.name === name) === i)
}

export interface Paper {
	groups: { returned: number; counts: number[][] }[]
}

/** Nothing counted yet: a row for each question of each subject; those without a mark, then each choice. */
export function emptyPaper({ groups, subjects, questions, choices }: Ballot): Paper {
	const rows = () => Array.from({ length: subjects.length * questions.length }, () => Array<number>(choices.length + 1).fill(0))
	return { groups: groups.map(() => ({ returned: 0, counts: rows() })) }
}

/** So few came back, as far as is known, that nothing of it would be shown. */
export const isTooFew = ({ returned, least, paper_agreed }: Ballot) => !paper_agreed && returned < least
