// The right control for each type of field. What a value may be, the server judges; here only what can't be typed is kept out.
import { Checkbox, Input, InputNumber, Radio, Select } from 'antd'
import { useContext, type ReactElement } from 'react'
import type { Field } from '../../lib/act'
import { useWords } from '../../i18n'
import type { Row } from '../../lib/rowsInput'
import { OrgSelect } from '../OrgSelect'
import { DayInput } from './DayInput'
import { choicesOf, Files } from './files'
import { MatterSelect } from './MatterSelect'
import { RelationSelect } from './RelationSelect'
import { RowsInput } from './RowsInput'

const FEW = 4

interface Props {
	field: Field
	/** The present value in words, where it has one; of rows, cell by cell. */
	known?: string
	knownRows?: readonly (readonly string[])[]
	'aria-label'?: string
	today?: string
	/** Given by the form around it. */
	id?: string
	value?: unknown
	onChange?: (value: unknown) => void
}

/** One of the files that the act shows, or that the matter showed before. */
function FileChoice({ value, onChange, ...rest }: Props) {
	const t = useWords()
	const files = useContext(Files)
	return <Select id={rest.id} aria-label={rest['aria-label']} allowClear showSearch={{ optionFilterProp: 'label' }} style={{ minWidth: 140 }} placeholder={t('form.file.of')} options={choicesOf(files)} value={value as string | undefined} onChange={(next) => onChange?.(next)} />
}

function Choice({ field, value, onChange, ...rest }: Props) {
	const choices = (field.choices ?? []).map(({ name, label }) => ({ value: name, label }))
	if (choices.length <= FEW && field.required) return <Radio.Group {...rest} options={choices} value={value} onChange={(event) => onChange?.(event.target.value)} />
	return <Select {...rest} allowClear options={choices} value={value as string} onChange={(next) => onChange?.(next)} showSearch={{ optionFilterProp: 'label' }} />
}

function YesNo({ value, onChange, ...rest }: Omit<Props, 'field'>) {
	const t = useWords()
	return <Radio.Group {...rest} value={value} onChange={(event) => onChange?.(event.target.value)} options={[{ value: true, label: t('form.yes') }, { value: false, label: t('form.no') }]} />
}

/** Exact decimals: the digits that were typed are what is sent. */
function Decimal({ field, value, onChange, ...rest }: Props) {
	return <InputNumber<string> {...rest} stringMode value={value as string} onChange={(next) => onChange?.(next ?? undefined)} suffix={field.unit} style={{ width: '100%', maxWidth: 240 }} inputMode="decimal" />
}

function Whole({ field, value, onChange, ...rest }: Props) {
	const isPercent = field.type === 'percent'
	return <InputNumber<number> {...rest} value={value as number} onChange={(next) => onChange?.(next ?? undefined)} min={0} max={isPercent ? 100 : undefined} precision={0} suffix={isPercent ? '%' : field.unit} style={{ width: '100%', maxWidth: 240 }} inputMode="numeric" />
}

function Text({ field, value, onChange, ...rest }: Props) {
	const isLine = field.isLine || field.type !== 'text' || field.name === 'title'
	if (isLine) return <Input {...rest} value={value as string} onChange={(event) => onChange?.(event.target.value)} maxLength={1000} />
	return <Input.TextArea {...rest} value={value as string} onChange={(event) => onChange?.(event.target.value)} rows={field.lines ?? 2} className="grows" maxLength={field.longest ?? 8000} />
}

/** Texts in their order, one a line. */
function Lines({ value, onChange, ...rest }: Omit<Props, 'field'>) {
	const lines = (value ?? []) as string[]
	return <Input.TextArea {...rest} value={lines.join('\n')} onChange={(event) => onChange?.(event.target.value === '' ? undefined : event.target.value.split('\n'))} rows={3} className="grows" maxLength={8000} />
}

export function Control(props: Props): ReactElement {
	const { field, known, knownRows, today, ...given } = props
	const org = given as { id?: string; value?: string; onChange?: (value: string | undefined) => void }
	switch (field.type) {
		case 'number':
		case 'money':
			return <Decimal field={field} {...given} />
		case 'percent':
		case 'hours':
			return <Whole field={field} {...given} />
		case 'date':
			return <DayInput {...org} today={today} />
		case 'choice':
			return <Choice field={field} {...given} />
		case 'choices':
			// A group of boxes can't be said to be required: its label says it.
			return <Checkbox.Group {...given} aria-required={undefined} value={(given.value ?? []) as string[]} options={(field.choices ?? []).map(({ name, label }) => ({ value: name, label }))} />
		case 'unit':
		case 'post':
		case 'person':
			return <OrgSelect<string> {...org} kind={field.type} known={known} />
		case 'units':
		case 'persons':
			return <OrgSelect<string[]> {...(given as { id?: string; value?: string[]; onChange?: (value: string[] | undefined) => void })} kind={field.type === 'units' ? 'unit' : 'person'} multiple known={known} />
		case 'lines':
			return <Lines {...given} />
		case 'relation':
			return <RelationSelect {...org} />
		case 'matter':
			return <MatterSelect {...(given as { id?: string; value?: number; onChange?: (value: number | undefined) => void })} known={known} />
		case 'bool':
			return <YesNo {...given} />
		case 'file':
			return <FileChoice field={field} {...given} />
		case 'rows':
			return <RowsInput {...(given as { id?: string; value?: Row[]; onChange?: (value: unknown) => void })} field={field} known={knownRows} today={today} />
		default:
			return <Text field={field} {...given} />
	}
}
