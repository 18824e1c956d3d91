// The stream of what happens: what is shown and concerned by it is read again. While the page is hidden nothing is read, so that a
// forgotten window keeps no session alive; it is made up for when somebody looks again.
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { concerns, EVERYTHING, Heard, readTold, waitBefore } from '../lib/live'

export type Line = 'connecting' | 'open' | 'lost'
const GATHER_MS = 700
const LOST_MS = 4_000

function refresh(client: QueryClient, heard: Heard) {
	const objects = heard.take()
	if (objects.size === 0) return
	void client.invalidateQueries({ predicate: ({ queryKey }) => concerns(objects, queryKey), refetchType: document.hidden ? 'none' : 'active' })
}

/** Listens until it is ended; comes back by itself. */
function listen(client: QueryClient, told: (line: Line) => void): () => void {
	const heard = new Heard()
	let source: EventSource | undefined
	let tries = 0
	let isFirst = true
	let gathering: ReturnType<typeof setTimeout> | undefined
	let retrying: ReturnType<typeof setTimeout> | undefined
	let losing: ReturnType<typeof setTimeout> | undefined

	const hear = (object: string) => {
		heard.add(object)
		gathering ??= setTimeout(() => {
			gathering = undefined
			refresh(client, heard)
		}, GATHER_MS)
	}
	const opened = () => {
		clearTimeout(losing)
		losing = undefined
		// A line that was made anew doesn't say what was missed.
		if (!isFirst) hear(EVERYTHING)
		isFirst = false
		tries = 0
		told('open')
	}
	const connect = () => {
		source = new EventSource('/api/v1/stream')
		source.addEventListener('hello', opened)
		source.addEventListener('reset', () => {
			opened()
			hear(EVERYTHING)
		})
		source.addEventListener('message', ({ data }: MessageEvent<string>) => {
			const message = readTold(data)
			if (message) hear(message.object)
		})
		source.addEventListener('error', () => {
			losing ??= setTimeout(() => told('lost'), LOST_MS)
			if (source?.readyState !== EventSource.CLOSED) return // the browser tries again
			void client.invalidateQueries({ queryKey: ['me'] }) // is anybody still signed in?
			retrying = setTimeout(connect, waitBefore(tries++))
		})
	}
	const shown = () => {
		if (!document.hidden) refresh(client, heard)
	}
	connect()
	document.addEventListener('visibilitychange', shown)
	return () => {
		source?.close()
		for (const timer of [gathering, retrying, losing]) clearTimeout(timer)
		document.removeEventListener('visibilitychange', shown)
	}
}

export function useLive(isWanted: boolean): Line {
	const client = useQueryClient()
	const [line, setLine] = useState<Line>('connecting')
	useEffect(() => (isWanted ? listen(client, setLine) : undefined), [client, isWanted])
	return line
}
