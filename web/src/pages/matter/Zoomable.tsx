// A drawing that may be larger than its place: it scrolls, it zooms, and the present state is in view at first.
import { ZoomInOutlined, ZoomOutOutlined } from '@ant-design/icons'
import { Button, Space } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useWords } from '../../i18n'
import { readDrawing, zoomBy } from '../../lib/drawing'

export function Zoomable({ svg, alt }: { svg: string; alt: string }) {
	const t = useWords()
	const box = useRef<HTMLDivElement>(null)
	const [zoom, setZoom] = useState(1)
	const { width, height, present } = useMemo(() => readDrawing(svg), [svg])
	useEffect(() => {
		if (present) box.current?.scrollTo(present.x * zoom - box.current.clientWidth / 3, present.y * zoom - box.current.clientHeight / 3)
	}, [present, zoom])
	return (
		<>
			<Space size={4} className="zoom no-print">
				<Button size="small" icon={<ZoomOutOutlined aria-hidden />} aria-label={t('diagram.smaller')} disabled={zoomBy(zoom, -1) === zoom} onClick={() => setZoom(zoomBy(zoom, -1))} />
				<Button size="small" icon={<ZoomInOutlined aria-hidden />} aria-label={t('diagram.larger')} disabled={zoomBy(zoom, 1) === zoom} onClick={() => setZoom(zoomBy(zoom, 1))} />
				<Button size="small" onClick={() => setZoom((box.current?.clientWidth ?? width) / (width + 16))}>
					{t('diagram.whole')}
				</Button>
			</Space>
			<div className="diagram" ref={box} tabIndex={0} role="group" aria-label={t('matter.diagram')}>
				<img src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`} width={Math.round(width * zoom)} height={Math.round(height * zoom)} alt={alt} />
			</div>
		</>
	)
}
