// A card with a drawing, and the same as a table at a click: each mark and each number opens the list that it counts.
import { BarChartOutlined, TableOutlined } from '@ant-design/icons'
import { Button, Card, Empty, Skeleton, theme } from 'antd'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { useWords } from '../i18n'
import { heightOf, targetOf, type Look } from '../lib/chartOption'
import type { Figures, Mark } from '../lib/figures'
import { FONTS } from '../theme'
import type { Drawing } from './draw'
import { LAMPS } from './Lamp'

function useLook(): Look {
	const { token } = theme.useToken()
	const colours = { plain: token.colorPrimary, faint: token.colorTextQuaternary } as Look['colours']
	const style = getComputedStyle(document.documentElement)
	for (const lamp of LAMPS) colours[lamp] = style.getPropertyValue(`--lamp-${lamp}`).trim()
	return { colours, text: token.colorTextSecondary, line: token.colorBorderSecondary, font: FONTS }
}

function Drawn({ figures }: { figures: Figures }) {
	const [, go] = useLocation()
	const look = useLook()
	const place = useRef<HTMLDivElement>(null)
	const [drawing, setDrawing] = useState<Drawing>()
	const latest = useRef(figures)
	latest.current = figures
	useEffect(() => {
		let isGone = false
		let made: Drawing | undefined
		void import('./draw').then(({ draw }) => {
			if (isGone || !place.current) return
			made = draw(place.current, (series, name) => {
				const to = targetOf(latest.current, series, name)
				if (to) go(to)
			})
			setDrawing(made)
		})
		return () => {
			isGone = true
			made?.end()
		}
	}, [go])
	const shown = JSON.stringify([figures, look])
	useEffect(() => drawing?.show(latest.current, look), [drawing, shown])
	return (
		<>
			{!drawing && <Skeleton active title={false} />}
			<div ref={place} role="img" aria-label={figures.label} className="chart" style={{ height: heightOf(figures) }} />
		</>
	)
}

function Value({ mark, unit = '' }: { mark: Mark; unit?: string }) {
	const text = `${mark.value.toLocaleString()}${unit}`
	return mark.to ? <Link href={mark.to}>{text}</Link> : <>{text}</>
}

export function FigureTable({ figures }: { figures: Figures }) {
	return (
		<div className="sideways">
			<table className="figure-table">
				<caption className="unseen">{figures.label}</caption>
				<thead>
					<tr>
						<th scope="col">{figures.of}</th>
						{figures.series.map(({ name }) => (
							<th scope="col" key={name} className="is-number">
								{name}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{figures.names.map((name, row) => (
						<tr key={`${name.text} ${row}`}>
							<th scope="row">{name.to ? <Link href={name.to}>{name.text}</Link> : name.text}</th>
							{figures.series.map((series) => (
								<td key={series.name} className="is-number">
									{series.marks[row] && <Value mark={series.marks[row]} unit={figures.unit} />}
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	)
}

interface Props {
	title: ReactNode
	figures: Figures
	extra?: ReactNode
	empty: string
	note?: ReactNode
}

export function Chart({ title, figures, extra, empty, note }: Props) {
	const t = useWords()
	const [asTable, setAsTable] = useState(false)
	const change = (
		<Button size="small" className="no-print" icon={asTable ? <BarChartOutlined aria-hidden /> : <TableOutlined aria-hidden />} onClick={() => setAsTable(!asTable)}>
			{t(asTable ? 'chart.drawn' : 'chart.table')}
		</Button>
	)
	return (
		<Card
			title={title}
			extra={
				<span className="duty-head">
					{extra}
					{change}
				</span>
			}
		>
			{figures.names.length === 0 ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} /> : asTable ? <FigureTable figures={figures} /> : <Drawn figures={figures} />}
			{note && <p className="muted">{note}</p>}
		</Card>
	)
}
