// Accountability and cases: what concerns oneself first, then by procedure what runs, who does the next step until when, and what
// was decided and is in effect. Of a compartment only its members are told; whom it is about comes in by its narrow door.
import { useQuery } from '@tanstack/react-query'
import { Alert, Card, Space, Tag } from 'antd'
import { Link } from 'wouter'
import { get, type Schema } from '../api/client'
import { useLanguage } from '../i18n'
import { countStages, nextDuties, opensTo, purposeOf } from '../lib/accountability'
import { matterList } from '../lib/figures'
import { useProcedures } from '../parts/Filters'
import { showDay } from '../parts/format'
import { useProcedure } from '../parts/known'
import { Lamp } from '../parts/Lamp'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { Rows, type Column } from '../parts/Rows'
import { usePages } from '../parts/usePages'
import { Effects } from './accountability/Effects'

type Line = Schema['matter_line']
const LIMIT = 200

/** What was told to whoever sits here, and waits for their word. */
function Concerned() {
	const { t, language } = useLanguage()
	const query = useQuery({ queryKey: ['concerned', language], queryFn: ({ signal }) => get('/api/v1/me/concerned', { signal }) })
	if (query.data?.matters.length === 0) return null
	return (
		<Card title={t('concerned.title')}>
			<p className="muted">{t('concerned.why')}</p>
			<Loaded query={query} rows={2}>
				{({ matters }) => (
					<ul className="rows">
						{matters.map(({ id, number, title, procedure_title, owes, may_act }) => (
							<li key={id}>
								<div className="duty-head">
									<Link href={`/matters/${id}`}>{title}</Link>
									{owes && <Tag color="orange">{t('concerned.owes')}</Tag>}
									{may_act && <Tag color="blue">{t('concerned.mayAct')}</Tag>}
								</div>
								<div className="muted">{[number, title === procedure_title ? '' : procedure_title].filter(Boolean).join(' · ')}</div>
							</li>
						))}
					</ul>
				)}
			</Loaded>
		</Card>
	)
}

function Running({ procedure }: { procedure: Schema['procedure'] }) {
	const { t, language } = useLanguage()
	const { name } = procedure
	const { query, more } = usePages(['matters', 'accountability', name], (cursor, signal) => get('/api/v1/matters', { query: { procedure: name, open: true, sort: 'due', limit: LIMIT, cursor }, signal }), (page) => page.matters)
	const owed = useQuery({ queryKey: ['duties', 'accountability', name, language], queryFn: ({ signal }) => get('/api/v1/duties', { query: { procedure: name, limit: LIMIT }, signal }) })
	const next = nextDuties(owed.data?.duties ?? [])
	const columns: Column<Line>[] = [
		{ key: 'title', title: t('accountability.matter'), render: ({ id, title }) => <Link href={`/matters/${id}`}>{title}</Link> },
		{ key: 'number', title: t('column.number'), isShort: true, render: ({ number }) => number },
		{ key: 'lamp', title: t('matters.lamp'), isShort: true, render: ({ lamp }) => <Lamp colour={lamp} /> },
		{
			key: 'state',
			title: t('accountability.stage'),
			render: ({ state, state_label }) => (
				<>
					{state_label}{' '}
					{opensTo(procedure, state).map((purpose) => (
						<Tag key={purpose} color="blue">
							{t(`accountability.open.${purpose}`)}
						</Tag>
					))}
				</>
			),
		},
		{
			key: 'next',
			title: t('accountability.next'),
			render: ({ id }) => {
				const duty = next.get(id)
				const purpose = duty && purposeOf(procedure, duty.name)
				return (
					<>
						{duty?.name} {purpose && <Tag>{t(`accountability.day.${purpose}`)}</Tag>}
					</>
				)
			},
		},
		{ key: 'bearer', title: t('matter.duty.bearer'), render: ({ id }) => next.get(id)?.bearer },
		{
			key: 'due',
			title: t('matter.duty.due'),
			isShort: true,
			render: ({ id }) => (
				<>
					{showDay(next.get(id)?.due_day, language)} {next.get(id)?.overdue && <Tag color="red">{t('matter.duty.overdue')}</Tag>}
				</>
			),
		},
	]
	return (
		<Card
			size={query.data?.length === 0 ? 'small' : undefined}
			title={<h2 className="card-title">{procedure.title}</h2>}
			extra={
				<Space size={16} wrap>
					<Link href={matterList({ procedure: name })}>{t('matter.parts.all')}</Link>
					<Link href={`/procedures/${name}`}>{t('accountability.rules')}</Link>
				</Space>
			}
		>
			<Loaded query={query} isEmpty={(rows) => rows.length === 0} empty={<p className="muted">{t('accountability.none')}</p>}>
				{(rows) => (
					<>
						<Space wrap size={[8, 8]} className="filters">
							{countStages(procedure.states, rows).map(({ state, label, count }) => (
								<Link key={state} href={matterList({ procedure: name, state })}>
									{t('accountability.count', { stage: label, n: count })}
								</Link>
							))}
						</Space>
						<Rows label={procedure.title} rows={rows} columns={columns} keyOf={({ id }) => id} empty={t('accountability.none')} more={more} />
					</>
				)}
			</Loaded>
		</Card>
	)
}

function Of({ name }: { name: string }) {
	const query = useProcedure(name)
	return <Loaded query={query}>{(procedure) => <Running procedure={procedure} />}</Loaded>
}

export default function Accountability() {
	const { t } = useLanguage()
	const query = useProcedures()
	return (
		<>
			<PageHead title={t('nav.accountability')}>
				<span className="muted">{t('accountability.why')}</span>
				<Link href="/enter-letter" className="no-print">{t('entered.title')}</Link>
			</PageHead>
			<Space orientation="vertical" size={16} style={{ width: '100%' }}>
				<Concerned />
				<Loaded query={query}>
					{({ procedures }) => {
						const hearing = procedures.filter(({ hears }) => hears)
						return (
							<Space orientation="vertical" size={16} style={{ width: '100%' }}>
								{hearing.some(({ visibility }) => visibility === 'compartment') && <Alert type="info" showIcon title={t('accountability.compartment')} />}
								{hearing.map(({ name }) => (
									<Of key={name} name={name} />
								))}
							</Space>
						)
					}}
				</Loaded>
				<Effects />
			</Space>
		</>
	)
}
