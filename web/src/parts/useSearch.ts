// Searching on the server while somebody types.
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLanguage } from '../i18n'

function useSettled(text: string, ms: number): string {
	const [settled, setSettled] = useState(text)
	useEffect(() => {
		const timer = setTimeout(() => setSettled(text), ms)
		return () => clearTimeout(timer)
	}, [text, ms])
	return settled
}

/** What is found for the words that stand there now: nothing while it isn't known, never what was found for others, which whoever types
 * and is quick with Enter would choose. */
export function useSearch<T>(kind: string, typed: string, find: (q: string | undefined, signal: AbortSignal) => Promise<T[]>): { found: T[]; isSearching: boolean } {
	const { language } = useLanguage()
	const wanted = typed.trim()
	const q = useSettled(wanted, 250)
	const query = useQuery({ queryKey: ['find', kind, q, language], queryFn: ({ signal }) => find(q || undefined, signal) })
	const isSearching = wanted !== q || query.isFetching
	return { found: wanted === q ? (query.data ?? []) : [], isSearching }
}
