// Units by the formula in force, each beside its peers; each point leads to the fact behind it, and another formula can be tried on the
// same record.
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Card, DatePicker, Select, Space } from 'antd'
import dayjs from 'dayjs'
import { Link } from 'wouter'
import { get, post, type Schema } from '../api/client'
import { useLanguage } from '../i18n'
import { kindsOf } from '../lib/coverage'
import { partOf, performanceFigures, pointsOf } from '../lib/performance'
import { Chart } from '../parts/Chart'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { Rows, type Column } from '../parts/Rows'
import { useAddress } from '../parts/useAddress'
import { FormulaCard } from './performance/FormulaCard'
import { Trial } from './performance/Trial'
import { TakeReport } from './reports/TakeReport'

type Performance = Schema['performance']
type Unit = Schema['performance_unit']
const NAMES = ['from', 'to', 'kind'] as const

interface Asked {
	from?: string
	to?: string
	kind?: string
}

const factsOf = (code: string, { from, to }: Asked) => {
	const query = new URLSearchParams(Object.entries({ from, to }).filter((each): each is [string, string] => each[1] !== undefined)).toString()
	return `/performance/${encodeURIComponent(code)}${query && `?${query}`}`
}

/** `before`: what the formula in force gives, beside a trial. */
function Ranking({ performance, asked, before }: { performance: Performance; asked: Asked; before?: Performance }) {
	const { t } = useLanguage()
	const units = performance.units.filter(({ kind }) => !asked.kind || kind === asked.kind)
	const was = (code: string) => before?.units.find((unit) => unit.code === code)
	const columns: Column<Unit>[] = [
		{ key: 'name', title: t('institution.unit'), render: ({ code, name }) => (before ? name : <Link href={factsOf(code, asked)}>{name}</Link>) },
		{ key: 'kind', title: t('institution.kind'), isShort: true, render: ({ kind }) => kind },
		{ key: 'rank', title: t('performance.rank'), isShort: true, render: ({ rank, peers }) => t('performance.of', { rank, peers }) },
		{ key: 'points', title: t('performance.points'), isShort: true, render: ({ points }) => <strong>{pointsOf(points)}</strong> },
		...(before ? [{ key: 'was', title: t('performance.was'), isShort: true, render: ({ code }: Unit) => { const unit = was(code); return unit && `${pointsOf(unit.points)} · ${t('performance.of', { rank: unit.rank, peers: unit.peers })}` } }] : []),
		...performance.formula.items.map(({ name, label }, place) => ({ key: name, title: label, isShort: true, render: ({ parts }: Unit) => parts[place] && partOf(parts[place]) })),
	]
	return <Rows label={t('nav.performance')} rows={units} columns={columns} keyOf={({ code }) => code} empty={t('performance.none')} />
}

export default function PerformancePage() {
	const { t, language } = useLanguage()
	const [asked, change] = useAddress(NAMES)
	const { from, to } = asked
	const query = useQuery({ queryKey: ['performance', from, to, language], queryFn: ({ signal }) => get('/api/v1/performance', { query: { from, to }, signal }), placeholderData: keepPreviousData, staleTime: 60_000, refetchOnWindowFocus: false })
	const trial = useMutation({ mutationFn: (text: string) => post('/api/v1/performance/what-if', { body: { text, from, to } }) })
	const day = (name: 'from' | 'to') => (
		<DatePicker
			allowClear
			aria-label={t(`reports.${name}`)}
			placeholder={t(`reports.${name}`)}
			value={asked[name] ? dayjs(asked[name]) : null}
			onChange={(picked) => {
				trial.reset()
				change({ [name]: picked?.format('YYYY-MM-DD') })
			}}
		/>
	)
	return (
		<>
			<PageHead title={t('nav.performance')}>
				<span className="muted">{t('performance.why')}</span>
			</PageHead>
			<Space orientation="vertical" size={16} style={{ width: '100%' }}>
				<Space wrap className="no-print">
					{day('from')}
					{day('to')}
					<Select allowClear style={{ width: 150 }} aria-label={t('institution.kind')} placeholder={t('institution.kind')} value={asked.kind} onChange={(kind?: string) => change({ kind })} options={kindsOf(query.data?.units ?? []).map((each) => ({ value: each, label: each }))} />
					<TakeReport name="performance" query={asked} />
				</Space>
				<Loaded query={query} rows={12}>
					{(performance) => (
						<Space orientation="vertical" size={16} style={{ width: '100%' }}>
							<FormulaCard formula={performance.formula} />
							{asked.kind && (
								<Chart
									title={t('performance.points')}
									empty={t('performance.none')}
									figures={performanceFigures(performance.units.filter(({ kind }) => kind === asked.kind), { label: t('performance.points'), of: t('institution.unit'), points: t('performance.points') }, (code) => factsOf(code, asked))}
									note={t('performance.drawn')}
								/>
							)}
							<Card title={t('performance.ranking')}>
								<Ranking performance={performance} asked={asked} />
							</Card>
						</Space>
					)}
				</Loaded>
				<Trial trial={trial} start={query.data?.formula.version} />
				{trial.data && (
					<Card title={t('performance.trial.result')}>
						<Alert type="info" showIcon title={t('performance.trial.only')} style={{ marginBottom: 12 }} />
						<Ranking performance={trial.data} asked={asked} before={query.data ?? { ...trial.data, units: [] }} />
					</Card>
				)}
			</Space>
		</>
	)
}
