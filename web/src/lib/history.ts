// What of a history is wanted, read page by page.
import { get, type Schema } from '../api/client'

/** From its beginning, or the newest first; no page more is asked for once one was the last that is looked at. */
export async function eventsWhere(matter: number, isWanted: (event: Schema['event']) => boolean, signal: AbortSignal, more: { newest?: boolean; last?: (event: Schema['event']) => boolean } = {}): Promise<Schema['event'][]> {
	const found: Schema['event'][] = []
	let cursor: string | undefined
	do {
		const page: Schema['history'] = await get('/api/v1/matters/{matter}/history', { path: { matter }, query: { limit: 200, sort: more.newest ? '-event' : undefined, cursor }, signal })
		found.push(...page.events.filter(isWanted))
		cursor = more.last && page.events.some(more.last) ? undefined : page.cursor
	} while (cursor)
	return found
}
