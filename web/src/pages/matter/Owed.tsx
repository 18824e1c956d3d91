// What is owed: by whom, until when, and by which rule.
import { Button, Card, Collapse, Tag } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import type { Act } from '../../lib/act'
import { LampMark, type LampColour } from '../../parts/Lamp'
import { showDay } from '../../parts/format'

type Duty = Schema['duty']

/** Open ones by due day, those without one last. */
export function openDuties(duties: Duty[]): Duty[] {
	return duties.filter(({ state }) => state === 'open' || state === 'paused').sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9') || a.id - b.id)
}

function colourOf(duty: Duty): LampColour {
	if (duty.overdue || duty.state === 'missed') return 'red'
	if (duty.state === 'done') return 'blue'
	return duty.state === 'open' ? 'green' : 'grey'
}

/** Who held the post and when, or whom a unit has: from there on to what each has done. */
const bearerList = ({ person, post, unit }: Duty) => `/institution?${new URLSearchParams(person ? { tab: 'tenures', person } : post ? { tab: 'tenures', post } : { tab: 'posts', unit: unit ?? '' })}`

function Fact({ label, children }: { label: string; children: ReactNode }) {
	return (
		<>
			<dt className="muted">{label}</dt>
			<dd>{children}</dd>
		</>
	)
}

function DutyItem({ duty, open }: { duty: Duty; open?: (act: Act) => void }) {
	const { t, language } = useLanguage()
	const state = duty.state === 'paused' && duty.remaining_days !== undefined ? t('matter.duty.paused.left', { n: duty.remaining_days }) : t(`matter.duty.${duty.state}`)
	return (
		<li>
			<div className="duty-head">
				<LampMark colour={colourOf(duty)} />
				<strong>{duty.name}</strong>
				<Tag color={duty.overdue ? 'red' : undefined}>{duty.overdue ? t('matter.duty.overdue') : state}</Tag>
				{duty.breached && <Tag color="red">{t('matter.duty.breached')}</Tag>}
				{duty.missed_day && <Tag color="red">{t('matter.duty.missed_day', { day: showDay(duty.missed_day, language) })}</Tag>}
				{duty.extended && <Tag>{t('matter.duty.extended')}</Tag>}
			</div>
			<dl className="facts">
				{duty.bearer && (
					<Fact label={t('matter.duty.bearer')}>
						<Link href={bearerList(duty)}>{duty.bearer}</Link>
					</Fact>
				)}
				{duty.due_day && (
					<Fact label={t('matter.duty.due')}>
						{showDay(duty.due_day, language)} {duty.provisional && <span className="muted">({t('matter.duty.provisional')})</span>}
					</Fact>
				)}
				{duty.basis && <Fact label={t('matter.duty.basis')}>{duty.basis}</Fact>}
			</dl>
			{open && duty.kind === 'answer' && duty.may_answer && (
				<Button className="no-print" type="primary" onClick={() => open({ kind: 'answer', duty: duty.id })}>
					{t('act.answer')}
				</Button>
			)}
		</li>
	)
}

export function Owed({ matter, open: act }: { matter: Schema['matter']; open: (act: Act) => void }) {
	const { t } = useLanguage()
	const open = openDuties(matter.duties)
	const closed = matter.duties.filter((duty) => !open.includes(duty))
	return (
		<Card title={t('matter.owed')}>
			{open.length === 0 && <p className="muted">{t('matter.owed.none')}</p>}
			<ul className="rows">
				{open.map((duty) => (
					<DutyItem key={duty.id} duty={duty} open={act} />
				))}
			</ul>
			{closed.length > 0 && (
				<Collapse
					ghost
					items={[
						{
							key: 'closed',
							label: t('matter.owed.closed', { n: closed.length }),
							children: (
								<ul className="rows">
									{closed.map((duty) => (
										<DutyItem key={duty.id} duty={duty} />
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
