// Which act is open stands in the address: it can be gone back from, and is there again after signing in anew.
import { useLocation, useSearch } from 'wouter'
import { actName, actOf, type Act } from '../../../lib/act'

export interface Acting {
	matter: number
	act: Act
}

export function useActing(fixed?: number): { acting: Acting | null; open: (act: Act, matter?: number) => void; close: () => void } {
	const search = useSearch()
	const [path, go] = useLocation()
	const asked = new URLSearchParams(search)
	const act = actOf(asked.get('do') ?? '')
	const matter = fixed ?? Number(asked.get('matter'))
	const open = (next: Act, of?: number) => {
		const params = new URLSearchParams({ do: actName(next) })
		if (fixed === undefined && of) params.set('matter', String(of))
		go(`${path}?${params}`)
	}
	return { acting: act && matter > 0 ? { matter, act } : null, open, close: () => go(path, { replace: true }) }
}
