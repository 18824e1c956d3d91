// What to do about a duty: its answer, its decision, or the acts that discharge it; then whatever else may be done.
import { Button, Divider } from 'antd'
import { Link } from 'wouter'
import type { Schema } from '../../../api/client'
import { useLanguage } from '../../../i18n'
import { choicesFor, isLoss, type Choice } from '../../../lib/acting'
import { mayDecide, type Act, type Matter } from '../../../lib/act'
import { showDay } from '../../../parts/format'
import { Origin } from './Origin'

interface Props {
	matter: Matter
	procedure: Schema['procedure']
	/** Number of the duty that it is about. */
	duty?: number
	choose: (act: Act) => void
}

function Decide({ matter, request, choose }: { matter: Matter; request: number; choose: (act: Act) => void }) {
	const { t } = useLanguage()
	if (!mayDecide(matter, request)) return null
	return (['grant', 'refuse'] as const).map((decision) => (
		<Button key={decision} block size="large" type={decision === 'grant' ? 'primary' : 'default'} danger={decision === 'refuse'} onClick={() => choose({ kind: 'decide', request, decision })}>
			{t(`act.decide.${decision}`)}
		</Button>
	))
}

export function Choosing({ matter, procedure, duty: id, choose }: Props) {
	const { t, language } = useLanguage()
	const duty = matter.duties.find((each) => each.id === id)
	const { serves, others, words } = choicesFor(matter, procedure, duty)
	const gain = serves.find(({ to }) => !isLoss(procedure, to))
	const button = (choice: Choice) => (
		<Button key={`${choice.act.kind}.${choice.label}`} block size={serves.includes(choice) ? 'large' : 'middle'} type={choice === gain ? 'primary' : 'default'} danger={isLoss(procedure, choice.to)} onClick={() => choose(choice.act)}>
			{choice.label}
		</Button>
	)
	return (
		<div className="choices">
			{duty && (
				<div className="leads">
					<strong>{duty.name}</strong> <span className="muted">{duty.due_day && t('duty.due', { day: showDay(duty.due_day, language) })}</span>
					{duty.bearer && <div>{duty.bearer}</div>}
					{duty.basis && <div className="muted">{duty.basis}</div>}
				</div>
			)}
			{duty?.kind === 'answer' && <Origin matter={matter.id} duty={duty.id} />}
			{duty?.kind === 'answer' && duty.may_answer && (
				<Button block size="large" type="primary" onClick={() => choose({ kind: 'answer', duty: duty.id })}>
					{t('act.answer')}
				</Button>
			)}
			{duty?.request !== undefined && <Decide matter={matter} request={duty.request} choose={choose} />}
			{serves.map(button)}
			{others.length > 0 && <Divider plain>{t('act.others')}</Divider>}
			{others.map(button)}
			<div className="acts acts-words">
				{words.map((word) => (
					<Button key={word} size="small" onClick={() => choose({ kind: word })}>
						{t(`act.${word}`)}
					</Button>
				))}
			</div>
			<p>
				<Link href={`/matters/${matter.id}`}>{t('act.whole')}</Link>
			</p>
		</div>
	)
}
