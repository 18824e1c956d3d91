// The figures that a leader looks at before a meeting. Each opens the list that it counts.
import { useQuery } from '@tanstack/react-query'
import { Card, Empty, Segmented, Space, Table, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { Link } from 'wouter'
import { get, type Schema } from '../api/client'
import { useLanguage } from '../i18n'
import { printQuery, type Grasp, type MatterQuery } from '../lib/matterQuery'
import { LampMark, LAMPS } from '../parts/Lamp'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'

type Row = Schema['board_row']
type By = 'grasp' | 'unit' | 'commander'
const list = (query: MatterQuery) => `/matters${printQuery(query)}`

function Figure({ label, value, to, note }: { label: string; value: number; to?: string; note?: React.ReactNode }) {
	return (
		<div className="figure">
			<div className="muted">{label}</div>
			{to ? <Link href={to}>{value.toLocaleString()}</Link> : <span className="number">{value.toLocaleString()}</span>}
			{note && <div className="muted">{note}</div>}
		</div>
	)
}

/** The open ones by lamp, as a bar of which each piece opens its list. */
function Lamps({ figures, query }: { figures: Pick<Row, 'grey' | 'green' | 'yellow' | 'red' | 'blue'>; query: MatterQuery }) {
	const { t } = useLanguage()
	return (
		<span className="bar">
			{LAMPS.filter((colour) => figures[colour] > 0).map((colour) => (
				<Link key={colour} href={list({ ...query, lamp: colour, open: true })} className={`lamp-${colour}`} style={{ flex: figures[colour] }} aria-label={`${t(`lamp.${colour}`)} ${figures[colour]}`} title={`${t(`lamp.${colour}`)} ${figures[colour]}`} />
			))}
		</span>
	)
}

function Summary({ dashboard }: { dashboard: Schema['dashboard'] }) {
	const { t } = useLanguage()
	const { all, mine } = dashboard
	return (
		<Card>
			<div className="figures">
				<Figure label={t('cockpit.mine')} value={mine.open} to="/" note={`${t('cockpit.mine.overdue')} ${mine.overdue}`} />
				<Figure label={t('cockpit.running')} value={all.open} to={list({ open: true })} note={`${t('cockpit.overdue')} ${all.overdue}`} />
				{LAMPS.filter((colour) => colour !== 'blue').map((colour) => (
					<div className="figure" key={colour}>
						<div className={`lamp-${colour}`}>
							<LampMark colour={colour} /> {t(`lamp.${colour}`)}
						</div>
						<Link href={list({ lamp: colour, open: true })}>{all[colour].toLocaleString()}</Link>
					</div>
				))}
				<Figure label={t('cockpit.closed')} value={all.closed} />
				<Figure label={t('cockpit.late')} value={all.late} />
			</div>
		</Card>
	)
}

function useColumns(by: By): TableColumnsType<Row> {
	const { t } = useLanguage()
	const query = (row: Row): MatterQuery => (by === 'grasp' ? { grasp: row.code as Grasp } : by === 'unit' ? { unit: row.code } : { commander: row.code })
	const number = (key: 'open' | 'overdue' | 'closed' | 'late' | 'void', title: string) => ({ key, title, align: 'right' as const, width: 96, sorter: (a: Row, b: Row) => a[key] - b[key], render: (_: unknown, row: Row) => (key === 'open' ? <Link href={list({ ...query(row), open: true })}>{row.open}</Link> : row[key]) })
	return [
		{
			key: 'name',
			title: t(`cockpit.by.${by}`),
			render: (_, row) => (
				<>
					<Link href={list(query(row))}>{row.name}</Link>
					{row.holder_name && <span className="muted"> {row.holder_name}</span>}
				</>
			),
		},
		{ key: 'lamps', title: t('cockpit.lamps'), width: 260, render: (_, row) => <Lamps figures={row} query={query(row)} /> },
		number('open', t('cockpit.running')),
		number('overdue', t('cockpit.overdue')),
		number('closed', t('cockpit.closed')),
		number('late', t('cockpit.late')),
		number('void', t('cockpit.void')),
	]
}

function Board() {
	const { t, language } = useLanguage()
	const [by, setBy] = useState<By>('grasp')
	const columns = useColumns(by)
	const query = useQuery({ queryKey: ['board', by, language], queryFn: ({ signal }) => get('/api/v1/boards/{board}', { path: { board: by }, signal }) })
	return (
		<Card title={t('cockpit.by')} extra={<Segmented<By> value={by} onChange={setBy} options={(['grasp', 'unit', 'commander'] as const).map((each) => ({ value: each, label: t(`cockpit.by.${each}`) }))} />}>
			<Loaded query={query} isEmpty={({ rows }) => !rows?.length} empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('cockpit.none')} />}>
				{({ rows = [] }) => <Table<Row> rowKey="code" size="middle" columns={columns} dataSource={rows} scroll={{ x: 900 }} pagination={rows.length > 50 ? { pageSize: 50, showSizeChanger: false } : false} />}
			</Loaded>
		</Card>
	)
}

export default function Cockpit() {
	const { t, language } = useLanguage()
	const query = useQuery({ queryKey: ['dashboard', language], queryFn: ({ signal }) => get('/api/v1/dashboard', { signal }) })
	return (
		<>
			<PageHead title={t('cockpit.title')} />
			<Space orientation="vertical" size={16} style={{ width: '100%' }}>
				<Loaded query={query}>{(dashboard) => <Summary dashboard={dashboard} />}</Loaded>
				<Board />
			</Space>
		</>
	)
}
