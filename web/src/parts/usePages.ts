// A list that the server gives page by page, as one.
import { useInfiniteQuery } from '@tanstack/react-query'
import { useLanguage } from '../i18n'

export function usePages<P extends { cursor?: string }, T>(key: readonly unknown[], fetch: (cursor: string | undefined, signal: AbortSignal) => Promise<P>, rowsOf: (page: P) => T[]) {
	const { language } = useLanguage()
	const query = useInfiniteQuery({
		queryKey: [...key, language],
		queryFn: ({ pageParam, signal }) => fetch(pageParam, signal),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (page) => page.cursor,
		select: ({ pages }) => pages.flatMap(rowsOf),
	})
	return { query, more: { has: query.hasNextPage, busy: query.isFetchingNextPage, fetch: query.fetchNextPage } }
}
