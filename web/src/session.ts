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

/** What was refused to an act is asked of the server itself: another window may have moved the session. */
function asksAgain(error: Error, client: QueryClient) {
	if (error instanceof Problem && error.isSignedOut) void client.invalidateQueries({ queryKey: [ME] })
}

/** Proving oneself again, or a new password, gives the session another id, and the old one is good for nothing from then on. What another
 * window had just asked under the old one is refused: it asks again, once the browser has the new id. Acts don't: they are their sender's
 * to send again, who may be another by then. */
const MOVED_MS = 300
const isKnown = (client: QueryClient) => client.getQueriesData({ queryKey: [ME] }).some(([, me]) => !!me)
const mayHaveMoved = (error: Error, client: QueryClient) => error instanceof Problem && error.isSignedOut && isKnown(client)
const isBusy = (error: Error) => error instanceof Problem && (error.status === 503 || error.status === 429)

export function makeQueryClient(): QueryClient {
	const client: QueryClient = new QueryClient({
		queryCache: new QueryCache({ onError: (error) => ended(error, client) }),
		mutationCache: new MutationCache({ onError: (error) => asksAgain(error, client) }),
		defaultOptions: {
			queries: {
				staleTime: 10_000,
				retry: (count, error) => (count < 2 && isBusy(error)) || (count < 1 && mayHaveMoved(error, client)),
				retryDelay: (count, error) => (isBusy(error) ? 1000 * 2 ** count : MOVED_MS),
				networkMode: 'always',
			},
			mutations: { networkMode: 'always' },
		},
	})
	return client
}

export async function askWho(client: QueryClient, signal: AbortSignal): Promise<Me | null> {
	for (let again = isKnown(client); ; again = false)
		try {
			return await get('/api/v1/me', { signal })
		} catch (error) {
			if (!(error instanceof Problem && error.isSignedOut)) throw error
			if (!again) return null
			await new Promise((next) => setTimeout(next, MOVED_MS))
		}
}

/** null: nobody is signed in. */
export function useMe() {
	const { language } = useLanguage()
	const client = useQueryClient()
	return useQuery({ queryKey: [ME, language], queryFn: ({ signal }) => askWho(client, signal) })
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
