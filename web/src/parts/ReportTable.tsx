// A report as a table. Cells may lead on: a unit to its people, a number to its matter.
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Schema } from '../api/client'
import { useLanguage } from '../i18n'
import { isFigureColumn, isUnbroken } from '../lib/reportTable'

type Report = Schema['report']
export type Row = Readonly<Record<string, string>>

const rowOf = (report: Report, cells: readonly string[]): Row => Object.fromEntries(report.columns.map(({ key }, place) => [key, cells[place] ?? '']))

function Cell({ text, to }: { text: string; to?: string }) {
	return to && text ? <Link href={to}>{text}</Link> : <>{text}</>
}

/** So many columns have room only where their titles break. */
const MANY = 9

interface Props {
	report: Report
	/** Where a cell of a column leads, from the row by key. */
	link?: (key: string, row: Row) => string | undefined
	/** Columns that are only for that. */
	hide?: readonly string[]
	/** So many rows at first; all of them when not given. */
	first?: number
}

export function ReportTable({ report, link, hide, first }: Props) {
	const { t } = useLanguage()
	const [isWhole, setWhole] = useState(false)
	const rows = first && !isWhole ? report.rows.slice(0, first) : report.rows
	const places = report.columns.flatMap(({ key }, place) => (hide?.includes(key) ? [] : [place]))
	const figures = report.columns.map(({ number }, place) => number || isFigureColumn(report.rows.map(({ cells }) => cells[place] ?? '')))
	const classOf = (place: number, text: string) => (figures[place] ? 'is-number' : isUnbroken(text) ? 'nowrap' : undefined)
	if (report.rows.length === 0) return <p className="muted">{t('state.empty')}</p>
	return (
		<>
			<div className="sideways" tabIndex={0} role="group" aria-label={report.title}>
				<table className={places.length > MANY ? 'figure-table is-wide' : 'figure-table'}>
					<caption className="unseen">{report.title}</caption>
					<thead>
						<tr>
							{places.map((place) => (
								<th scope="col" key={place} className={figures[place] ? 'is-number' : undefined}>
									{report.columns[place]?.title}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{rows.map(({ cells }, row) => (
							<tr key={row}>
								{places.map((place) => (
									<td key={place} className={classOf(place, cells[place] ?? '')}>
										<Cell text={cells[place] ?? ''} to={link?.(report.columns[place]?.key ?? '', rowOf(report, cells))} />
									</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</div>
			{rows.length < report.rows.length && (
				<Button block className="no-print" style={{ marginTop: 12 }} onClick={() => setWhole(true)}>
					{t('report.all', { n: report.rows.length })}
				</Button>
			)}
		</>
	)
}
