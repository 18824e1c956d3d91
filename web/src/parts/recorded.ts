// After an act everything that shows matters is read again; what an act can't have changed stays.
import { useQueryClient } from '@tanstack/react-query'

const UNCHANGED = new Set(['me', 'options', 'procedures', 'procedure', 'diagram', 'find', 'named', 'verify', 'sessions', 'workdays'])

export function useRecorded() {
	const client = useQueryClient()
	return () => client.invalidateQueries({ predicate: ({ queryKey }) => !UNCHANGED.has(String(queryKey[0])) })
}
