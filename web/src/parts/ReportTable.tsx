// A report as a table. Cells may lead on: a unit to its people, a number to its matter.
import { Link } from 'wouter'
import type { Schema } from '../api/client'
import { useLanguage } from '../i18n'

type Report = Schema['report']
export type Row = Readonly<Record<string, string>>

const rowOf = (report: Report, cells: readonly string[]): Row => Object.fromEntries(report.columns.map(({ key }, place) => [key, cells[place] ?? '']))

function Cell({ text, to }: { text: string; to?: string }) {
	return to && text ? <Link href={to}>{text}</Link> : <>{text}</>
}

/** `link` says where a cell of a column leads, from the row by key; `hide` names columns that are only for that. */
export function ReportTable({ report, link, hide }: { report: Report; link?: (key: string, row: Row) => string | undefined; hide?: readonly string[] }) {
	const { t } = useLanguage()
	const places = report.columns.flatMap(({ key }, place) => (hide?.includes(key) ? [] : [place]))
	if (report.rows.length === 0) return <p className="muted">{t('state.empty')}</p>
	return (
		<div className="sideways" tabIndex={0} role="group" aria-label={report.title}>
			<table className="figure-table">
				<caption className="unseen">{report.title}</caption>
				<thead>
					<tr>
						{places.map((place) => (
							<th scope="col" key={place} className={report.columns[place]?.number ? 'is-number' : undefined}>
								{report.columns[place]?.title}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{report.rows.map(({ cells }, row) => (
						<tr key={row}>
							{places.map((place) => (
								<td key={place} className={report.columns[place]?.number ? 'is-number' : undefined}>
									<Cell text={cells[place] ?? ''} to={link?.(report.columns[place]?.key ?? '', rowOf(report, cells))} />
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	)
}
