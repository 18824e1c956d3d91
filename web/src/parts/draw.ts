// The part of the drawing library that is used. It is loaded when the first chart is shown.
import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { optionOf, type Look } from '../lib/chartOption'
import type { Figures } from '../lib/figures'

use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer])

export interface Drawing {
	show: (figures: Figures, look: Look) => void
	end: () => void
}

/** Draws into `element`, and follows its width. */
export function draw(element: HTMLElement, opened: (series: number, name: number) => void): Drawing {
	const chart = init(element)
	chart.on('click', ({ seriesIndex, dataIndex }) => opened(seriesIndex ?? 0, dataIndex))
	const watcher = new ResizeObserver(() => chart.resize())
	watcher.observe(element)
	return {
		show: (figures, look) => chart.setOption(optionOf(figures, look), { notMerge: true }),
		end: () => {
			watcher.disconnect()
			chart.dispose()
		},
	}
}
