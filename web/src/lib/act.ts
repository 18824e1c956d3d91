// Everything that can be done in a matter, as one kind of thing: which form it has, and how it is sent. What may be done, and with
// which fields, the server says; only words that are added to a matter (notes, urges …) have a form of the page's own.
import { post, remove, type Schema } from '../api/client'
import type { Translate } from '../i18n'
import type { Values } from './values'

export type Matter = Schema['matter']
/** As the server gives it; a form of the page's own says more of how it looks, and one of them asks how two matters are related. */
export type Field = Omit<Schema['form_field'], 'type'> & {
	type: Schema['form_field']['type'] | 'relation'
	/** A text of one line. */
	isLine?: boolean
	/** Of a long text: how much it may hold, and how many lines are seen at first. */
	longest?: number
	lines?: number
	/** What stands under it. */
	hint?: string
}
export type Receipt = Schema['receipt']

export type Act =
	| { kind: 'action'; name: string }
	| { kind: 'request'; name: string }
	| { kind: 'decide'; request: number; decision: 'grant' | 'refuse' }
	| { kind: 'answer'; duty: number }
	| { kind: Word }

/** What is said in a form, beside the actions of the procedure. */
export const SAYINGS = ['note', 'urge', 'instruct', 'link', 'resume'] as const
export const WORDS = [...SAYINGS, 'follow', 'unfollow'] as const
export type Word = (typeof WORDS)[number]

export interface ActForm {
	title: string
	/** What it is about, above the form. */
	about?: string
	fields: Field[]
	evidence: 'none' | 'optional' | 'required'
	values: Values
	/** The state it leads to. */
	to?: string
}

/** Names an act within its matter, for drafts and addresses. */
export function actName(act: Act): string {
	if (act.kind === 'action' || act.kind === 'request') return `${act.kind}.${act.name}`
	if (act.kind === 'decide') return `decide.${act.request}.${act.decision}`
	return act.kind === 'answer' ? `answer.${act.duty}` : act.kind
}

/** What `actName` gave, from an address; null when it names nothing. */
export function actOf(name: string): Act | null {
	const [kind = '', first = '', second = ''] = name.split('.')
	const n = /^[1-9]\d{0,9}$/.test(first) ? Number(first) : 0
	if ((kind === 'action' || kind === 'request') && first) return { kind, name: first }
	if (kind === 'decide' && n && (second === 'grant' || second === 'refuse')) return { kind, request: n, decision: second }
	if (kind === 'answer' && n) return { kind, duty: n }
	const word = WORDS.find((each) => each === name)
	return word ? { kind: word } : null
}

const text = (label: string, name = 'text'): Field => ({ name, label, type: 'text', required: true })
const plain = (title: string, ...fields: Field[]): ActForm => ({ title, fields, evidence: 'none', values: {} })

function possibleForm(possible: Schema['possible']): ActForm {
	return { title: possible.label, fields: possible.fields ?? [], evidence: possible.evidence ?? 'none', values: possible.values ?? {}, to: possible.to }
}

/** A request waits for a decision of the sender's. */
export const mayDecide = (matter: Matter, request: number) => matter.duties.some((duty) => duty.request === request && duty.may_answer && duty.state === 'open')

function decideForm(matter: Matter, act: Act & { kind: 'decide' }, t: Translate): ActForm | null {
	const request = matter.requests.find(({ id }) => id === act.request)
	if (!request || !mayDecide(matter, act.request)) return null
	const reason = { ...text(t('act.decide.text')), required: act.decision === 'refuse' }
	const asked = request.fields.until
	const until: Field[] = act.decision === 'grant' && typeof asked === 'string' ? [{ name: 'until', label: t('act.decide.until'), type: 'date', required: false }] : []
	const about = [`${request.label} · ${request.asker}`, ...request.shown.map(({ label, text: said }) => t('form.pair', { name: label, value: said }))].join('\n')
	return { title: t(`act.decide.${act.decision}`), about, fields: [...until, reason], evidence: 'none', values: until.length ? { until: asked } : {} }
}

