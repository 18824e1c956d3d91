// Opening a matter, also as a part of another.
import { post, type Schema } from '../api/client'
import type { Translate } from '../i18n'
import type { ActForm, Field, Matter, Receipt } from './act'
import type { Values } from './values'

type Procedure = Schema['procedure']

const INHERITED: readonly string[] = ['unit', 'units', 'post', 'person', 'persons', 'date']

/** What a part begins with: who and until when, as its whole has it in fields of the same name and type. */
export function inherited(fields: readonly Field[], parent: Matter | undefined): Values {
	if (!parent) return {}
	const same = fields.filter(({ name, type }) => INHERITED.includes(type) && parent.shown.some((shown) => shown.name === name && shown.type === type))
	return Object.fromEntries(same.map(({ name }) => [name, parent.fields[name]]))
}

export const SOURCE = 'opening.text'
export const WEIGHT = 'opening.weight'

/** The fields of the definition, where it comes from, and among parts that count its weight. */
export function openingForm(procedure: Procedure, parent: Matter | undefined, isWeighted: boolean, t: Translate): ActForm {
	const weight: Field[] = parent && isWeighted ? [{ name: WEIGHT, label: t('open.weight'), type: 'hours', required: false }] : []
	return {
		title: t('open.submit'),
		fields: [...procedure.fields, ...weight, { name: SOURCE, label: t('open.source'), type: 'text', required: false }],
		evidence: 'optional',
		values: inherited(procedure.fields, parent),
	}
}

export interface Opening {
	procedure: string
	parent?: number
	filled: Values
	evidence: string[]
}

export function sendOpening({ procedure, parent, filled, evidence }: Opening, key: string): Promise<Receipt> {
	const { [SOURCE]: text, [WEIGHT]: weight, on_behalf, ...fields } = filled
	const body = {
		fields,
		text: text as string | undefined,
		weight: weight as number | undefined,
		on_behalf: on_behalf as string | undefined,
		evidence: evidence.length ? evidence : undefined,
	}
	return parent === undefined ? post('/api/v1/matters', { key, body: { ...body, procedure } }) : post('/api/v1/matters/{matter}/children', { key, path: { matter: parent }, body })
}
