// Where an act leads: what it discharges, who hears of it, the state behind it and who must then do what until when.
import type { Schema } from '../../../api/client'
import { useLanguage } from '../../../i18n'
import type { Act, ActForm, Matter } from '../../../lib/act'
import { bearerOf, discharges, owedIn } from '../../../lib/follows'
import { Follows, termOf } from '../../../parts/Follows'

interface Props {
	act: Act
	shape: ActForm
	matter: Matter
	procedure: Schema['procedure']
}

function Decided({ name, matter, procedure }: { name: string; matter: Matter; procedure: Schema['procedure'] }) {
	const { t } = useLanguage()
	const rule = procedure.requests.find((each) => each.name === name)
	const moved = procedure.duties.find((duty) => duty.name === rule?.moves)
	if (!rule) return null
	return (
		<div className="leads">
			{t('act.decided', { who: bearerOf(procedure, rule.decided_by, matter.shown) ?? '', term: termOf(rule.decide_within, t) })}
			{moved && <div>{t('act.moves', { name: moved.label })}</div>}
			{rule.stops_all && <div>{t('act.stops')}</div>}
		</div>
	)
}

export function Leads({ act, shape, matter, procedure }: Props) {
	const { t, language } = useLanguage()
	if (act.kind === 'request') return <Decided name={act.name} matter={matter} procedure={procedure} />
	if (act.kind !== 'action') return null
	const state = procedure.states.find(({ name }) => name === shape.to)
	const isElsewhere = !!state && state.name !== matter.state
	const action = procedure.actions.find(({ name }) => name === act.name)
	const closed = discharges(procedure, act.name, matter.state)
	const told = bearerOf(procedure, action?.answers_to, matter.shown)
	const follows = isElsewhere && !state.end ? owedIn(procedure, state.name, matter.fields, matter.shown) : []
	if (!isElsewhere && closed.length === 0 && !told) return null
	return (
		<div className="leads">
			{closed.length > 0 && <div>{t('act.discharges', { names: closed.join(language === 'zh' ? '、' : ', ') })}</div>}
			{told && <div>{t('act.told', { who: told })}</div>}
			{isElsewhere && (
				<div>
					{t('act.leads')} <strong>{state.label}</strong>
					{state.end && <> · {t(`act.leads.${state.end}`)}</>}
				</div>
			)}
			{follows.length > 0 && <Follows follows={follows} fields={procedure.fields} />}
		</div>
	)
}
