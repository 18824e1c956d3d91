import { expect, test } from 'vitest'
import { fill, firstLanguage } from '../src/i18n'
import { en } from '../src/i18n/en'
import { zh, type Key } from '../src/i18n/zh'

const keys = Object.keys(zh) as Key[]
const values = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

test('both languages have the same sentences', () => {
	expect(Object.keys(en).sort()).toEqual([...keys].sort())
})

test('none is empty, and both take the same values', () => {
	for (const key of keys) {
		expect(zh[key].trim(), key).not.toBe('')
		expect(en[key].trim(), key).not.toBe('')
		expect(values(en[key]), key).toEqual(values(zh[key]))
	}
})

test('each language is its own', () => {
	for (const key of keys) {
		if (key === 'app.language') continue // the other language's name
		expect(/\p{Script=Han}/u.test(en[key]), `${key}: ${en[key]}`).toBe(false)
		expect(/\p{Script=Han}/u.test(zh[key]) || !/[a-z]{3}/i.test(zh[key].replace(/\{\w+\}/g, '')), `${key}: ${zh[key]}`).toBe(true)
	}
})

test('values are put in, and what is not given stays seen', () => {
	expect(fill('{a} of {b}, {a}', { a: 1, b: 'x' })).toBe('1 of x, 1')
	expect(fill('{a}')).toBe('{a}')
	expect(fill('{n} {n|day|days}', { n: 1 })).toBe('1 day')
	expect(fill('{n} {n|day|days}', { n: 21 })).toBe('21 days')
})

test('Chinese unless English was chosen or is preferred', () => {
	expect(firstLanguage(null, [])).toBe('zh')
	expect(firstLanguage(null, ['fr-FR', 'en-GB', 'zh-CN'])).toBe('en')
	expect(firstLanguage(null, ['zh-TW', 'en'])).toBe('zh')
	expect(firstLanguage('zh', ['en'])).toBe('zh')
	expect(firstLanguage('klingon', ['en'])).toBe('en')
})
