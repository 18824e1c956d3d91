// What a page is asked for stands in its address, so that it can be kept and sent to others.
import { useMemo } from 'react'
import { useLocation, useSearch } from 'wouter'

/** Values of the address by name, and a way to change some of them; undefined takes one away. */
export function useAddress<K extends string>(names: readonly K[]): [Partial<Record<K, string>>, (change: Partial<Record<K, string | undefined>>) => void] {
	const [path, go] = useLocation()
	const search = useSearch()
	const values = useMemo(() => {
		const given = new URLSearchParams(search)
		return Object.fromEntries(names.flatMap((name) => (given.get(name) ? [[name, given.get(name)]] : []))) as Partial<Record<K, string>>
	}, [search, names])
	const change = (wanted: Partial<Record<K, string | undefined>>) => {
		const next = new URLSearchParams(search)
		for (const [name, value] of Object.entries(wanted) as [K, string | undefined][]) value ? next.set(name, value) : next.delete(name)
		const text = next.toString()
		go(text ? `${path}?${text}` : path, { replace: true })
	}
	return [values, change]
}
