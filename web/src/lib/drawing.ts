// What the page must know of a drawing of the server's: how large it is, and where the present state stands in it.
export interface Drawn {
	width: number
	height: number
	/** null: none is marked. */
	present: { x: number; y: number } | null
}

export function readDrawing(svg: string): Drawn {
	const [, width = '0', height = '0'] = /<svg[^>]* width="(\d+)" height="(\d+)"/.exec(svg) ?? []
	const badge = /class="badge-text" x="(-?\d+)" y="(-?\d+)"/.exec(svg)
	return { width: Number(width), height: Number(height), present: badge ? { x: Number(badge[1]), y: Number(badge[2]) } : null }
}

export const ZOOMS = [0.5, 0.75, 1, 1.5, 2] as const

/** The next step from here; the same when there is none. */
export function zoomBy(zoom: number, by: 1 | -1): number {
	const next = by > 0 ? ZOOMS.find((each) => each > zoom) : [...ZOOMS].reverse().find((each) => each < zoom)
	return next ?? zoom
}
