// What of a history is wanted. It is read from its beginning, page by page.
import { get, type Schema } from '../api/client'

export async function eventsWhere(matter: number, isWanted: (event: Schema['event']) => boolean, signal: AbortSignal): Promise<Schema['event'][]> {
	const found: Schema['event'][] = []
	let cursor: string | undefined
	do {
		const page: Schema['history'] = await get('/api/v1/matters/{matter}/history', { path: { matter }, query: { limit: 200, cursor }, signal })
		found.push(...page.events.filter(isWanted))
		cursor = page.cursor
	} while (cursor)
	return found
}
