// Rows of a list: a table where there is room for one, and on a phone one block a row. What there is more of is fetched by a button.
import { Button, Empty, Grid } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../i18n'

export interface Column<T> {
	key: string
	title: string
	render: (row: T) => ReactNode
	/** It stands on the right and doesn't break. */
	isShort?: boolean
}

/** So many columns may be wider than the screen, and the keyboard must come to what moves sideways. */
const MANY = 7

interface Props<T> {
	rows: readonly T[]
	columns: readonly Column<T>[]
	keyOf: (row: T) => string | number
	empty: string
	more?: { has: boolean; busy: boolean; fetch: () => unknown }
	label: string
}

function Blocks<T>({ rows, columns, keyOf, label }: Omit<Props<T>, 'empty' | 'more'>) {
	return (
		<ul className="rows" aria-label={label}>
			{rows.map((row) => (
				<li key={keyOf(row)}>
					{columns.map(({ key, title, render }, place) => {
						const shown = render(row)
						if (shown === undefined || shown === null || shown === '' || shown === false) return null
						return place === 0 ? (
							<div key={key}>{shown}</div>
						) : (
							<div key={key} className="block-line">
								<span className="muted">{title}</span> <span>{shown}</span>
							</div>
						)
					})}
				</li>
			))}
		</ul>
	)
}

function Lines<T>({ rows, columns, keyOf, label }: Omit<Props<T>, 'empty' | 'more'>) {
	return (
		<div className="sideways" {...(columns.length > MANY && { role: 'region', 'aria-label': label, tabIndex: 0 })}>
			<table className="figure-table">
				<caption className="unseen">{label}</caption>
				<thead>
					<tr>
						{columns.map(({ key, title }) => (
							<th scope="col" key={key}>
								{title}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map((row) => (
						<tr key={keyOf(row)}>
							{columns.map(({ key, render, isShort }) => (
								<td key={key} className={isShort ? 'nowrap' : undefined}>
									{render(row)}
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	)
}

export function Rows<T>({ empty, more, ...table }: Props<T>) {
	const t = useWords()
	const wide = Grid.useBreakpoint().md ?? true
	if (table.rows.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} />
	return (
		<>
			{wide ? <Lines {...table} /> : <Blocks {...table} />}
			{more?.has && (
				<Button block className="no-print" style={{ marginTop: 12 }} loading={more.busy} onClick={() => void more.fetch()}>
					{t('workbench.more')}
				</Button>
			)}
		</>
	)
}
