// From figures to what the drawing library takes. Bars lie, so that names of units are read without turning the head; colours also
// differ by pattern.
import type { Figures, Series } from './figures'

export interface Look {
	colours: Record<Series['colour'], string>
	text: string
	line: string
	font: string
}

const ROW = 30
/** Lines differ by their marks too. */
const SYMBOLS = ['circle', 'rect', 'diamond', 'triangle']
/** Height that the drawing needs, in pixels. */
export const heightOf = ({ shape, names }: Figures) => (shape === 'line' ? 260 : Math.max(120, names.length * ROW + 72))

export function optionOf(figures: Figures, look: Look) {
	const isLine = figures.shape === 'line'
	const text = { color: look.text, fontFamily: look.font, fontSize: 13 }
	const names = { type: 'category' as const, data: figures.names.map((name) => name.text), inverse: !isLine, axisLabel: { ...text, width: 170, overflow: 'truncate' as const }, axisLine: { lineStyle: { color: look.line } }, axisTick: { show: false } }
	const values = { type: 'value' as const, minInterval: 1, max: figures.unit === '%' ? 100 : undefined, axisLabel: { ...text, formatter: `{value}${figures.unit ?? ''}` }, splitLine: { lineStyle: { color: look.line } } }
	return {
		animation: false,
		textStyle: text,
		aria: { enabled: true, label: { enabled: false }, decal: { show: !isLine } },
		// Where they have no room they turn as pages: in a second line they would lie on the axis.
		legend: { type: 'scroll' as const, bottom: 0, textStyle: text, itemWidth: 18, itemHeight: 12, show: figures.series.length > 1 },
		grid: { left: 8, right: 24, top: 12, bottom: figures.series.length > 1 ? 34 : 8, containLabel: true },
		// Its other way of drawing writes styles into HTML, which the policy refuses.
		tooltip: { trigger: 'axis' as const, axisPointer: { type: isLine ? ('line' as const) : ('shadow' as const) }, renderMode: 'richText' as const, confine: true },
		xAxis: isLine ? names : values,
		yAxis: isLine ? values : names,
		series: figures.series.map((series, place) => ({
			name: series.name,
			type: isLine ? ('line' as const) : ('bar' as const),
			stack: figures.shape === 'stacked' ? 'all' : undefined,
			data: series.marks.map(({ value }) => value),
			itemStyle: { color: look.colours[series.colour] },
			lineStyle: { width: 2 },
			symbol: SYMBOLS[place % SYMBOLS.length],
			symbolSize: 10,
			barMaxWidth: 18,
			cursor: 'pointer',
		})),
	}
}

/** The list that a mark opens, by its place in the drawing. */
export const targetOf = (figures: Figures, series: number, name: number): string | undefined => figures.series[series]?.marks[name]?.to
