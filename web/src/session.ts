// Who is signed in. Everything else is read by who that is, so a change of it forgets all that was read.
import { QueryClient, QueryCache, MutationCache, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, type Schema } from './api/client'
import { Problem } from './api/problem'
import { useLanguage } from './i18n'

export type Me = Schema['me']
const ME = 'me'

/** A session can end at any request: then whoever sits here signs in again, and what was typed stays. */
function ended(error: Error, client: QueryClient) {
	if (error instanceof Problem && error.isSignedOut) client.setQueriesData({ queryKey: [ME] }, null)
}

export function makeQueryClient(): QueryClient {
	const client: QueryClient = new QueryClient({
		queryCache: new QueryCache({ onError: (error) => ended(error, client) }),
		mutationCache: new MutationCache({ onError: (error) => ended(error, client) }),
		defaultOptions: {
			queries: {
				staleTime: 10_000,
				retry: (count, error) => count < 2 && error instanceof Problem && (error.status === 503 || error.status === 429),
				networkMode: 'always',
			},
			mutations: { networkMode: 'always' },
		},
	})
	return client
}

async function askWho(signal: AbortSignal): Promise<Me | null> {
	try {
		return await get('/api/v1/me', { signal })
	} catch (error) {
		if (error instanceof Problem && error.isSignedOut) return null
		throw error
	}
}

/** null: nobody is signed in. */
export function useMe() {
	const { language } = useLanguage()
	return useQuery({ queryKey: [ME, language], queryFn: ({ signal }) => askWho(signal) })
}

/** What may be known before anybody has signed in: which ways there are to. */
export function useOptions() {
	return useQuery({ queryKey: ['options'], queryFn: ({ signal }) => get('/api/v1/session/options', { signal }), staleTime: Infinity })
}

/** After signing in or out, or a change of one's own account. */
export function useSessionChanged() {
	const client = useQueryClient()
	return async (isAnother: boolean) => {
		if (isAnother) client.removeQueries({ predicate: (query) => query.queryKey[0] !== ME && query.queryKey[0] !== 'options' })
		await client.invalidateQueries({ queryKey: [ME] })
	}
}
