// The fields of a form, each with its label, its mark when it is needed, and what the server found wrong with it.
import { Form } from 'antd'
import type { Field } from '../../lib/act'
import { useWords } from '../../i18n'
import { Control } from './Control'

interface Props {
	fields: readonly Field[]
	/** Present values in words, by field. */
	known?: ReadonlyMap<string, string>
	knownRows?: ReadonlyMap<string, readonly (readonly string[])[]>
	today?: string
	/** A hint under a field. */
	hint?: (field: Field) => React.ReactNode
}

export function Fields({ fields, known, knownRows, today, hint }: Props) {
	const t = useWords()
	return fields.map((field) => (
		<Form.Item key={field.name} name={field.name} label={field.label} extra={hint?.(field) ?? field.hint} rules={[{ required: field.required, ...(field.type === 'text' && { type: 'string' as const, whitespace: true }), message: t('form.required', { name: field.label }) }]}>
			<Control field={field} known={known?.get(field.name)} knownRows={knownRows?.get(field.name)} today={today} />
		</Form.Item>
	))
}
