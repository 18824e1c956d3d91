// What I can do now, as buttons; and of the rest which rule forbids it.
import { Button, Card, Collapse } from 'antd'
import { Link } from 'wouter'
import type { Schema } from '../../api/client'
import { useWords } from '../../i18n'
import { mayDo, SAYINGS, type Act } from '../../lib/act'
import { actOfPossible, isLoss } from '../../lib/acting'
import { useProcedure } from '../../parts/known'

export function Possible({ matter, open }: { matter: Schema['matter']; open: (act: Act) => void }) {
	const t = useWords()
	const can = matter.possible.filter(({ may }) => may)
	const cannot = matter.possible.filter(({ may }) => !may)
	const procedure = useProcedure(matter.definition).data
	const first = can.find((each) => each.action && !isLoss(procedure, each.to))
	const waits = matter.duties.some(({ may_answer, state }) => may_answer && state === 'open')
	const words = SAYINGS.filter((word) => mayDo(matter, word))
	return (
		<Card title={t('matter.can')} className="no-print">
			{can.length === 0 && !waits && <p className="muted">{t('matter.can.none')}</p>}
			<div className="acts">
				{can.map((each) => (
					<Button key={each.action ?? each.request} type={each === first ? 'primary' : 'default'} danger={isLoss(procedure, each.to)} onClick={() => open(actOfPossible(each))}>
						{each.label}
					</Button>
				))}
			</div>
			{matter.letters && (
				<div className="acts">
					<Link href={`/enter-letter?matter=${matter.id}`}>{t('entered.title')}</Link>
				</div>
			)}
			{words.length > 0 && (
				<div className="acts acts-words">
					{words.map((word) => (
						<Button key={word} size="small" onClick={() => open({ kind: word })}>
							{t(`act.${word}`)}
						</Button>
					))}
				</div>
			)}
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
