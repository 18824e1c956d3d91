// Units by the formula in force, each beside its peers; each point leads to the fact behind it, and another formula can be tried on the
// same record.
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, DatePicker, Select, Space } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { get, post } from '../api/client'
import { useLanguage } from '../i18n'
import { kindsOf } from '../lib/coverage'
import { performanceFigures } from '../lib/performance'
import { mayRule } from '../lib/ruleDeeds'
import { Chart } from '../parts/Chart'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { useAddress } from '../parts/useAddress'
import { useMe } from '../session'
import { Adopt } from './performance/Adopt'
import { FormulaCard } from './performance/FormulaCard'
import { factsOf, Ranking } from './performance/Ranking'
import { Trial } from './performance/Trial'
import { TakeReport } from './reports/TakeReport'

const NAMES = ['from', 'to', 'kind'] as const

export default function PerformancePage() {
	const { t, language } = useLanguage()
	const [asked, change] = useAddress(NAMES)
	const { from, to } = asked
	const [isAdopting, setAdopting] = useState(false)
	const functions = useMe().data?.functions
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
				{mayRule(functions) && (
					<Button className="no-print" onClick={() => setAdopting(true)}>
						{t('performance.adopt')}
					</Button>
				)}
			</PageHead>
			{isAdopting && <Adopt start={query.data?.formula.version} close={() => setAdopting(false)} />}
			<Space orientation="vertical" size={16} style={{ width: '100%' }}>
				<Space wrap className="no-print">
					{day('from')}
					{day('to')}
					<Select allowClear style={{ width: 150 }} aria-label={t('institution.kind')} placeholder={t('institution.kind')} value={asked.kind} onChange={(kind?: string) => change({ kind })} options={kindsOf(query.data?.units ?? [])} />
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
