// What changes the institution itself: units, posts, people, who holds what, who acts for whom, which unit has a function. Forms and
// sending; who may, and what contradicts what, the server says.
import { post, type Schema } from '../api/client'
import type { Translate } from '../i18n'
import type { ActForm, Field, Receipt } from './act'
import type { Values } from './values'

export const DEEDS = ['unit', 'post', 'person', 'move', 'delegation', 'function', 'unitEnd', 'postEnd'] as const
export type Deed = (typeof DEEDS)[number]

/** What a form begins with; of a row that is changed also its code, which stays. */
export interface Begin {
	code?: string
	name?: string
	values?: Values
}

/** Through which function each is done; a delegation of one's own powers by anybody. */
export const CARRIER: Record<Deed, string> = { unit: 'establishment_office', post: 'establishment_office', function: 'establishment_office', unitEnd: 'establishment_office', postEnd: 'establishment_office', person: 'organisation_office', move: 'organisation_office', delegation: 'organisation_office' }

export const mayEstablish = (deed: Deed, functions: readonly string[] | undefined) => functions?.includes(CARRIER[deed]) ?? false

const POST_KINDS = ['head', 'deputy', 'liaison', 'member'] as const
const WAYS = ['holder', 'acting', 'ends'] as const

const line = (name: string, label: string, required = false, hint?: string): Field => ({ name, label, type: 'text', required, isLine: true, hint })

/** A change keeps what isn't filled in; a new row needs its name. */
function rowFields(deed: 'unit' | 'post' | 'person', isNew: boolean, keeps: string | undefined, t: Translate): Field[] {
	switch (deed) {
		case 'unit':
			return [
				line('name', t('establish.unit.name'), isNew, keeps),
				line('name_en', t('establish.name_en')),
				...(isNew ? [] : [{ name: 'since', label: t('establish.unit.since'), type: 'date', required: false, hint: t('establish.unit.since.hint') } as Field]),
				line('kind', t('institution.kind')),
				{ name: 'parent', label: t('establish.unit.parent'), type: 'unit', required: false },
				{ name: 'leader', label: t('establish.unit.leader'), type: 'post', required: false },
			]
		case 'post':
			return [
				{ name: 'unit', label: t('establish.post.unit'), type: 'unit', required: isNew },
				line('title', t('establish.post.title'), isNew, keeps),
				line('title_en', t('establish.name_en')),
				{ name: 'kind', label: t('establish.post.kind'), type: 'choice', required: isNew, choices: POST_KINDS.map((kind) => ({ name: kind, label: t(`post.${kind}`) })) },
				line('rank', t('institution.rank')),
			]
		case 'person':
			return [
				line('name', t('establish.person.name'), isNew, keeps),
				{ name: 'gender', label: t('establish.person.gender'), type: 'choice', required: false, choices: [{ name: 'm', label: t('establish.person.m') }, { name: 'f', label: t('establish.person.f') }] },
				{ name: 'born', label: t('establish.person.born'), type: 'date', required: false },
			]
	}
}

function rowForm(deed: 'unit' | 'post' | 'person', { code, name, values = {} }: Begin, t: Translate): ActForm {
	const isNew = code === undefined
	const first = isNew ? [line('code', t(`establish.${deed}.code`), true, t('establish.code.hint'))] : []
	const keeps = name === undefined ? undefined : t('establish.keeps', { name })
	return { title: t(isNew ? `establish.${deed}` : `establish.${deed}.change`), about: isNew ? undefined : `${name} (${code})`, fields: [...first, ...rowFields(deed, isNew, keeps, t)], evidence: 'none', values }
}

function moveForm({ values = {} }: Begin, t: Translate): ActForm {
	const ends = values.way === 'ends'
	const fields: Field[] = [
		{ name: 'way', label: t('establish.move.way'), type: 'choice', required: true, choices: WAYS.map((way) => ({ name: way, label: t(`establish.move.${way}`) })) },
		{ name: 'person', label: t('institution.person'), type: 'person', required: true },
		{ name: 'post', label: t('institution.post'), type: 'post', required: true },
		{ name: 'from', label: t(ends ? 'establish.move.endsOn' : 'establish.move.from'), type: 'date', required: false, hint: t('establish.today') },
		{ name: 'leave', label: t('establish.move.leave'), type: 'post', required: false, hint: t('establish.move.leave.hint') },
		line('how', t('establish.move.how'), false, t('establish.move.how.hint')),
	]
	return { title: t('establish.move'), about: t('establish.move.why'), fields: ends ? fields.filter(({ name }) => name !== 'leave') : fields, evidence: 'none', values }
}

