// The list of matters: filtered, sorted and paged by the server, with all of it in the address.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Card, Empty, Grid, Space, Spin, Table } from 'antd'
import { useMemo, useState } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { get, type Schema } from '../api/client'
import { useLanguage } from '../i18n'
import { storeColumns, storedColumns, type ColumnName } from '../lib/columns'
import { printQuery, readQuery, type MatterQuery, type Sort } from '../lib/matterQuery'
import { Filters } from '../parts/Filters'
import { ImportLink } from '../parts/ImportLink'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { Bulk } from './matters/Bulk'
import { Cards } from './matters/Cards'
import { Export } from './matters/Export'
import { useColumns } from './matters/useColumns'
import { Views } from './matters/Views'

type Line = Schema['matter_line']
type Page = Schema['matter_page']

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
function List({ query, setQuery, shown }: { query: MatterQuery; setQuery: (query: MatterQuery) => void; shown: readonly ColumnName[] }) {
	const { language, t } = useLanguage()
	const wide = Grid.useBreakpoint().md ?? true
	const [cursors, setCursors] = useState<(string | undefined)[]>([undefined])
	const columns = useColumns(query.sort, shown)
	const [chosen, setChosen] = useState<number[]>([])
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
							rowSelection={{ selectedRowKeys: chosen, preserveSelectedRowKeys: true, onChange: (keys) => setChosen(keys.map(Number)), getCheckboxProps: ({ title }) => ({ 'aria-label': t('bulk.choose', { name: title }) }) as object }}
							scroll={{ x: 330 + shown.length * 110 }}
							locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('matters.none')} /> }}
							onChange={(_, __, sorter) => {
								const { columnKey, order } = Array.isArray(sorter) ? sorter[0]! : sorter
								setQuery({ ...query, sort: order ? ((order === 'ascend' ? columnKey : `-${String(columnKey)}`) as Sort) : undefined })
							}}
						/>
					) : (
						<Cards lines={page.matters} chosen={chosen} choose={setChosen} />
					)}
					<Bulk ids={chosen} clear={() => setChosen([])} />
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
	const [columns, setColumns] = useState(storedColumns)
	const query = useMemo(() => readQuery(new URLSearchParams(search)), [search])
	const setQuery = (next: MatterQuery) => go(`/matters${printQuery(next)}`, { replace: true })
	const show = (next: ColumnName[]) => {
		storeColumns(next)
		setColumns(next)
	}
	return (
		<>
			<PageHead title={t('matters.title')}>
				<Space wrap className="no-print">
					<Link href="/open">
						<Button type="primary">{t('open.submit')}</Button>
					</Link>
					<Views
						shown={{ query, columns }}
						setColumns={show}
						apply={(view) => {
							show([...view.columns])
							setQuery(view.query)
						}}
					/>
					<ImportLink kind={query.procedure && 'matters'} procedure={query.procedure} />
					<Export query={query} columns={columns} />
				</Space>
			</PageHead>
			<Card>
				<Filters query={query} setQuery={setQuery} />
				<List key={printQuery(query)} query={query} setQuery={setQuery} shown={columns} />
			</Card>
		</>
	)
}
