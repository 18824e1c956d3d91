import { expect, test } from 'vitest'
import { codeOf, pathWithCode } from '../src/lib/checkIn'

test('the code stands behind the #, and nothing else there is one', () => {
	const path = pathWithCode('https://bihuan.example', 7, '0123456789abcdef0123')
	expect(path).toBe('https://bihuan.example/matters/7/check-in#0123456789abcdef0123')
	expect(codeOf(new URL(path).hash)).toBe('0123456789abcdef0123')
	for (const hash of ['', '#', '#0123', '#0123456789ABCDEF0123', '#0123456789abcdef0123x']) expect(codeOf(hash)).toBeUndefined()
})
