// Units by supervision and year. A darker cell was reached more often; a gap is crossed and says so.
import { Button, Empty } from 'antd'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Schema } from '../../api/client'
import { useWords } from '../../i18n'
import { matterList } from '../../lib/figures'
import { shadeOf, stretchesOf, yearsOf, type Stretch } from '../../lib/coverage'

type Coverage = Schema['coverage']
type Unit = Schema['covered_unit']
const AT_ONCE = 60

function Cells({ stretch }: { stretch: Stretch }) {
	const t = useWords()
	if (stretch.isGap)
		return (
			<td colSpan={stretch.cells.length} className="heat-gap">
				{t('coverage.gap')}
			</td>
		)
	return (
		<>
			{stretch.cells.map(({ times, matter }, place) => (
				<td key={place} className={`heat heat-${shadeOf(times)}`}>
					{times > 0 && (matter ? <Link href={`/matters/${matter}`}>{times}</Link> : times)}
				</td>
			))}
		</>
	)
}

function Head({ coverage }: { coverage: Coverage }) {
	const t = useWords()
	const years = yearsOf(coverage)
	return (
		<thead>
			<tr>
				<th scope="col" rowSpan={2}>
					{t('institution.unit')}
				</th>
				{coverage.sums.map(({ supervision, title }) => (
					<th scope="colgroup" key={supervision} colSpan={years.length} className="heat-head">
						{title}
					</th>
				))}
			</tr>
			<tr>
				{coverage.sums.flatMap(({ supervision }) =>
					years.map((year) => (
						<th scope="col" key={`${supervision} ${year}`} className="heat-year">
							{year}
						</th>
					)),
				)}
			</tr>
		</thead>
	)
}

export function HeatMap({ coverage, units }: { coverage: Coverage; units: readonly Unit[] }) {
	const t = useWords()
	const [shown, setShown] = useState(AT_ONCE)
	if (units.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('coverage.none')} />
	return (
		<>
			<div className="sideways" tabIndex={0} role="group" aria-label={t('coverage.map')}>
				<table className="figure-table heat-table">
					<caption className="unseen">{t('coverage.map')}</caption>
					<Head coverage={coverage} />
					<tbody>
						{units.slice(0, shown).map((unit) => (
							<tr key={unit.code}>
								<th scope="row">
									<Link href={matterList({ unit: unit.code })}>{unit.name}</Link> <span className="muted nowrap">{t('coverage.of', { n: unit.covered })}</span>
								</th>
								{stretchesOf(unit, coverage).map((stretch) => (
									<Cells key={stretch.supervision} stretch={stretch} />
								))}
							</tr>
						))}
					</tbody>
				</table>
			</div>
			{units.length > shown && (
				<Button block className="no-print" onClick={() => setShown(shown + AT_ONCE)}>
					{t('workbench.more')}
				</Button>
			)}
			<p className="muted">{t('coverage.legend')}</p>
		</>
	)
}
