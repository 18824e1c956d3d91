// The list of matters: filtered, sorted and paged by the server, with all of it in the address.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Card, Empty, Grid, Progress, Space, Spin, Table, type TableColumnsType } from 'antd'
import { useMemo, useState } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { get, type Schema } from '../api/client'
import { useLanguage } from '../i18n'
import { printQuery, readQuery, type MatterQuery, type Sort } from '../lib/matterQuery'
import { Filters } from '../parts/Filters'
import { Lamp } from '../parts/Lamp'
import { showDay } from '../parts/format'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'

type Line = Schema['matter_line']
type Page = Schema['matter_page']

function useColumns(sort: Sort | undefined): TableColumnsType<Line> {
	const { t, language } = useLanguage()
	const order = (name: 'due' | 'number') => (sort === name ? ('ascend' as const) : sort === `-${name}` ? ('descend' as const) : null)
	return [
		{ key: 'lamp', title: t('matters.lamp'), width: 88, render: (_, { lamp }) => <Lamp colour={lamp} /> },
		{
			key: 'number',
			title: t('matters.number'),
			width: 150,
			sorter: true,
			sortOrder: order('number'),
			render: (_, { number }) => <span className="nowrap">{number}</span>,
		},
		{ key: 'title', title: t('matters.name'), render: (_, { id, title }) => <Link href={`/matters/${id}`}>{title}</Link> },
		{ key: 'procedure', title: t('matters.procedure'), width: 140, dataIndex: 'procedure_title' },
		{ key: 'state', title: t('matters.state'), width: 100, dataIndex: 'state_label' },
		{ key: 'unit', title: t('matters.unit'), width: 150, dataIndex: 'unit_name' },
		{ key: 'commander', title: t('matters.commander'), width: 160, dataIndex: 'commander_name', responsive: ['xxl'] },
		{ key: 'due', title: t('matters.due'), width: 136, sorter: true, sortOrder: order('due'), render: (_, { due_day }) => <span className="nowrap">{showDay(due_day, language)}</span> },
		{ key: 'progress', title: t('matters.progress'), width: 104, responsive: ['xxl'], render: (_, { progress }) => progress !== undefined && <Progress percent={progress} size="small" aria-label={t('matters.progress')} /> },
	]
}

function Cards({ lines }: { lines: Line[] }) {
	const { t, language } = useLanguage()
	if (lines.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('matters.none')} />
	return (
		<ul className="rows">
			{lines.map((line) => (
				<li key={line.id}>
					<Space size={10} wrap>
						<Lamp colour={line.lamp} />
						<span className="muted">{line.number}</span>
						<span className="muted">{line.state_label}</span>
					</Space>
					<div>
						<Link href={`/matters/${line.id}`}>{line.title}</Link>
					</div>
					<div className="muted">
						{[line.unit_name, line.due_day && t('duty.due', { day: showDay(line.due_day, language) })].filter(Boolean).join(' · ')}
					</div>
				</li>
			))}
		</ul>
	)
}

function Pager({ page, at, move, busy }: { page: Page; at: number; move: (by: 1 | -1) => void; busy: boolean }) {
	const { t } = useLanguage()
	const total = page.total === undefined ? '' : t(page.more ? 'matters.total.more' : 'matters.total', { n: page.total.toLocaleString() })
	return (
		<div className="pager no-print">
			<span className="muted">{total}</span>
			<Space>
				<Button disabled={at === 0 || busy} onClick={() => move(-1)}>
					{t('matters.previous')}
				</Button>
				<span className="muted">{t('matters.page', { n: at + 1 })}</span>
				<Button disabled={!page.cursor || busy} onClick={() => move(1)}>
					{t('matters.next')}
				</Button>
			</Space>
		</div>
	)
}

/** One query, page by page; a new query begins at its first page. */
function List({ query, setQuery }: { query: MatterQuery; setQuery: (query: MatterQuery) => void }) {
	const { language, t } = useLanguage()
	const wide = Grid.useBreakpoint().md ?? true
	const [cursors, setCursors] = useState<(string | undefined)[]>([undefined])
	const columns = useColumns(query.sort)
	const pages = useQuery({
		queryKey: ['matters', query, cursors.at(-1), language],
		queryFn: ({ signal }) => get('/api/v1/matters', { query: { ...query, limit: 50, cursor: cursors.at(-1), count: true }, signal }),
		placeholderData: keepPreviousData,
	})
	const move = (page: Page, by: 1 | -1) => {
		setCursors(by > 0 ? [...cursors, page.cursor] : cursors.slice(0, -1))
		scrollTo(0, 0)
	}
	return (
		<Loaded query={pages} rows={10}>
			{(page) => (
				<Spin spinning={pages.isPlaceholderData}>
					{wide ? (
						<Table<Line>
							rowKey="id"
							size="middle"
							columns={columns}
							dataSource={page.matters}
							pagination={false}
							scroll={{ x: 1000 }}
							locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('matters.none')} /> }}
							onChange={(_, __, sorter) => {
								const { columnKey, order } = Array.isArray(sorter) ? sorter[0]! : sorter
								setQuery({ ...query, sort: order ? ((order === 'ascend' ? columnKey : `-${String(columnKey)}`) as Sort) : undefined })
							}}
						/>
					) : (
						<Cards lines={page.matters} />
					)}
					<Pager page={page} at={cursors.length - 1} move={(by) => move(page, by)} busy={pages.isPlaceholderData} />
				</Spin>
			)}
		</Loaded>
	)
}

export default function Matters() {
	const { t } = useLanguage()
	const search = useSearch()
	const [, go] = useLocation()
	const query = useMemo(() => readQuery(new URLSearchParams(search)), [search])
	const setQuery = (next: MatterQuery) => go(`/matters${printQuery(next)}`, { replace: true })
	return (
		<>
			<PageHead title={t('matters.title')}>
				<Link href="/open" className="no-print">
					<Button type="primary">{t('open.submit')}</Button>
				</Link>
			</PageHead>
			<Card>
				<Filters query={query} setQuery={setQuery} />
				<List key={printQuery(query)} query={query} setQuery={setQuery} />
			</Card>
		</>
	)
}
