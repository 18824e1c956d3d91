import { expect, test } from 'vitest'
import { nameOf, ownPage, returned } from '../src/lib/elsewhere'

test('what a provider sends back is a code or a reason', () => {
	expect(returned('?code=c%2B1&state=s&iss=https%3A%2F%2Fid')).toEqual({ code: 'c+1', state: 's', iss: 'https://id' })
	expect(returned('?code=c&state=s')).toEqual({ code: 'c', state: 's', iss: undefined })
	expect(returned('?error=access_denied&state=s')).toEqual({ error: 'access_denied' })
	expect(returned('?error=x&error_description=no+way&code=c&state=s')).toEqual({ error: 'no way' })
	for (const nothing of ['', '?code=c', '?state=s', '?code=&state=s']) expect(returned(nothing)).toEqual({ error: '' })
})

test('one comes back to a page of ours and nowhere else', () => {
	expect(ownPage('/matters/3?x=1')).toBe('/matters/3?x=1')
	for (const wrong of [null, '', 'https://elsewhere.example/', '//elsewhere.example', '/\\elsewhere.example', 'javascript:alert(1)', '/sign-in/oidc?code=c']) expect(ownPage(wrong)).toBe('/')
})

test('a way is called as the institution calls it', () => {
	const way = { way: 'oidc' as const, title: '统一身份认证', title_en: '' }
	expect([nameOf(way, 'zh', 'x'), nameOf(way, 'en', 'x'), nameOf({ ...way, title: '' }, 'en', 'x')]).toEqual(['统一身份认证', '统一身份认证', 'x'])
})
