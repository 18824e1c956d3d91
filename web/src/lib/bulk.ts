// The same act in many matters, one after the other. Each is an act of its own: one that is refused stops none of the others.
import { formOf, mayDo, whyNot, type Act, type Content, type Matter, type Receipt } from './act'
import { actOfPossible } from './acting'
import type { Translate } from '../i18n'

export interface BulkChoice {
	act: Act
	label: string
	/** How many of them take it. */
	count: number
}

const BULK_WORDS = ['urge', 'note', 'follow', 'unfollow'] as const

/** What at least one of them takes: words, and actions of the one procedure that all of them are of. */
export function bulkChoices(matters: readonly Matter[], t: Translate): BulkChoice[] {
	const choices: BulkChoice[] = BULK_WORDS.map((word) => ({ act: { kind: word }, label: t(`act.${word}`), count: matters.filter((matter) => mayDo(matter, word)).length }))
	const isOne = new Set(matters.map(({ definition }) => definition)).size === 1
	for (const possible of isOne ? (matters[0]?.possible ?? []) : []) {
		const act = actOfPossible(possible)
		const count = matters.filter((matter) => matter.possible.some((each) => each.may && each.action === possible.action && each.request === possible.request)).length
		choices.push({ act, label: possible.label, count })
	}
	return choices.filter(({ count }) => count > 0)
}

export type Outcome = { state: 'waiting' | 'doing' } | { state: 'done'; receipt: Receipt } | { state: 'refused'; error: unknown } | { state: 'cannot'; why: string }

export interface BulkRun {
	act: Act
	content: Content
	matters: readonly Matter[]
	send: (act: Act, matter: Matter, content: Content) => Promise<Receipt>
	tell: (matter: number, outcome: Outcome) => void
	t: Translate
}

export async function runBulk({ act, content, matters, send, tell, t }: BulkRun): Promise<void> {
	for (const matter of matters) tell(matter.id, { state: 'waiting' })
	for (const matter of matters) {
		if (!formOf(act, matter, t, [])) {
			tell(matter.id, { state: 'cannot', why: whyNot(act, matter) })
			continue
		}
		tell(matter.id, { state: 'doing' })
		try {
			tell(matter.id, { state: 'done', receipt: await send(act, matter, content) })
		} catch (error) {
			tell(matter.id, { state: 'refused', error })
		}
	}
}
