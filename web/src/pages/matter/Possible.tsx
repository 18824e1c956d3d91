// What I can do now, and of the rest which rule forbids it.
import { Card, Collapse } from 'antd'
import type { Schema } from '../../api/client'
import { useWords } from '../../i18n'

export function Possible({ matter }: { matter: Schema['matter'] }) {
	const t = useWords()
	const can = matter.possible.filter(({ may }) => may)
	const cannot = matter.possible.filter(({ may }) => !may)
	return (
		<Card title={t('matter.can')} className="no-print">
			{can.length === 0 && <p className="muted">{t('matter.can.none')}</p>}
			<ul className="rows">
				{can.map((act) => (
					<li key={act.action ?? act.request}>
						<strong>{act.label}</strong>
					</li>
				))}
			</ul>
			{cannot.length > 0 && (
				<Collapse
					ghost
					className="cannot"
					items={[
						{
							key: 'cannot',
							label: t('matter.cannot', { n: cannot.length }),
							children: (
								<ul className="rows">
									{cannot.map((act) => (
										<li key={act.action ?? act.request}>
											<strong>{act.label}</strong>
											<div>{act.why}</div>
											{act.rule && <div className="muted">{act.rule}</div>}
										</li>
									))}
								</ul>
							),
						},
					]}
				/>
			)}
		</Card>
	)
}
