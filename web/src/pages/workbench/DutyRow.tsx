// One duty of mine in the list: what, of which matter, until when, and the button by which it is done here.
import { Button, Tag } from 'antd'
import { Link } from 'wouter'
import type { Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { LampMark, type LampColour } from '../../parts/Lamp'
import { showDay } from '../../parts/format'

export type Duty = Schema['duty_line']
export type Pressure = 'overdue' | 'soon' | 'later'
const SOON_DAYS = 3

/** How pressing a duty is. The server counts the working days; here they are only put into three heaps. */
export function pressureOf(duty: Pick<Duty, 'overdue' | 'days_left'>): Pressure {
	if (duty.overdue) return 'overdue'
	return duty.days_left !== undefined && duty.days_left <= SOON_DAYS ? 'soon' : 'later'
}

export const COLOURS: Record<Pressure, LampColour> = { overdue: 'red', soon: 'yellow', later: 'green' }

interface Props {
	duty: Duty
	/** Somebody urged it. */
	isUrged: boolean
	act: () => void
}

export function DutyRow({ duty, isUrged, act }: Props) {
	const { t, language } = useLanguage()
	const pressure = pressureOf(duty)
	const left = duty.overdue ? t('duty.late') : duty.days_left === 0 ? t('duty.today') : duty.days_left === undefined ? '' : t('duty.left', { n: duty.days_left })
	return (
		<li className="duty">
			<div className="duty-lamp">
				<LampMark colour={COLOURS[pressure]} />
			</div>
			<div className="duty-text">
				<div>
					<strong>{duty.name}</strong> {isUrged && <Tag color="orange">{t('duty.urged')}</Tag>} {duty.kind !== 'rule' && <Tag>{t(`duty.kind.${duty.kind}`)}</Tag>}
				</div>
				<Link href={`/matters/${duty.matter}`}>{duty.title}</Link>
				<div className="muted">
					{duty.number} · {duty.procedure_title}
					{duty.bearer && ` · ${duty.bearer}`}
				</div>
			</div>
			<div className="duty-due">
				<span className={`lamp-word lamp-${COLOURS[pressure]}`}>{left}</span>
				<div className="muted nowrap">{t('duty.due', { day: showDay(duty.due_day, language) })}</div>
			</div>
			<Button className="duty-act" onClick={act}>
				{t('workbench.act')}
			</Button>
		</li>
	)
}
