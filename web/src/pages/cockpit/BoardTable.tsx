// A board as a table: by grasp, unit or commander, each number with its list.
import { useQuery } from '@tanstack/react-query'
import { Card, Empty, Segmented, Table, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { Link } from 'wouter'
import { get, type Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { matterList as list } from '../../lib/figures'
import type { Grasp, MatterQuery } from '../../lib/matterQuery'
import { LAMPS } from '../../parts/Lamp'
import { Loaded } from '../../parts/Loaded'

type Row = Schema['board_row']
export type By = 'grasp' | 'unit' | 'commander'

export function useBoard(by: By) {
	const { language } = useLanguage()
	return useQuery({ queryKey: ['board', by, language], queryFn: ({ signal }) => get('/api/v1/boards/{board}', { path: { board: by }, signal }) })
}

export const rowQuery = (by: By, { code }: Pick<Row, 'code'>): MatterQuery => (by === 'grasp' ? { grasp: code as Grasp } : by === 'unit' ? { unit: code } : { commander: code })

/** The open ones by lamp, as a bar of which each piece opens its list. */
export function Lamps({ figures, query }: { figures: Pick<Row, 'grey' | 'green' | 'yellow' | 'red' | 'blue'>; query: MatterQuery }) {
	const { t } = useLanguage()
	return (
		<span className="bar">
			{LAMPS.filter((colour) => figures[colour] > 0).map((colour) => (
				<Link key={colour} href={list({ ...query, lamp: colour, open: true })} className={`lamp-${colour}`} style={{ flex: figures[colour] }} aria-label={`${t(`lamp.${colour}`)} ${figures[colour]}`} title={`${t(`lamp.${colour}`)} ${figures[colour]}`} />
			))}
		</span>
	)
}

function useColumns(by: By): TableColumnsType<Row> {
	const { t } = useLanguage()
	const query = (row: Row) => rowQuery(by, row)
	const number = (key: 'open' | 'overdue' | 'closed' | 'late' | 'void', title: string) => ({
		key,
		title,
		align: 'right' as const,
		width: 96,
		sorter: (a: Row, b: Row) => a[key] - b[key],
		render: (_: unknown, row: Row) => (row[key] > 0 ? <Link href={list({ ...query(row), standing: key })}>{row[key]}</Link> : 0),
	})
	return [
		{
			key: 'name',
			title: t(`cockpit.by.${by}`),
			render: (_, row) => (
				<>
					<Link href={list(query(row))}>{row.name}</Link>
					{row.holder_name && <span className="muted"> {row.holder_name}</span>}
					{by === 'commander' && (
						<Link className="after" href={`/commanders/${encodeURIComponent(row.code)}`}>
							{t('nav.commanders')}
						</Link>
					)}
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

function BoardRows({ by }: { by: By }) {
	const { t } = useLanguage()
	const columns = useColumns(by)
	const query = useBoard(by)
	return (
		<Loaded query={query} isEmpty={({ rows }) => !rows?.length} empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('cockpit.none')} />}>
			{({ rows = [] }) => <Table<Row> rowKey="code" size="middle" columns={columns} dataSource={rows} scroll={{ x: 900 }} pagination={rows.length > 50 ? { pageSize: 50, showSizeChanger: false } : false} />}
		</Loaded>
	)
}

export function BoardTable() {
	const { t } = useLanguage()
	const [by, setBy] = useState<By>('grasp')
	return (
		<Card title={t('cockpit.by')} extra={<Segmented<By> value={by} onChange={setBy} options={(['grasp', 'unit', 'commander'] as const).map((each) => ({ value: each, label: t(`cockpit.by.${each}`) }))} />}>
			<BoardRows by={by} />
		</Card>
	)
}

export function CommanderTable() {
	return (
		<Card>
			<BoardRows by="commander" />
		</Card>
	)
}