function wordForm(word: Word, t: Translate, roles: readonly Schema['role'][]): ActForm {
	switch (word) {
		case 'instruct':
			return plain(t('act.instruct'), text(t('act.instruct.text')), { name: 'role', label: t('act.instruct.role'), type: 'choice', required: false, choices: roles.map(({ name, label }) => ({ name, label })) })
		case 'link':
			return plain(t('act.link'), { name: 'other', label: t('act.link.other'), type: 'matter', required: true }, { name: 'relation', label: t('act.link.relation'), type: 'relation', required: true })
		case 'note':
		case 'urge':
			return plain(t(`act.${word}`), text(t(`act.${word}.text`)))
		default:
			return plain(t(`act.${word}`))
	}
}

export function mayDo(matter: Matter, word: Word): boolean {
	if (word === 'link') return matter.may?.note ?? false // whoever may add words to it may tie it
	return matter.may?.[word] ?? false
}

/** null: it can't be done now; see `whyNot`. */
export function formOf(act: Act, matter: Matter, t: Translate, roles: readonly Schema['role'][]): ActForm | null {
	if (act.kind === 'action' || act.kind === 'request') {
		const possible = matter.possible.find((each) => each[act.kind] === act.name)
		return possible?.may ? possibleForm(possible) : null
	}
	if (act.kind === 'decide') return decideForm(matter, act, t)
	if (act.kind === 'answer') {
		const duty = matter.duties.find(({ id }) => id === act.duty)
		return duty?.may_answer ? { ...plain(t('act.answer'), text(t('act.answer.text'))), about: duty.name } : null
	}
	return mayDo(matter, act.kind) ? wordForm(act.kind, t, roles) : null
}

/** The server's reason; "" when it gives none. */
export function whyNot(act: Act, matter: Matter): string {
	if (act.kind !== 'action' && act.kind !== 'request') return ''
	return matter.possible.find((each) => each[act.kind] === act.name)?.why ?? ''
}

export interface Content {
	filled: Values
	evidence: string[]
	on_behalf?: string
}
interface Terms {
	/** Of what was read; none: whatever it is now. */
	version?: number
	key: string
}

export function sendAct(act: Act, matter: number, { filled, evidence, on_behalf }: Content, terms: Terms): Promise<Receipt> {
	const path = { matter }
	const said = { text: String(filled.text ?? ''), on_behalf }
	switch (act.kind) {
		case 'action':
			return post('/api/v1/matters/{matter}/actions/{action}', { ...terms, path: { matter, action: act.name }, body: { fields: filled, evidence: evidence.length ? evidence : undefined, on_behalf } })
		case 'request':
			return post('/api/v1/matters/{matter}/requests', { ...terms, path, body: { request: act.name, fields: filled, on_behalf } })
		case 'decide':
			return post('/api/v1/matters/{matter}/requests/{request}/decision', { ...terms, path: { matter, request: act.request }, body: { decision: act.decision, text: said.text || undefined, until: filled.until as string | undefined, on_behalf } })
		case 'answer':
			return post('/api/v1/matters/{matter}/answers', { ...terms, path, body: { duty: act.duty, ...said } })
		case 'note':
			return post('/api/v1/matters/{matter}/notes', { ...terms, path, body: said })
		case 'urge':
			return post('/api/v1/matters/{matter}/urges', { ...terms, path, body: said })
		case 'instruct':
			return post('/api/v1/matters/{matter}/instructions', { ...terms, path, body: { ...said, role: filled.role as string | undefined } })
		case 'link':
			return post('/api/v1/matters/{matter}/links', { ...terms, path, body: { other: Number(filled.other), relation: String(filled.relation), on_behalf } })
		case 'follow':
			return post('/api/v1/matters/{matter}/followers', { ...terms, path })
		case 'unfollow':
			return remove('/api/v1/matters/{matter}/followers/me', { ...terms, path })
		case 'resume':
			return post('/api/v1/matters/{matter}/resumption', { ...terms, path, body: { on_behalf } })
	}
}

/** What whoever reported it without a name reads of this, by their code. */
export function toReporter(act: Act, matter: Matter, t: Translate): string {
	const possible = act.kind === 'action' ? matter.possible.find(({ action }) => action === act.name) : undefined
	const told = (possible?.fields ?? []).filter(({ name }) => possible?.tells_reporter?.includes(name)).map(({ label }) => label)
	return told.length > 0 ? t('matter.anonymous.told', { fields: told.join('、') }) : t('matter.anonymous.untold')
}
