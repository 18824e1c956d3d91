// What a procedure consists of, list by list. What there is none of has no card.
import { Card, Tag } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Schema } from '../../api/client'
import { useLanguage, useWords } from '../../i18n'
import { basisOf, labelsOf, type Procedure } from '../../lib/procedure'
import { useTitleOf } from '../../parts/Filters'
import { useLimit } from '../../parts/Follows'

interface Props {
	procedure: Procedure
}

function Listed<T extends { name: string; label: string }>({ title, of, children }: { title: string; of: readonly T[]; children: (each: T) => ReactNode }) {
	if (of.length === 0) return null
	return (
		<Card title={title}>
			<ul className="rows">
				{of.map((each) => (
					<li key={each.name}>
						<strong>{each.label}</strong>
						{children(each)}
					</li>
				))}
			</ul>
		</Card>
	)
}

function Facts({ facts }: { facts: [label: string, value: ReactNode][] }) {
	return (
		<dl className="facts">
			{facts.map(
				([label, value]) =>
					value && (
						<div key={label} className="fact">
							<dt className="muted">{label}</dt>
							<dd>{value}</dd>
						</div>
					),
			)}
		</dl>
	)
}

function useJoin() {
	const { language } = useLanguage()
	return (texts: readonly string[]) => texts.join(language === 'zh' ? '、' : ', ')
}

function Opens({ procedure }: { procedure: string }) {
	const titleOf = useTitleOf()
	return <Link href={`/procedures/${procedure}`}>{titleOf(procedure)}</Link>
}

function useReach(procedure: Procedure) {
	const t = useWords()
	const join = useJoin()
	const { role } = labelsOf(procedure)
	return (reach: readonly Schema['reach'][]) => join(reach.map((each) => (each.kind === 'role' ? role(each.role) : t(`reach.${each.kind}`, { role: role(each.role) }))))
}

export function Duties({ procedure }: Props) {
	const t = useWords()
	const join = useJoin()
	const limit = useLimit()
	const reach = useReach(procedure)
	const { role, state, act } = labelsOf(procedure)
	return (
		<Listed title={t('procedure.duties')} of={procedure.duties}>
			{(duty) => (
				<Facts
					facts={[
						[t('matter.duty.bearer'), role(duty.bearer)],
						[t('matter.duty.due'), limit(duty.limit, procedure.fields)],
						[t('procedure.in'), join(duty.in.map(state))],
						[t('procedure.dischargedBy'), join(duty.discharged_by.map(act))],
						[t('procedure.escalate'), reach(duty.escalate)],
						[t('procedure.breachOpens'), duty.opens && <Opens procedure={duty.opens} />],
						[t('matter.duty.basis'), duty.basis.length > 0 && basisOf(duty.basis).map((text) => <div key={text}>{text}</div>)],
					]}
				/>
			)}
		</Listed>
	)
}

export function Actions({ procedure }: Props) {
	const t = useWords()
	const join = useJoin()
	const { role, state, act } = labelsOf(procedure)
	return (
		<Listed title={t('procedure.actions')} of={procedure.actions}>
			{(action) => (
				<>
					{action.evidence !== 'none' && <Tag className="after">{t(`procedure.evidence.${action.evidence}`)}</Tag>}
					<Facts
						facts={[
							[t('procedure.by'), role(action.by)],
							[t('procedure.from'), join(action.from.map(state))],
							[t('procedure.to'), state(action.to)],
							[t('procedure.notBy'), join(action.not_by.map(act))],
							[t('procedure.opens'), action.opens && <Opens procedure={action.opens} />],
							[t('procedure.fields'), join(action.fields.map(({ label }) => label))],
						]}
					/>
				</>
			)}
		</Listed>
	)
}

export function Requests({ procedure }: Props) {
	const t = useWords()
	const join = useJoin()
	const reach = useReach(procedure)
	const { role, state } = labelsOf(procedure)
	return (
		<Listed title={t('matter.requests')} of={procedure.requests}>
			{(request) => (
				<Facts
					facts={[
						[t('procedure.by'), role(request.by)],
						[t('procedure.decidedBy'), role(request.decided_by)],
						[t('procedure.in'), join(request.in.map(state))],
						[t('procedure.escalate'), reach(request.escalate)],
						[t('procedure.fields'), join(request.fields.map(({ label }) => label))],
					]}
				/>
			)}
		</Listed>
	)
}

export function Roles({ procedure }: Props) {
	const t = useWords()
	const { role, field } = labelsOf(procedure)
	const found = ({ kind, of, of_label }: Schema['role']) => t(`role.${kind}`, { of: kind === 'function' ? (of_label ?? of) : kind === 'field' ? field(of) : role(of) })
	return (
		<Listed title={t('procedure.roles')} of={procedure.roles}>
			{(each) => <div className="muted">{found(each)}</div>}
		</Listed>
	)
}

export function States({ procedure }: Props) {
	const t = useWords()
	return (
		<Listed title={t('procedure.states')} of={procedure.states}>
			{({ start, end }) => (
				<>
					{start && <Tag className="after">{t('procedure.start')}</Tag>}
					{end && <Tag className="after">{t(`procedure.end.${end}`)}</Tag>}
				</>
			)}
		</Listed>
	)
}

export function Fields({ procedure }: Props) {
	const t = useWords()
	const join = useJoin()
	return (
		<Listed title={t('procedure.fields')} of={procedure.fields}>
			{({ required, choices }) => (
				<>
					{required && <Tag className="after">{t('procedure.required')}</Tag>}
					{!!choices?.length && <div className="muted">{join(choices.map(({ label }) => label))}</div>}
				</>
			)}
		</Listed>
	)
}
