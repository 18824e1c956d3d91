// A list with the same columns in every row: attendance, a checklist. Where a row is about a person, those of a unit can be brought in
// at once.
import { Button, Space } from 'antd'
import { useState } from 'react'
import { get } from '../../api/client'
import { useWords } from '../../i18n'
import type { Field } from '../../lib/act'
import { addRow, bringIn, changeRow, type Row } from '../../lib/rowsInput'
import { OrgSelect } from '../OrgSelect'
import { Control } from './Control'

interface Props {
	field: Field
	/** The cells that it begins with, in words. */
	known?: readonly (readonly string[])[]
	today?: string
	id?: string
	value?: Row[]
	onChange?: (value: Row[]) => void
}

function BringIn({ columns, rows, change }: { columns: Field[]; rows: Row[]; change: (rows: Row[]) => void }) {
	const t = useWords()
	const [unit, setUnit] = useState<string>()
	const [isBusy, setBusy] = useState(false)
	const bring = async () => {
		setBusy(true)
		try {
			const { people } = await get('/api/v1/people', { query: { unit, limit: 200 } })
			change(bringIn(columns, rows, people.map(({ code, id }) => ({ code, id }))))
		} finally {
			setBusy(false)
		}
	}
	return (
		<Space wrap>
			<OrgSelect<string> kind="unit" value={unit} onChange={setUnit} placeholder={t('form.rows.unit')} width={220} />
			<Button disabled={!unit} loading={isBusy} onClick={() => void bring()}>
				{t('form.rows.bring')}
			</Button>
		</Space>
	)
}

export function RowsInput({ field, known, today, id, value = [], onChange }: Props) {
	const t = useWords()
	const columns = field.columns ?? []
	// Ids have names only in what was recorded.
	const [names] = useState(() => new Map(value.flatMap((row, i) => columns.map(({ name }, k) => [`${name} ${String(row[name])}`, known?.[i]?.[k]] as const))))
	const change = (rows: Row[]) => onChange?.(rows)
	return (
		<div id={id} role="group" aria-label={field.label} tabIndex={-1}>
			<div className="sideways">
				<table className="figure-table rows-input">
					<thead>
						<tr>
							{columns.map(({ name, label, required }) => (
								<th scope="col" key={name}>
									{label}
									{required && <span aria-hidden="true"> *</span>}
								</th>
							))}
							<td />
						</tr>
					</thead>
					<tbody>
						{value.map((row, i) => (
							// A row is made anew when it is about somebody else, not with each letter that is typed into it.
							<tr key={columns[0]?.type === 'person' ? `${String(row[columns[0].name] ?? '')} ${i}` : i}>
								{columns.map((column) => (
									<td key={column.name}>
										<Control field={{ ...column, required: false }} known={names.get(`${column.name} ${String(row[column.name])}`)} today={today} aria-label={t('form.rows.cell', { n: i + 1, name: column.label })} value={row[column.name]} onChange={(next) => change(changeRow(value, i, column.name, next))} />
									</td>
								))}
								<td>
									<Button type="text" aria-label={t('form.rows.remove', { n: i + 1 })} onClick={() => change(value.filter((_, other) => other !== i))}>
										×
									</Button>
								</td>
							</tr>
						))}
					</tbody>
				</table>
			</div>
			<Space wrap>
				<Button onClick={() => change(addRow(columns, value))}>{t('form.rows.add')}</Button>
				{columns[0]?.type === 'person' && <BringIn columns={columns} rows={value} change={change} />}
				<span className="muted">{t('form.rows.count', { n: value.length })}</span>
			</Space>
		</div>
	)
}
