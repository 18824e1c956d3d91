// The institution's working days, read once for a stretch of days.
import { useQuery } from '@tanstack/react-query'
import { get } from '../api/client'

/** From a day on, or from today. */
export const useWorkdays = (from?: string, days?: number) => useQuery({ queryKey: ['workdays', from, days], queryFn: ({ signal }) => get('/api/v1/calendar', { query: { from, days }, signal }), staleTime: 600_000 })
