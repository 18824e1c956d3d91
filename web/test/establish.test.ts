import { expect, test } from 'vitest'
import { fill, type Translate } from '../src/i18n'
import { zh } from '../src/i18n/zh'
import { beginOf, DEEDS, establishBody, establishForm, mayEstablish } from '../src/lib/establish'

const t: Translate = (key, values) => fill(zh[key], values)

test('each deed has a form, and no label of it is missing', () => {
	for (const deed of DEEDS)
		for (const begin of [{}, { code: 'x', name: 'X' }]) {
			const form = establishForm(deed, begin, true, t)
			expect(form.fields.length, deed).toBeGreaterThan(0)
			for (const { label, choices } of form.fields) expect([label, ...(choices ?? []).map((choice) => choice.label)].every(Boolean), deed).toBe(true)
		}
})

test('only whose function it is; an own delegation asks for nobody else', () => {
	expect(mayEstablish('unit', ['establishment_office'])).toBe(true)
	expect(mayEstablish('move', ['establishment_office'])).toBe(false)
	expect(mayEstablish('person', undefined)).toBe(false)
	expect(establishForm('delegation', {}, false, t).fields.map(({ name }) => name)).toEqual(['to', 'since', 'until'])
})

test('a change sends what is filled in, and says so where something was taken away', () => {
	const begin = beginOf.unit({ id: 1, code: 'water', name: 'Water', kind: 'department', kind_label: 'Department', parent: 'government', leader: 'deputy' })
	expect(establishBody('unit', begin, { kind: 'department', parent: 'government' })).toEqual({ code: 'water', kind: 'department', parent: 'government', leader: '' })
	expect(establishBody('unit', {}, { code: 'new', name: 'New' })).toEqual({ code: 'new', name: 'New' })
	expect(establishBody('post', { code: 'p', values: { unit: 'water', rank: 'r' } }, {})).toEqual({ code: 'p', rank: '' })
})

test('what ended is sent by its code, and can’t end again', () => {
	expect(beginOf.end({ code: 'water', name: 'Water', until: '2026-11-28' })).toBeUndefined()
	const begin = beginOf.end({ code: 'water', name: 'Water' })!
	expect(establishBody('unitEnd', begin, { from: '2026-11-28' })).toEqual({ code: 'water', from: '2026-11-28' })
	expect(establishForm('unit', { code: 'water', name: 'Water' }, false, t).fields.map(({ name }) => name)).toContain('since')
	expect(establishForm('unit', {}, false, t).fields.map(({ name }) => name)).not.toContain('since')
})

test('who leaves a post only leaves it', () => {
	expect(establishBody('move', {}, { way: 'ends', post: 'p', person: 'x' })).toEqual({ post: 'p', person: 'x', ends: true })
	expect(establishBody('move', {}, { way: 'acting', post: 'p', person: 'x' })).toEqual({ post: 'p', person: 'x', kind: 'acting' })
	expect(establishForm('move', { values: { way: 'ends' } }, false, t).fields.map(({ name }) => name)).not.toContain('leave')
})
