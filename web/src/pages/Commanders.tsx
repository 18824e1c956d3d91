// The board of who commands what: all leaders, or one with tasks, towns and visits, from which to instruct and urge.
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, Select, Space } from 'antd'
import { Fragment, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { get, type Schema } from '../api/client'
import { useLanguage } from '../i18n'
import type { Act } from '../lib/act'
import { heapsOf, unitsOf, type Heap } from '../lib/commander'
import { lampFigures, matterList, mostPressing } from '../lib/figures'
import { Chart } from '../parts/Chart'
import { showDay } from '../parts/format'
import { Lamp, LampMark, LAMPS } from '../parts/Lamp'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { Figure } from './cockpit/Summary'
import { CommanderTable, useBoard } from './cockpit/BoardTable'
import { ActDrawer } from './matter/act/ActDrawer'

type Line = Schema['matter_line']
type Row = Schema['board_row']
type Say = (line: Line, act: Act) => void
const MOST = 200

function Item({ line, say }: { line: Line; say: Say }) {
	const { t, language } = useLanguage()
	return (
		<li className="board-item">
			<Lamp colour={line.lamp} />
			<div className="board-item-text">
				<Link href={`/matters/${line.id}`}>{line.title}</Link>
				<div className="muted whole-parts">
					{[line.number, line.unit_name, line.state_label, line.due_day && t('duty.due', { day: showDay(line.due_day, language) })].filter(Boolean).map((part, place) => (
						<Fragment key={place}>
							{place > 0 && ' · '}
							<span>{part}</span>
						</Fragment>
					))}
				</div>
			</div>
			<Space className="no-print">
				<Button size="small" onClick={() => say(line, { kind: 'instruct' })}>
					{t('act.instruct')}
				</Button>
				<Button size="small" onClick={() => say(line, { kind: 'urge' })}>
					{t('act.urge')}
				</Button>
			</Space>
		</li>
	)
}

function HeapCard({ heap, post, say }: { heap: Heap; post: string; say: Say }) {
	const { t } = useLanguage()
	return (
		<Card title={`${heap.title} ${heap.lines.length}`} extra={<Link href={matterList({ commander: post, procedure: heap.procedure, open: true })}>{t('matter.parts.all')}</Link>}>
			<ul className="rows tight">
				{heap.lines.map((line) => (
					<Item key={line.id} line={line} say={say} />
				))}
			</ul>
		</Card>
	)
}

function Figures({ row }: { row: Row }) {
	const { t } = useLanguage()
	const query = { commander: row.code, open: true }
	return (
		<Card>
			<div className="figures">
				<Figure label={t('cockpit.running')} value={row.open} to={matterList(query)} note={<Link href={matterList({ commander: row.code, standing: 'overdue', sort: 'due' })}>{`${t('cockpit.overdue')} ${row.overdue}`}</Link>} />
				{LAMPS.filter((colour) => colour !== 'blue').map((colour) => (
					<div className="figure" key={colour}>
						<div className={`lamp-${colour}`}>
							<LampMark colour={colour} /> {t(`lamp.${colour}`)}
						</div>
						<Link href={matterList({ ...query, lamp: colour })}>{row[colour].toLocaleString()}</Link>
					</div>
				))}
				<Figure label={t('cockpit.closed')} value={row.closed} to={matterList({ commander: row.code, standing: 'closed' })} />
				<Figure label={t('cockpit.late')} value={row.late} to={matterList({ commander: row.code, standing: 'late' })} />
			</div>
		</Card>
	)
}

function Board({ row }: { row: Row }) {
	const { t, language } = useLanguage()
	const [saying, setSaying] = useState<{ matter: number; act: Act | null }>()
	const wanted = { commander: row.code, open: true, sort: 'due' as const }
	const query = useQuery({ queryKey: ['matters', wanted, language], queryFn: ({ signal }) => get('/api/v1/matters', { query: { ...wanted, limit: MOST }, signal }) })
	const say: Say = (line, act) => setSaying({ matter: line.id, act })
	return (
		<Space orientation="vertical" size={16} style={{ width: '100%' }}>
			<Figures row={row} />
			<Loaded query={query} rows={10} isEmpty={({ matters }) => matters.length === 0} empty={<Card>{t('commanders.none')}</Card>}>
				{({ matters, cursor }) => {
					const units = mostPressing(unitsOf(matters), 20)
					const title = t('commanders.units')
					return (
						<>
							{cursor && <Alert type="info" showIcon style={{ marginBottom: 16 }} title={t('commanders.first', { n: MOST })} action={<Link href={matterList(wanted)}>{t('matter.parts.all')}</Link>} />}
							<div className="boards">
								<Space orientation="vertical" size={16} style={{ width: '100%' }}>
									{heapsOf(matters).map((heap) => (
										<HeapCard key={heap.procedure} heap={heap} post={row.code} say={say} />
									))}
								</Space>
								<Chart title={title} empty={t('cockpit.none')} figures={lampFigures(units, { label: title, of: t('cockpit.by.unit'), lamp: (colour) => t(`lamp.${colour}`) }, ({ code }) => ({ commander: row.code, unit: code }))} />
							</div>
						</>
					)
				}}
			</Loaded>
			{saying && <ActDrawer matter={saying.matter} act={saying.act} close={() => setSaying(undefined)} choose={(act) => setSaying({ ...saying, act })} />}
		</Space>
	)
}

/** Without a post: all who command something. */
export default function Commanders({ post }: { post?: string }) {
	const { t } = useLanguage()
	const [, go] = useLocation()
	const query = useBoard('commander')
	const row = query.data?.rows?.find(({ code }) => code === post)
	return (
		<>
			<PageHead title={row ? t('commanders.of', { name: row.holder_name ?? t('matter.vacant') }) : t('nav.commanders')}>
				<span className="muted">{row?.name ?? t('commanders.why')}</span>
				<Select
					className="no-print"
					style={{ width: 300, maxWidth: '100%' }}
					allowClear
					showSearch={{ optionFilterProp: 'label' }}
					aria-label={t('commanders.choose')}
					placeholder={t('commanders.choose')}
					value={row?.code}
					onChange={(code?: string) => go(code ? `/commanders/${encodeURIComponent(code)}` : '/commanders')}
					options={query.data?.rows?.map(({ code, name, holder_name }) => ({ value: code, label: `${holder_name ?? t('matter.vacant')} · ${name}` }))}
				/>
			</PageHead>
			<Loaded query={query} rows={10} isEmpty={({ rows }) => !rows?.length || (post !== undefined && !row)} empty={t(post ? 'commanders.none' : 'cockpit.none')}>
				{() => (row ? <Board key={row.code} row={row} /> : <CommanderTable />)}
			</Loaded>
		</>
	)
}
