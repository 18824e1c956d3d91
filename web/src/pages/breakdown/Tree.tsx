// A branch of the tree: its line with lamp, progress and time, and its parts when it is opened.
import { CaretDownOutlined, CaretRightOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Progress } from 'antd'
import { createContext, useContext, useState } from 'react'
import { Link } from 'wouter'
import { get, type Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { matterList } from '../../lib/figures'
import { barOf, dayNumber, placeOf, ticksOf, type Scale } from '../../lib/gantt'
import { useProcedures } from '../../parts/Filters'
import { showDay } from '../../parts/format'
import { Lamp } from '../../parts/Lamp'
import { Loaded } from '../../parts/Loaded'

type Line = Schema['matter_line']
const TimeContext = createContext<{ scale: Scale; today: string } | null>(null)
export const TimeScale = TimeContext.Provider

function useTime() {
	const time = useContext(TimeContext)
	if (!time) throw new Error('no scale')
	return time
}

export function Months() {
	const { scale } = useTime()
	return (
		<span className="time">
			{ticksOf(scale).map(({ year, month, left }) => (
				<span key={`${year} ${month}`} className="time-tick" style={{ left: `${left}%` }}>
					{month === 1 ? year : month}
				</span>
			))}
		</span>
	)
}

function Time({ line }: { line: Line }) {
	const { t, language } = useLanguage()
	const { scale, today } = useTime()
	const bar = barOf(line, today, scale)
	const said = [t('breakdown.opened', { day: showDay(line.opened, language) }), line.ended ? t('breakdown.ended', { day: showDay(line.ended, language) }) : line.due_day && t('duty.due', { day: showDay(line.due_day, language) })].filter(Boolean).join(' · ')
	return (
		<span className="time" role="img" aria-label={said} title={said}>
			<span className="time-today" style={{ left: `${placeOf(dayNumber(today), scale)}%` }} />
			<span className={`time-bar lamp-${line.lamp}`} style={{ left: `${bar.left}%`, width: `${bar.width}%` }} />
			{bar.due !== undefined && <span className={`time-due lamp-${line.lamp}`} style={{ left: `${bar.due}%` }} />}
		</span>
	)
}

function Parts({ of, depth }: { of: Line; depth: number }) {
	const { t, language } = useLanguage()
	const query = useQuery({ queryKey: ['children', of.id, language], queryFn: ({ signal }) => get('/api/v1/matters/{matter}/children', { path: { matter: of.id }, query: { limit: 200 }, signal }) })
	return (
		<Loaded query={query} rows={2} isEmpty={({ matters }) => matters.length === 0} empty={<p className="muted tree-none">{t('breakdown.none')}</p>}>
			{({ matters, cursor }) => (
				<ul className="tree-list">
					{matters.map((line) => (
						<Branch key={line.id} line={line} depth={depth} />
					))}
					{cursor && (
						<li>
							<Link href={matterList({ parent: of.id })}>{t('matter.parts.all')}</Link>
						</li>
					)}
				</ul>
			)}
		</Loaded>
	)
}

interface Props {
	line: Line
	depth: number
	isOpen?: boolean
	/** Parts at any height, where they were counted. */
	parts?: number
}

export function Branch({ line, depth, isOpen = false, parts }: Props) {
	const { t } = useLanguage()
	const [open, setOpen] = useState(isOpen)
	const procedure = useProcedures().data?.procedures.find(({ name }) => name === line.procedure)
	const canHaveParts = procedure?.parts_of !== undefined
	return (
		<li>
			<div className="tree-row">
				<span className="tree-name" style={{ paddingInlineStart: depth * 20 }}>
					{canHaveParts ? <Button type="text" size="small" aria-expanded={open} aria-label={t('breakdown.parts', { name: line.title })} icon={open ? <CaretDownOutlined aria-hidden /> : <CaretRightOutlined aria-hidden />} onClick={() => setOpen(!open)} /> : <span className="tree-leaf" />}
					<span>
						<Link href={`/matters/${line.id}`}>{line.title}</Link> {parts !== undefined && <span className="muted nowrap">{t('breakdown.count', { n: parts })}</span>}
						<span className="tree-facts muted">
							<Lamp colour={line.lamp} /> {line.state_label}
							{canHaveParts && !line.ended && (
								<Link className="no-print" href={`/matters/${line.id}/open`}>
									{t('breakdown.split')}
								</Link>
							)}
						</span>
					</span>
				</span>
				<span className="muted">{line.unit_name}</span>
				<span>{line.progress !== undefined && <Progress percent={line.progress} size="small" aria-label={t('matters.progress')} />}</span>
				<Time line={line} />
			</div>
			{open && <Parts of={line} depth={depth + 1} />}
		</li>
	)
}
