// Names of acts. The same content sent again, because no answer came, has the same name and is done once; other content has another.
function random(): string {
	// Not randomUUID, which browsers have only over HTTPS.
	return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

export class ActKey {
	private content = ''
	private key = ''

	of(content: unknown): string {
		const text = JSON.stringify(content)
		if (text !== this.content || !this.key) {
			this.content = text
			this.key = random()
		}
		return this.key
	}
}
