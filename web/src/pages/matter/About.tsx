// Everything it says: fields, requests, parts, links, evidence, hand-overs. What there is none of has no card.
import { CheckCircleOutlined } from '@ant-design/icons'
import { Button, Card, Descriptions, Progress, Space, Tag } from 'antd'
import { Link } from 'wouter'
import type { Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { mayDecide, type Act } from '../../lib/act'
import { useProcedures } from '../../parts/Filters'
import { Lamp } from '../../parts/Lamp'
import { showDay, showInstant } from '../../parts/format'
import { printQuery } from '../../lib/matterQuery'
import { FileLink } from './Evidence'

type Matter = Schema['matter']

function ShownRows({ label, columns, rows }: { label: string; columns: string[]; rows: Schema['report_row'][] }) {
	return (
		<div className="sideways" tabIndex={0} role="group" aria-label={label}>
			<table className="figure-table">
				<thead>
					<tr>
						{columns.map((column) => (
							<th scope="col" key={column}>
								{column}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map(({ cells, files }, i) => (
						<tr key={i}>
							{cells.map((cell, k) => (
								<td key={k}>{files?.[k] ? <FileLink hash={files[k]} name={cell} /> : cell}</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	)
}

export function Shown({ fields }: { fields: Schema['shown'][] }) {
	return <Descriptions column={1} size="small" bordered items={fields.map(({ name, label, text, columns, rows }) => ({ key: name, label, children: columns && rows ? <ShownRows label={label} columns={columns} rows={rows} /> : <span className="prose">{text}</span> }))} />
}

export function About({ matter }: { matter: Matter }) {
	const { t } = useLanguage()
	return (
		<Card title={t('matter.about')}>
			{matter.progress !== undefined && <Progress percent={matter.progress} aria-label={t('matters.progress')} style={{ marginBottom: 12 }} />}
			<Shown fields={matter.shown} />
		</Card>
	)
}

export function Requests({ matter, open }: { matter: Matter; open: (act: Act) => void }) {
	const { t, language } = useLanguage()
	if (matter.requests.length === 0) return null
	const colours = { open: 'orange', granted: 'green', refused: 'red', lapsed: 'default' }
	return (
		<Card title={t('matter.requests')}>
			<ul className="rows">
				{matter.requests.map((request) => (
					<li key={request.id}>
						<div className="duty-head">
							<strong>{request.label}</strong>
							<Tag color={colours[request.state]}>{t(`matter.request.${request.state}`)}</Tag>
						</div>
						<div className="muted">{t('matter.request.by', { who: request.asker, when: showInstant(request.asked, language) })}</div>
						{request.shown.length > 0 && <Shown fields={request.shown} />}
						{mayDecide(matter, request.id) && (
							<div className="acts no-print">
								{(['grant', 'refuse'] as const).map((decision) => (
									<Button key={decision} type={decision === 'grant' ? 'primary' : 'default'} danger={decision === 'refuse'} onClick={() => open({ kind: 'decide', request: request.id, decision })}>
										{t(`act.decide.${decision}`)}
									</Button>
								))}
							</div>
						)}
					</li>
				))}
			</ul>
		</Card>
	)
}

export function Parts({ matter }: { matter: Matter }) {
	const { t } = useLanguage()
	const part = useProcedures().data?.procedures.find(({ name }) => name === matter.parts_of)
	const mayOpen = part?.may_open && !matter.ended
	if (matter.parts.length === 0 && !mayOpen) return null
	return (
		<Card
			title={t('matter.parts')}
			extra={
				<Space size={16}>
					{matter.parts.length > 0 && <Link href={`/matters${printQuery({ parent: matter.id })}`}>{t('matter.parts.all')}</Link>}
					{mayOpen && (
						<Link href={`/matters/${matter.id}/open`} className="no-print">
							{t('matter.parts.open', { name: part.title })}
						</Link>
					)}
				</Space>
			}
		>
			{matter.parts.length === 0 && <span className="muted">{t('matter.parts.none')}</span>}
			<ul className="rows">
				{matter.parts.slice(0, 20).map((part) => (
					<li key={part.id}>
						<div className="duty-head">
							<Lamp colour={part.lamp} />
							<Link href={`/matters/${part.id}`}>{part.title}</Link>
							<span className="muted">{part.state_label}</span>
						</div>
						<div className="muted">
							{part.number} {part.unit_name && `· ${part.unit_name}`}
						</div>
					</li>
				))}
			</ul>
		</Card>
	)
}

export function Links({ matter }: { matter: Matter }) {
	const { t } = useLanguage()
	if (matter.links.length === 0 && matter.rules.length === 0) return null
	return (
		<Card title={t('matter.links')}>
			<ul className="rows">
				{matter.rules.map((tie) => (
					<li key={`rule ${tie.rule} ${tie.how}`} className="in-words">
						<Tag color="blue">{tie.how_label}</Tag>
						<Link href={`/rules/${tie.rule}`}>{tie.title}</Link>
					</li>
				))}
				{matter.links.map((link) => (
					<li key={`${link.id} ${link.relation} ${link.forth}`} className="in-words">
						<Tag>
							{link.forth ? '→' : '←'} {link.relation_label}
						</Tag>
						<Link href={`/matters/${link.id}`}>{link.title}</Link> <span className="muted">{link.number}</span>
					</li>
				))}
			</ul>
		</Card>
	)
}

export function Packages({ matter }: { matter: Matter }) {
	const { t, language } = useLanguage()
	if (matter.packages.length === 0) return null
	return (
		<Card title={t('matter.packages')}>
			<ul className="rows">
				{matter.packages.map((each, i) => (
					<li key={i}>
						<Tag>
							{each.taken ? '←' : '→'} {t('levels.from', { title: each.peer.title, n: each.package })}
						</Tag>
						{each.far && <span className="muted">{each.far}</span>} {each.requirement ?? each.text}
						<p className="muted">
							{[
								each.document,
								each.due && t('levels.due', { day: showDay(each.due, language) }),
								each.report_on && t('levels.reportOn', { days: each.report_on.map((day) => showDay(day, language)).join(' · ') }),
								each.state,
								each.progress !== undefined && t('levels.progress', { n: each.progress }),
							]
								.filter(Boolean)
								.join(' · ')}
						</p>
						{each.taken && each.kind === 'report' && (
							<p>
								<CheckCircleOutlined aria-hidden /> {t('matter.packages.verified')}: {each.acts?.map(({ action, lines }) => [action, ...lines.map(({ label, text }) => `${label} ${text}`)].join(' ')).join(' · ')}
							</p>
						)}
					</li>
				))}
			</ul>
		</Card>
	)
}

export function Handovers({ matter }: { matter: Matter }) {
	const { t, language } = useLanguage()
	if (matter.handovers.length === 0) return null
	return (
		<Card title={t('matter.handovers')}>
			<ul className="rows">
				{matter.handovers.map((each) => (
					<li key={`${each.day} ${each.post}`}>{t('matter.handover', { day: showDay(each.day, language), post: each.post_name, before: each.before_name ?? t('matter.vacant'), after: each.after_name ?? t('matter.vacant') })}</li>
				))}
			</ul>
		</Card>
	)
}
