// What the server's stream tells, and which of the things that were read it concerns. The stream says only where something happened;
// the content is read again through the ordinary routes, so nobody is shown what isn't theirs.

export interface Told {
	index: number
	/** "m12": matter 12. */
	object: string
}

export function readTold(data: string): Told | null {
	try {
		const { index, object } = JSON.parse(data) as Partial<Told>
		return typeof index === 'number' ? { index, object: String(object ?? '') } : null
	} catch {
		return null
	}
}

/** Too many to be told apart: everything is read again. */
export const EVERYTHING = 'everything'
const MANY = 50

/** What was heard since the last look, collected. */
export class Heard {
	private objects = new Set<string>()

	add(object: string) {
		this.objects.add(object)
		if (this.objects.size > MANY) this.objects = new Set([EVERYTHING])
	}
	take(): ReadonlySet<string> {
		const taken = this.objects
		this.objects = new Set()
		return taken
	}
}

// Of one matter each: nothing that happens elsewhere changes them.
const OF_ONE = new Set(['matter', 'history', 'members'])
// What reads all there is, or what an event doesn't change: read again when somebody asks for it.
const ASKED_FOR = new Set(['me', 'options', 'procedures', 'procedure', 'diagram', 'verify', 'sessions', 'tokens', 'today', 'audit', 'accounts', 'signins', 'looks', 'telling', 'outbox', 'ledger', 'coverage', 'plan', 'reports', 'report', 'trend', 'import'])

/** Does what was heard concern what was read under this key? */
export function concerns(heard: ReadonlySet<string>, queryKey: readonly unknown[]): boolean {
	const [name, id] = queryKey
	if (heard.size === 0 || ASKED_FOR.has(String(name))) return false
	return !OF_ONE.has(String(name)) || heard.has(EVERYTHING) || heard.has(`m${String(id)}`)
}

/** How long to wait before the next try, in ms: longer each time, never for ever. */
export const waitBefore = (tries: number) => Math.min(60_000, 3_000 * 2 ** Math.min(tries, 5))

interface Notice {
	event: number
}
/** How many of the newest notices were not seen yet. */
export const countUnseen = (notices: readonly Notice[], seen: number) => notices.filter(({ event }) => event > seen).length
export const newestOf = (notices: readonly Notice[]) => notices.reduce((newest, { event }) => Math.max(newest, event), -1)
