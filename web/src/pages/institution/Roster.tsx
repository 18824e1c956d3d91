// The roster in figures: who was moved in a period, and how old those are who head units, before and after a day.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { DatePicker, Select, Space } from 'antd'
import dayjs from 'dayjs'
import { get, type Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { ageFigures, moveFigures } from '../../lib/roster'
import { Chart } from '../../parts/Chart'
import { showDay } from '../../parts/format'
import { Loaded } from '../../parts/Loaded'
import { useAddress } from '../../parts/useAddress'

const NAMES = ['from', 'to', 'at', 'kind'] as const

function Ages({ ages }: { ages: Schema['roster']['ages'] }) {
	const { t } = useLanguage()
	const rows = [
		['heads', ({ heads }) => heads],
		['mean', ({ mean }) => mean],
		['median', ({ median }) => median],
		['years', ({ years }) => years],
	] as [string, (of: Schema['roster_ages']) => string | number | undefined][]
	return (
		<div className="figures">
			{rows.map(([name, of]) => (
				<div className="figure" key={name}>
					<div className="muted">{t(`roster.${name}` as 'roster.heads')}</div>
					<span className="number">{ages.map((each) => of(each) ?? '–').join(' → ')}</span>
				</div>
			))}
		</div>
	)
}

export function Roster() {
	const { t, language } = useLanguage()
	const [asked, change] = useAddress(NAMES)
	const query = useQuery({ queryKey: ['roster', asked, language], queryFn: ({ signal }) => get('/api/v1/roster', { query: asked, signal }), placeholderData: keepPreviousData })
	const day = (name: 'from' | 'to' | 'at') => <DatePicker allowClear aria-label={t(`roster.${name}`)} placeholder={t(`roster.${name}`)} value={asked[name] ? dayjs(asked[name]) : null} onChange={(picked) => change({ [name]: picked?.format('YYYY-MM-DD') })} />
	return (
		<>
			<Space wrap className="filters no-print">
				{day('from')}
				{day('to')}
				{day('at')}
				<Select allowClear style={{ width: 150 }} aria-label={t('institution.kind')} placeholder={t('institution.kind')} value={asked.kind} onChange={(kind?: string) => change({ kind })} options={(query.data?.kinds ?? []).map(({ kind, label }) => ({ value: kind, label }))} />
			</Space>
			<Loaded query={query} rows={10}>
				{({ moves, ages }) => {
					const moved = moves.filter((row) => row.moves)
					const total = moved.reduce((sum, { count }) => sum + count, 0)
					const kinds = [...new Set(moved.map(({ label }) => label))].map((label) => `${label} ${moved.filter((row) => row.label === label).reduce((sum, { count }) => sum + count, 0)}`)
					return (
						<Space orientation="vertical" size={16} style={{ width: '100%' }}>
							<strong>{ages.map(({ day }) => showDay(day, language)).join(' → ')}</strong>
							<Ages ages={ages} />
							<Chart title={t('roster.moves')} figures={moveFigures(moves, { label: t('roster.moves'), of: t('roster.month') })} empty={t('institution.none')} note={total > 0 && t('roster.sum', { n: total, kinds: kinds.join(language === 'zh' ? '，' : ', ') })} />
							<Chart title={t('roster.ages')} figures={ageFigures(ages, { label: t('roster.ages'), of: t('roster.band'), day: (of) => showDay(of, language) })} empty={t('institution.none')} note={t('roster.alone')} />
						</Space>
					)
				}}
			</Loaded>
		</>
	)
}
