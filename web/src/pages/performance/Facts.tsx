// What is behind the points of a unit: each duty and matter that counts, for or against, with the event that tells it.
import { useQuery } from '@tanstack/react-query'
import { Card, Select, Space, Tag } from 'antd'
import { Link } from 'wouter'
import { get, type Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { partOf, pointsOf } from '../../lib/performance'
import { showDay } from '../../parts/format'
import { Loaded } from '../../parts/Loaded'
import { PageHead } from '../../parts/page'
import { Rows, type Column } from '../../parts/Rows'
import { useAddress } from '../../parts/useAddress'
import { usePages } from '../../parts/usePages'
import { Verify } from '../../parts/Verify'

type Fact = Schema['performance_fact']
const NAMES = ['from', 'to', 'item'] as const

export default function Facts({ code }: { code: string }) {
	const { t, language } = useLanguage()
	const [{ from, to, item }, change] = useAddress(NAMES)
	const ranking = useQuery({ queryKey: ['performance', from, to, language], queryFn: ({ signal }) => get('/api/v1/performance', { query: { from, to }, signal }), staleTime: 60_000, refetchOnWindowFocus: false })
	const { query, more } = usePages(['performance', 'facts', code, from, to, item], (cursor, signal) => get('/api/v1/performance/units/{unit}', { path: { unit: code }, query: { from, to, item, cursor }, signal }), (page) => page.facts)
	const unit = ranking.data?.units.find((each) => each.code === code)
	const items = ranking.data?.formula.items ?? []
	const labelOf = (name: string) => items.find((each) => each.name === name)?.label ?? name
	const columns: Column<Fact>[] = [
		{
			key: 'what',
			title: t('performance.fact'),
			render: (fact) => (
				<>
					<Link href={`/matters/${fact.matter}`}>{fact.title}</Link>
					<div>{fact.duty ?? (fact.end && t(`performance.end.${fact.end}`))}</div>
					<div className="muted">{fact.number}</div>
				</>
			),
		},
		{ key: 'item', title: t('performance.item'), render: (fact) => labelOf(fact.item) },
		{ key: 'counts', title: t('performance.counts'), isShort: true, render: ({ counts }) => <Tag color={counts === 'for' ? 'green' : 'red'}>{t(`performance.${counts}`)}</Tag> },
		{ key: 'day', title: t('performance.day'), isShort: true, render: ({ day }) => showDay(day, language) },
		{
			key: 'event',
			title: t('performance.event'),
			render: ({ event }) =>
				event !== undefined && (
					<span className="event-proof">
						<span className="muted">{t('matter.event.number', { n: event })}</span> <Verify index={event} />
					</span>
				),
		},
	]
	return (
		<>
			<PageHead title={unit?.name ?? t('nav.performance')}>
				<span className="muted grow">{unit && t('performance.stands', { points: pointsOf(unit.points), rank: unit.rank, peers: unit.peers })}</span>
				<Link href={`/performance${from || to ? `?${new URLSearchParams({ ...(from && { from }), ...(to && { to }) }).toString()}` : ''}`}>{t('performance.back')}</Link>
			</PageHead>
			<Space orientation="vertical" size={16} style={{ width: '100%' }}>
				{unit && (
					<Card title={t('performance.parts')}>
						<Rows label={t('performance.parts')} rows={items.map((each, place) => ({ ...each, part: unit.parts[place] }))} keyOf={({ name }) => name} empty={t('performance.none')} columns={[{ key: 'label', title: t('performance.item'), render: ({ label }) => label }, { key: 'points', title: t('performance.points'), isShort: true, render: ({ part }) => part && (part.empty ? t('performance.empty') : partOf(part)) }]} />
					</Card>
				)}
				<Card title={t('performance.facts')}>
					<Space wrap className="filters no-print">
						<Select allowClear style={{ width: 260, maxWidth: '100%' }} aria-label={t('performance.item')} placeholder={t('performance.item')} value={item} onChange={(next?: string) => change({ item: next })} options={items.map(({ name, label }) => ({ value: name, label }))} />
					</Space>
					<Loaded query={query}>{(rows) => <Rows label={t('performance.facts')} rows={rows} columns={columns} keyOf={({ item: of, matter, duty, day }) => `${of} ${matter} ${duty ?? ''} ${day ?? ''}`} empty={t('performance.none')} more={more} />}</Loaded>
				</Card>
			</Space>
		</>
	)
}