/** `forOthers`: whose powers are passed on is chosen as well. */
function delegationForm({ values = {} }: Begin, forOthers: boolean, t: Translate): ActForm {
	const from: Field[] = forOthers ? [{ name: 'from', label: t('establish.delegation.from'), type: 'person', required: false, hint: t('establish.delegation.from.hint') }] : []
	return {
		title: t('establish.delegation'),
		about: t('establish.delegation.why'),
		fields: [
			...from,
			{ name: 'to', label: t('establish.delegation.to'), type: 'person', required: true },
			{ name: 'since', label: t('institution.from'), type: 'date', required: false, hint: t('establish.today') },
			{ name: 'until', label: t('institution.until'), type: 'date', required: true },
		],
		evidence: 'none',
		values,
	}
}

function functionForm({ code, name, values = {} }: Begin, t: Translate): ActForm {
	const first: Field[] = code === undefined ? [line('name', t('establish.function.name'), true, t('establish.function.name.hint'))] : []
	return {
		title: t(code === undefined ? 'establish.function' : 'establish.function.change'),
		about: code === undefined ? undefined : `${name} (${code})`,
		fields: [...first, { name: 'unit', label: t('institution.unit'), type: 'unit', required: false, hint: t('establish.function.either') }, { name: 'post', label: t('institution.post'), type: 'post', required: false }],
		evidence: 'none',
		values,
	}
}

function endForm(deed: 'unitEnd' | 'postEnd', { code, name }: Begin, t: Translate): ActForm {
	return {
		title: t(`establish.${deed}`),
		about: `${name} (${code})`,
		fields: [{ name: 'from', label: t('establish.end.from'), type: 'date', required: false, hint: t(`establish.${deed}.hint`) }],
		evidence: 'none',
		values: {},
	}
}

export function establishForm(deed: Deed, begin: Begin, forOthers: boolean, t: Translate): ActForm {
	if (deed === 'move') return moveForm(begin, t)
	if (deed === 'delegation') return delegationForm(begin, forOthers, t)
	if (deed === 'unitEnd' || deed === 'postEnd') return endForm(deed, begin, t)
	return deed === 'function' ? functionForm(begin, t) : rowForm(deed, begin, t)
}

/** What is sent, of an end with the code that its address needs. "" takes away what a row had and the form has no more. */
export function establishBody(deed: Deed, { code, values = {} }: Begin, filled: Values): Values {
	if (deed === 'move') {
		const { way, ...rest } = filled
		return way === 'ends' ? { ...rest, ends: true } : { ...rest, kind: way }
	}
	const gone = Object.fromEntries(['parent', 'leader', 'rank', 'unit', 'post'].filter((name) => values[name] && filled[name] === undefined && !(deed === 'post' && name === 'unit')).map((name) => [name, '']))
	if (deed === 'function') return { ...gone, ...filled, name: code ?? filled.name }
	return deed === 'delegation' ? filled : { ...gone, ...filled, code: code ?? filled.code }
}

export function sendDeed(deed: Deed, body: Values, key: string): Promise<Receipt> {
	const send = { key, body: body as never }
	const { code, ...rest } = body
	const ended = { key, body: rest as never }
	switch (deed) {
		case 'unit':
			return post('/api/v1/units', send)
		case 'post':
			return post('/api/v1/posts', send)
		case 'person':
			return post('/api/v1/people', send)
		case 'move':
			return post('/api/v1/tenures', send)
		case 'delegation':
			return post('/api/v1/delegations', send)
		case 'function':
			return post('/api/v1/functions', send)
		case 'unitEnd':
			return post('/api/v1/units/{unit}/end', { ...ended, path: { unit: String(code) } })
		case 'postEnd':
			return post('/api/v1/posts/{post}/end', { ...ended, path: { post: String(code) } })
	}
}

/** A row as the form to change it begins. */
export const beginOf = {
	unit: ({ code, name, kind, parent, leader }: Schema['unit']): Begin => ({ code, name, values: { kind, parent, leader } }),
	post: ({ code, name, unit, kind, rank }: Schema['post']): Begin => ({ code, name, values: { unit, kind, rank } }),
	end: ({ code, name, until }: { code: string; name: string; until?: string }): Begin | undefined => (until === undefined ? { code, name } : undefined),
	person: ({ code, name }: Schema['person']): Begin => ({ code, name }),
	function: ({ name, label, unit, post: of }: Schema['function']): Begin => ({ code: name, name: label, values: { unit, post: of } }),
}
