// From what a form holds to what an act sends: only what was filled in, texts without blanks around them.
export type Values = Record<string, unknown>

export function filledOf(values: Values): Values {
	const filled: Values = {}
	for (const [name, value] of Object.entries(values)) {
		const plain = typeof value === 'string' ? value.trim() : value
		if (plain === undefined || plain === null || plain === '' || (Array.isArray(plain) && plain.length === 0)) continue
		filled[name] = plain
	}
	return filled
}

/** Faults by the field they are about; what is about none of these is left over. "fields.due" and "due" are the same field. */
export function faultsByField(faults: { place: string; text: string }[], names: readonly string[]): { fields: Map<string, string[]>; rest: string[] } {
	const fields = new Map<string, string[]>()
	const rest: string[] = []
	for (const { place, text } of faults) {
		const name = place.replace(/^fields\./, '').replace(/\[\d+\]$/, '')
		if (names.includes(name)) fields.set(name, [...(fields.get(name) ?? []), text])
		else rest.push(text)
	}
	return { fields, rest }
}
