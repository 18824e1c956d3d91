// One thing that is filled in, with what every browser has: a phone knows best how a list is chosen from.
import type { Schema } from '../api/client'
import { useLanguage } from '../i18n'

export type Value = string | boolean | string[] | undefined
export type Values = Record<string, Value>
type FormField = Schema['form_field']
type Unit = Schema['letter_unit']

export const filled = (value: Value) => value !== undefined && value !== false && (Array.isArray(value) ? value.length > 0 : value === true || value.trim() !== '')

interface Props {
	id: string
	field: FormField
	units: Unit[]
	value: Value
	missing: boolean
	change: (value: Value) => void
}

function Choices({ id, field, value, change }: Props) {
	const chosen = Array.isArray(value) ? value : []
	return (
		<div id={id} role="group" aria-label={field.label}>
			{(field.choices ?? []).map(({ name, label }) => (
				<label key={name} className="letter-check">
					<input type="checkbox" checked={chosen.includes(name)} onChange={(event) => change(event.target.checked ? [...chosen, name] : chosen.filter((each) => each !== name))} />
					{label}
				</label>
			))}
		</div>
	)
}

function Choice({ id, field, units, value, missing, change }: Props) {
	const { t } = useLanguage()
	const options = field.type === 'unit' ? units.map(({ code, name }) => ({ name: code, label: name })) : (field.choices ?? [])
	return (
		<select id={id} value={typeof value === 'string' ? value : ''} required={field.required} aria-invalid={missing} aria-describedby={`${id}-wrong`} onChange={(event) => change(event.target.value)}>
			<option value="">{t(field.type === 'unit' ? 'letter.unit.choose' : 'letter.choose')}</option>
			{options.map(({ name, label }) => (
				<option key={name} value={name}>
					{label}
				</option>
			))}
		</select>
	)
}

function Control(props: Props) {
	const { id, field, value, missing, change } = props
	if (field.type === 'choices') return <Choices {...props} />
	if (field.type === 'unit' || field.type === 'choice') return <Choice {...props} />
	if (field.type === 'bool') return <input id={id} type="checkbox" checked={value === true} onChange={(event) => change(event.target.checked)} />
	const text = { id, value: typeof value === 'string' ? value : '', required: field.required, 'aria-invalid': missing, 'aria-describedby': `${id}-wrong` }
	if (field.type === 'date') return <input type="date" {...text} onChange={(event) => change(event.target.value)} />
	return <textarea rows={3} maxLength={4000} spellCheck={false} {...text} onChange={(event) => change(event.target.value)} />
}

export function Field(props: Props) {
	const { t } = useLanguage()
	const { id, field, missing } = props
	return (
		<div className="letter-field">
			<label htmlFor={id}>{field.label}</label>
			<Control {...props} />
			<p id={`${id}-wrong`} className="ballot-wrong" aria-live="polite">
				{missing && t('letter.missing', { label: field.label })}
			</p>
		</div>
	)
}
