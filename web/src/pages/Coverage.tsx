// Which units were reached in a term by which of the four supervisions, and where the gaps are; and the plan of the rounds that are left.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Card, DatePicker, Select, Space, Switch, Tabs } from 'antd'
import dayjs from 'dayjs'
import { get, type Schema } from '../api/client'
import { useLanguage } from '../i18n'
import { kindsOf, unitsShown } from '../lib/coverage'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { useAddress } from '../parts/useAddress'
import type { Me } from '../session'
import { HeatMap } from './coverage/HeatMap'
import { Planner } from './coverage/Planner'

const NAMES = ['from', 'to', 'kind', 'gaps', 'tab'] as const
type Coverage = Schema['coverage']

function Sums({ coverage }: { coverage: Coverage }) {
	const { t } = useLanguage()
	return (
		<div className="figures">
			{coverage.sums.map(({ supervision, title, covered, units }) => (
				<div className="figure" key={supervision}>
					<div className="muted">{title}</div>
					<span className="number">{units > 0 ? Math.round((100 * covered) / units) : 0}%</span>
					<div className="muted">{t('coverage.sum', { covered, units })}</div>
				</div>
			))}
		</div>
	)
}

export default function CoveragePage({ me }: { me: Me }) {
	const { t, language } = useLanguage()
	const [asked, change] = useAddress(NAMES)
	const { from, to, kind } = asked
	const query = useQuery({ queryKey: ['coverage', from, to, language], queryFn: ({ signal }) => get('/api/v1/coverage', { query: { from, to }, signal }), placeholderData: keepPreviousData, staleTime: 60_000, refetchOnWindowFocus: false })
	const day = (name: 'from' | 'to') => <DatePicker allowClear aria-label={t(`coverage.${name}`)} placeholder={t(`coverage.${name}`)} value={asked[name] ? dayjs(asked[name]) : null} onChange={(picked) => change({ [name]: picked?.format('YYYY-MM-DD') })} />
	const mayPlan = me.functions?.includes('inspection_office') ?? false
	const map = (coverage: Coverage) => (
		<Space orientation="vertical" size={16} style={{ width: '100%' }}>
			<Sums coverage={coverage} />
			<HeatMap coverage={coverage} units={unitsShown(coverage.units, kind, asked.gaps === 'true')} />
		</Space>
	)
	return (
		<>
			<PageHead title={t('nav.coverage')}>
				<span className="muted">{query.data && t('coverage.term', { from: query.data.from.slice(0, 4), to: query.data.to.slice(0, 4) })}</span>
			</PageHead>
			<Card>
				{mayPlan && <Tabs className="no-print" activeKey={asked.tab === 'plan' ? 'plan' : 'map'} onChange={(tab) => change({ tab: tab === 'plan' ? tab : undefined })} items={(['map', 'plan'] as const).map((each) => ({ key: each, label: t(`coverage.${each}`) }))} />}
				<Space wrap className="filters no-print">
					{day('from')}
					{day('to')}
					<Select allowClear style={{ width: 150 }} aria-label={t('institution.kind')} placeholder={t('institution.kind')} value={kind} onChange={(next?: string) => change({ kind: next })} options={kindsOf(query.data?.units ?? [])} />
					<label>
						<Switch checked={asked.gaps === 'true'} onChange={(on) => change({ gaps: on ? 'true' : undefined })} aria-label={t('coverage.gaps')} /> {t('coverage.gaps')}
					</label>
				</Space>
				<Loaded query={query} rows={12}>
					{(coverage) => (mayPlan && asked.tab === 'plan' ? <Planner coverage={coverage} kind={kind} /> : map(coverage))}
				</Loaded>
			</Card>
		</>
	)
}
