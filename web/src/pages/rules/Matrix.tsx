// Areas by stages: how many rules in force serve each, and where there is none. A cell opens the rules behind it.
import { Button } from 'antd'
import type { Schema } from '../../api/client'
import { useWords } from '../../i18n'
import { matrixRows, STAGES, type Area, type Stage } from '../../lib/rules'

interface Props {
	matrix: readonly Schema['rule_cell'][]
	chosen: { area?: string; stage?: string }
	choose: (area: Area | undefined, stage: Stage | undefined) => void
}

export function Matrix({ matrix, chosen, choose }: Props) {
	const t = useWords()
	const cell = (area: Area, stage: Stage, rules: number) => {
		const isChosen = chosen.area === area && chosen.stage === stage
		if (rules === 0)
			return (
				<td key={stage} className="heat-gap">
					{t('rules.gap')}
				</td>
			)
		return (
			<td key={stage} className={`heat heat-${Math.min(rules, 3)}`}>
				<Button type={isChosen ? 'primary' : 'text'} size="small" aria-pressed={isChosen} aria-label={`${t(`rules.area.${area}`)} ${t(`rules.stage.${stage}`)} ${rules}`} onClick={() => (isChosen ? choose(undefined, undefined) : choose(area, stage))}>
					{rules}
				</Button>
			</td>
		)
	}
	return (
		<>
			<div className="sideways" tabIndex={0} role="group" aria-label={t('rules.matrix')}>
				<table className="figure-table heat-table rule-matrix">
					<caption className="unseen">{t('rules.matrix')}</caption>
					<thead>
						<tr>
							<th scope="col">{t('rules.area')}</th>
							{STAGES.map((stage) => (
								<th scope="col" key={stage} className="heat-head">
									{t(`rules.stage.${stage}`)}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{matrixRows(matrix).map(({ area, cells }) => (
							<tr key={area}>
								<th scope="row">{t(`rules.area.${area}`)}</th>
								{cells.map(({ stage, rules }) => cell(area, stage, rules))}
							</tr>
						))}
					</tbody>
				</table>
			</div>
			<p className="muted">{t('rules.matrix.why')}</p>
		</>
	)
}
