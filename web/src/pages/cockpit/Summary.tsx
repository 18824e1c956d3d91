// The figures of all, and of what I have to see to.
import { Card } from 'antd'
import { Link } from 'wouter'
import type { Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { matterList as list } from '../../lib/figures'
import { LampMark, LAMPS } from '../../parts/Lamp'

export function Figure({ label, value, to, note }: { label: string; value: number; to?: string; note?: React.ReactNode }) {
	return (
		<div className="figure">
			<div className="muted">{label}</div>
			{to ? <Link href={to}>{value.toLocaleString()}</Link> : <span className="number">{value.toLocaleString()}</span>}
			{note && <div className="muted">{note}</div>}
		</div>
	)
}

export function Summary({ dashboard }: { dashboard: Schema['dashboard'] }) {
	const { t } = useLanguage()
	const { all, mine } = dashboard
	return (
		<Card>
			<div className="figures">
				<Figure label={t('cockpit.mine')} value={mine.open} to="/" note={`${t('cockpit.mine.overdue')} ${mine.overdue}`} />
				<Figure label={t('cockpit.running')} value={all.open} to={list({ open: true })} note={<Link href={list({ standing: 'overdue', sort: 'due' })}>{`${t('cockpit.overdue')} ${all.overdue}`}</Link>} />
				{LAMPS.filter((colour) => colour !== 'blue').map((colour) => (
					<div className="figure" key={colour}>
						<div className={`lamp-${colour}`}>
							<LampMark colour={colour} /> {t(`lamp.${colour}`)}
						</div>
						<Link href={list({ lamp: colour, open: true })}>{all[colour].toLocaleString()}</Link>
					</div>
				))}
				<Figure label={t('cockpit.closed')} value={all.closed} to={list({ standing: 'closed' })} />
				<Figure label={t('cockpit.late')} value={all.late} to={list({ standing: 'late' })} />
			</div>
		</Card>
	)
}
