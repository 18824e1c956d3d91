// Things that are read once and asked for in several places.
import { useQuery } from '@tanstack/react-query'
import { get } from '../api/client'
import { useLanguage, type Language } from '../i18n'
import { useWorkdays } from './workdays'

/** A procedure by its name, or by the number of the definition that judges a matter. */
export const procedureQuery = (name: string | number | undefined, language: Language) => ({
	queryKey: ['procedure', String(name), language],
	queryFn: ({ signal }: { signal: AbortSignal }) => get('/api/v1/procedures/{procedure}', { path: { procedure: String(name) }, signal }),
	enabled: name !== undefined,
	staleTime: 300_000,
})

export function useProcedure(name: string | number | undefined) {
	const { language } = useLanguage()
	return useQuery(procedureQuery(name, language))
}

/** What the procedures name instead of units, and who has each. */
export function useFunctions(isAsked = true) {
	const { language } = useLanguage()
	return useQuery({ queryKey: ['functions', language], queryFn: ({ signal }) => get('/api/v1/functions', { signal }), enabled: isAsked })
}

/** Today by the institution's clock. */
export const useToday = (): string | undefined => useWorkdays().data?.today
