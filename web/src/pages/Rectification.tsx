// What was found and how far its mending is: by stage, by inspection, and who answers until when.
import { useQueries, useQuery } from '@tanstack/react-query'
import { Card, Collapse, Space } from 'antd'
import { Link } from 'wouter'
import { get, type Schema } from '../api/client'
import { useLanguage } from '../i18n'
import { matterList } from '../lib/figures'
import { closingRate, inspectionsOf, mendingOf, stageFigures, stagesOf } from '../lib/rectification'
import { Chart } from '../parts/Chart'
import { showDay } from '../parts/format'
import { useProcedure } from '../parts/known'
import { Lamp } from '../parts/Lamp'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { Rows, type Column } from '../parts/Rows'
import { usePages } from '../parts/usePages'
import { useProcedures } from '../parts/Filters'

type Line = Schema['matter_line']

/** How many are in each state, asked for state by state: the server counts. */
function useCounts(procedure: string, states: readonly Schema['state'][]) {
	return useQueries({
		queries: states.map(({ name: state }) => ({ queryKey: ['matters', 'count', procedure, state], queryFn: async ({ signal }: { signal: AbortSignal }) => (await get('/api/v1/matters', { query: { procedure, state, limit: 1, count: true }, signal })).total ?? 0 })),
		combine: (results) => ({ counts: results.map(({ data }) => data ?? 0), isPending: results.some(({ isPending }) => isPending), error: results.find(({ error }) => error)?.error ?? null }),
	})
}

function Stages({ procedure }: { procedure: Schema['procedure'] }) {
	const { t } = useLanguage()
	const { counts, isPending, error } = useCounts(procedure.name, procedure.states)
	const stages = stagesOf(procedure, counts)
	const rate = closingRate(stages)
	const title = t('rectification.stages', { name: procedure.title })
	const shown = { data: isPending ? undefined : stages, error, isPending, refetch: () => undefined }
	return (
		<Loaded query={shown} rows={6}>
			{(of) => (
				<Chart
					title={title}
					empty={t('rectification.none')}
					extra={rate && <strong>{t('rectification.rate', { percent: rate.percent, closed: rate.closed, all: rate.all })}</strong>}
					figures={stageFigures(procedure.name, rate ? of : [], { label: title, of: t('column.state'), count: t('rectification.count') })}
					note={t('rectification.rate.why')}
				/>
			)}
		</Loaded>
	)
}

function Mending({ name }: { name: string }) {
	const query = useProcedure(name)
	return <Loaded query={query}>{(procedure) => <Stages procedure={procedure} />}</Loaded>
}

function FoundBy({ inspection }: { inspection: Line }) {
	const { t, language } = useLanguage()
	const query = useQuery({ queryKey: ['links', inspection.id, language], queryFn: ({ signal }) => get('/api/v1/matters/{matter}/links', { path: { matter: inspection.id }, signal }) })
	return (
		<Loaded query={query} rows={2} isEmpty={({ links }) => links.length === 0} empty={t('rectification.noFindings')}>
			{({ links }) => (
				<ul className="rows tight">
					{links.map(({ id, number, title, relation_label }) => (
						<li key={id}>
							<Link href={`/matters/${id}`}>{title}</Link>{' '}
							<span className="muted">
								{number} · {relation_label}
							</span>
						</li>
					))}
				</ul>
			)}
		</Loaded>
	)
}

function Inspections({ procedure, title }: { procedure: string; title: string }) {
	const { t } = useLanguage()
	const { query } = usePages(['matters', 'of', procedure], (cursor, signal) => get('/api/v1/matters', { query: { procedure, limit: 100, cursor }, signal }), (page) => page.matters)
	return (
		<Card title={title} extra={<Link href={matterList({ procedure })}>{t('matter.parts.all')}</Link>}>
			<Loaded query={query} isEmpty={(rows) => rows.length === 0} empty={t('rectification.noInspections')}>
				{(rows) => (
					<Collapse
						ghost
						items={rows.map((line) => ({
							key: line.id,
							label: (
								<span className="duty-head">
									<Lamp colour={line.lamp} /> {line.title} <span className="muted">{`${line.number} · ${line.state_label}`}</span>
								</span>
							),
							children: (
								<>
									<Link href={`/matters/${line.id}`}>{t('rectification.see')}</Link>
									<FoundBy inspection={line} />
								</>
							),
						}))}
					/>
				)}
			</Loaded>
		</Card>
	)
}

/** The three lists in one: the problem, whose task it is, and who answers for it until when. */
function Open({ name }: { name: string }) {
	const { t, language } = useLanguage()
	const title = useProcedures().data?.procedures.find((each) => each.name === name)?.title ?? ''
	const { query, more } = usePages(['matters', 'mending', name], (cursor, signal) => get('/api/v1/matters', { query: { procedure: name, open: true, sort: 'due', limit: 50, cursor }, signal }), (page) => page.matters)
	const columns: Column<Line>[] = [
		{ key: 'problem', title: t('rectification.problem'), render: (line) => <Link href={`/matters/${line.id}`}>{line.title}</Link> },
		{ key: 'lamp', title: t('matters.lamp'), isShort: true, render: ({ lamp }) => <Lamp colour={lamp} /> },
		{ key: 'number', title: t('column.number'), isShort: true, render: ({ number }) => number },
		{ key: 'task', title: t('rectification.task'), render: ({ unit_name }) => unit_name },
		{ key: 'answers', title: t('rectification.answers'), render: ({ commander_name }) => commander_name },
		{ key: 'state', title: t('column.state'), isShort: true, render: ({ state_label }) => state_label },
		{ key: 'due', title: t('column.due'), isShort: true, render: ({ due_day }) => showDay(due_day, language) },
	]
	return (
		<Card title={t('rectification.open', { name: title })}>
			<Loaded query={query}>{(rows) => <Rows label={title} rows={rows} columns={columns} keyOf={({ id }) => id} empty={t('rectification.none')} more={more} />}</Loaded>
		</Card>
	)
}

export default function Rectification() {
	const { t } = useLanguage()
	const query = useProcedures()
	return (
		<>
			<PageHead title={t('nav.rectification')}>
				<span className="muted">{t('rectification.why')}</span>
				<Link href="/reports?name=rectification">{t('nav.reports')}</Link>
			</PageHead>
			<Loaded query={query}>
				{({ procedures }) => {
					const mending = mendingOf(procedures), inspections = inspectionsOf(procedures)
					return (
						<Space orientation="vertical" size={16} style={{ width: '100%' }}>
							<div className="boards">
								{mending.map(({ name }) => (
									<Mending key={name} name={name} />
								))}
							</div>
							{mending.map(({ name }) => (
								<Open key={name} name={name} />
							))}
							{inspections.map(({ name, title }) => (
								<Inspections key={name} procedure={name} title={inspections.length > 1 ? title : t('rectification.inspections')} />
							))}
						</Space>
					)
				}}
			</Loaded>
		</>
	)
}
