// Which act is open stands in the address: it can be gone back from, and is there again after signing in anew.
import { useLocation, useSearch } from 'wouter'
import { actName, actOf, type Act } from '../../../lib/act'

const NAMES = ['do', 'matter', 'duty'] as const
const positive = (text: string | null) => (/^[1-9]\d{0,14}$/.test(text ?? '') ? Number(text) : undefined)

function useAddress() {
	const search = useSearch()
	const [path, go] = useLocation()
	const asked = new URLSearchParams(search)
	const set = (values: Partial<Record<(typeof NAMES)[number], string | number>>, replace = false) => {
		// A drawer goes out slowly: whoever left the page meanwhile is not brought back.
		if (location.pathname !== path) return
		const next = new URLSearchParams(search)
		for (const name of NAMES) {
			if (values[name] === undefined) next.delete(name)
			else next.set(name, String(values[name]))
		}
		const text = next.toString()
		go(text ? `${path}?${text}` : path, { replace })
	}
	return { asked, set }
}

/** On the page of a matter. */
export function useActing() {
	const { asked, set } = useAddress()
	return { act: actOf(asked.get('do') ?? ''), open: (act: Act) => set({ do: actName(act) }), close: () => set({}, true) }
}

/** In a list: the matter, and the duty that was chosen. */
export function useActingElsewhere() {
	const { asked, set } = useAddress()
	const matter = positive(asked.get('matter'))
	const duty = positive(asked.get('duty'))
	return {
		acting: matter === undefined ? null : { matter, duty, act: actOf(asked.get('do') ?? '') },
		open: (of: number, about?: number, act?: Act) => set({ matter: of, duty: about, do: act && actName(act) }),
		choose: (act: Act | null) => set({ matter, duty, do: act ? actName(act) : undefined }, true),
		close: () => set({}, true),
	}
}
