// By which formula: its items in words, since when it is in force, and the event that adopted it.
import { Card } from 'antd'
import type { Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { showDay } from '../../parts/format'
import { Verify } from '../../parts/Verify'

type Formula = Schema['formula']

export function FormulaCard({ formula }: { formula: Formula }) {
	const { t, language } = useLanguage()
	const worth = ({ weight, points, most }: Formula['items'][number]) => (weight !== undefined ? t('performance.weight', { n: weight }) : t('performance.each', { n: points ?? 0, most: most ?? 0 }))
	return (
		<Card title={formula.title}>
			<div className="muted">
				{formula.version !== undefined && t('performance.version', { n: formula.version, day: showDay(formula.from, language) })} <span className="mono">sha256:{formula.hash.slice(0, 12)}</span>
			</div>
			<ul className="rows">
				{formula.items.map((item) => (
					<li key={item.name}>
						<strong>{item.label}</strong> <span className="muted">{t(`performance.measure.${item.measure}`)}</span>
						<div className="muted">{worth(item)}</div>
					</li>
				))}
			</ul>
			{formula.event !== undefined && (
				<div className="event-proof no-print">
					<span className="muted">{t('matter.event.number', { n: formula.event })}</span> <Verify index={formula.event} />
				</div>
			)}
		</Card>
	)
}
