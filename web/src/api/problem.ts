// What went wrong with a request: problem details (RFC 9457) as the server gives them in both languages, or no answer at all.
export interface Fault {
	place: string
	detail: string
	detail_zh: string
}

export interface Details {
	code: string
	title: string
	title_zh: string
	place?: string
	detail?: string
	detail_zh?: string
	faults?: Fault[]
	request?: string
}

export class Problem extends Error {
	constructor(
		/** 0: there was no answer. */
		readonly status: number,
		readonly details: Details | null,
	) {
		super(details?.detail ?? details?.title ?? `status ${status}`)
	}

	/** Stable, for programs: "forbidden", "stale"; "offline" without an answer. */
	get code() {
		return this.details?.code ?? (this.status === 0 ? 'offline' : 'unknown')
	}
	/** No live session; a password or code that is wrong is another thing, and ends none. */
	get isSignedOut() {
		return this.status === 401 && (this.details?.place ?? 'session') === 'session'
	}
	get isOffline() {
		return this.status === 0
	}
	/** Why, and what to do; "" when nobody said. */
	say(language: 'zh' | 'en'): string {
		if (!this.details) return ''
		return language === 'zh' ? (this.details.detail_zh ?? this.details.title_zh) : (this.details.detail ?? this.details.title)
	}
	/** What is wrong with a field of a form, by its place: "fields.due". */
	faultsOf(language: 'zh' | 'en'): { place: string; text: string }[] {
		const { place, faults } = this.details ?? {}
		if (faults?.length) return faults.map((fault) => ({ place: fault.place, text: language === 'zh' ? fault.detail_zh : fault.detail }))
		return place ? [{ place, text: this.say(language) }] : []
	}
}

export async function problemOf(answer: Response): Promise<Problem> {
	try {
		return new Problem(answer.status, (await answer.json()) as Details)
	} catch {
		return new Problem(answer.status, null) // a proxy's page, or nothing: the status alone must do
	}
}
