// What changes the register of rules: forms, and what is sent. Who may, and what a rule must be, the server says.
import { post, type Schema } from '../api/client'
import type { Translate } from '../i18n'
import type { ActForm, Field, Receipt } from './act'
import { AREAS, STAGES } from './rules'
import type { Values } from './values'

export const DEEDS = ['issue', 'amend', 'repeal'] as const
export type Deed = (typeof DEEDS)[number]
type Rule = Schema['rule']

/** Through which function rules are put into the register. */
export const mayRule = (functions: readonly string[] | undefined) => functions?.includes('rules_office') ?? false

export interface Choice {
	name: string
	label: string
}
/** What a form offers that the institution has: its procedures in force, and its other rules by code. */
export interface Offered {
	procedures: readonly Choice[]
	rules: readonly Choice[]
}

const TEXT_MAX = 262144

const line = (name: string, label: string, required = false, hint?: string): Field => ({ name, label, type: 'text', required, isLine: true, hint })
const choice = (name: string, label: string, choices: readonly Choice[], required = false, hint?: string): Field => ({ name, label, type: 'choice', required, choices: [...choices], hint })

const areas = (t: Translate) => AREAS.map((area) => ({ name: area, label: t(`rules.area.${area}`) }))
const stages = (t: Translate) => STAGES.map((stage) => ({ name: stage, label: t(`rules.stage.${stage}`) }))

/** What is said of a version, new or amended. */
function facts(isNew: boolean, { procedures }: Offered, t: Translate): Field[] {
	return [
		line('title', t('rules.do.title'), isNew, isNew ? undefined : t('rules.do.keeps')),
		line('title_en', t('rules.do.titleEn')),
		choice('area', t('rules.area'), areas(t), true),
		{ name: 'stages', label: t('rules.stage'), type: 'choices', required: true, choices: stages(t) },
		{ name: 'unit', label: t('rules.unit'), type: 'unit', required: true },
		{ name: 'text', label: t('rules.text'), type: 'text', required: true, longest: TEXT_MAX, lines: 14, hint: t('rules.do.text.hint') },
		{ name: 'from', label: t('rules.do.from'), type: 'date', required: false, hint: t('rules.do.from.hint') },
		{ name: 'review_on', label: t('rules.do.reviewOn'), type: 'date', required: false, hint: t('rules.do.reviewOn.hint') },
		choice('review', t('rules.do.review'), procedures, false, t('rules.do.review.hint')),
		{ name: 'finding', label: t('rules.do.finding'), type: 'matter', required: false },
		{ name: 'matter', label: t('rules.matter'), type: 'matter', required: false, hint: t('rules.do.matter.hint') },
		{ name: 'procedures', label: t('rules.procedures'), type: 'choices', required: false, choices: [...procedures] },
		{ name: 'note', label: t('rules.note'), type: 'text', required: false },
	]
}

const repealFields = ({ rules }: Offered, t: Translate): Field[] => [
	{ name: 'until', label: t('rules.do.until'), type: 'date', required: true, hint: t('rules.do.until.hint') },
	{ name: 'reason', label: t('rules.do.reason'), type: 'text', required: true },
	choice('by_rule', t('rules.do.byRule'), rules),
	{ name: 'matter', label: t('rules.repeal.matter'), type: 'matter', required: false },
]

/** `rule` and the text to begin with: what is amended or repealed. */
export function ruleForm(deed: Deed, rule: Rule | undefined, text: string, offered: Offered, t: Translate): ActForm {
	const title = t(`rules.do.${deed}`)
	const about = rule && t('rules.do.about', { title: rule.title, n: rule.versions })
	if (deed === 'repeal') return { title, about, fields: repealFields(offered, t), evidence: 'none', values: {} }
	const fields = facts(deed === 'issue', offered, t)
	if (deed === 'issue') return { title, fields: [line('code', t('rules.code'), true, t('rules.do.code.hint')), ...fields], evidence: 'none', values: {} }
	return { title, about, fields, evidence: 'none', values: { area: rule?.area, stages: rule?.stages, unit: rule?.unit, procedures: rule?.procedures.map(({ name }) => name), text } }
}

/** Days of a version that an action of its matter may ask for: said once, they hold for both. */
const SAID = ['in_force', 'review_on', 'due']

/** What may be done in the matter by the same act: theirs to do now, about the days of the rule, and asking for nothing else. */
export const stepsOf = (possible: readonly Schema['possible'][]): Choice[] =>
	possible.flatMap(({ action, label, may, evidence, fields = [] }) => (action && may && evidence !== 'required' && fields.some(({ name }) => SAID.includes(name)) && fields.every(({ name, required }) => !required || SAID.includes(name)) ? [{ name: action, label }] : []))

/** A text ends with the end of its last line. */
export const textOf = (filled: Values) => `${String(filled.text ?? '')}\n`

export function ruleBody(deed: Deed, rule: Rule | undefined, filled: Values): Values {
	if (deed === 'repeal') return filled
	const body = { ...filled, text: textOf(filled) }
	return deed === 'issue' ? body : { ...body, procedures: filled.procedures ?? [], version: (rule?.versions ?? 0) + 1 }
}

export function sendRule(deed: Deed, rule: Rule | undefined, body: Values, key: string): Promise<Receipt> {
	const send = { key, body: body as never }
	if (deed === 'issue' || !rule) return post('/api/v1/rules', send)
	const path = { rule: rule.rule }
	return deed === 'amend' ? post('/api/v1/rules/{rule}/versions', { ...send, path }) : post('/api/v1/rules/{rule}/repeal', { ...send, path })
}

/** The newest version whose first day has come by then; the first where none has. */
export function versionOn(history: readonly Schema['rule_version'][], day: string): number {
	const come = history.filter(({ from }) => from <= day)
	return Math.max(1, ...come.map(({ version }) => version))
}
