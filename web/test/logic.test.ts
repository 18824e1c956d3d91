import { expect, test } from 'vitest'
import { address } from '../src/api/client'
import { Problem, problemOf } from '../src/api/problem'
import { printQuery, readQuery } from '../src/lib/matterQuery'
import { showDay, showInstant, showSize } from '../src/parts/format'

test('addresses: values are encoded, what isn’t given is left out', () => {
	expect(address('/api/v1/matters/{matter}', { matter: 12 })).toBe('/api/v1/matters/12')
	expect(address('/x/{a}', { a: 'a/b c' }, { q: '水利 a&b', open: true, no: false, none: undefined, empty: '' })).toBe('/x/a%2Fb%20c?q=%E6%B0%B4%E5%88%A9+a%26b&open=true&no=false')
})

test('a list’s query survives the address, and nonsense in it does no harm', () => {
	const query = readQuery(new URLSearchParams('lamp=red&q=%20水利%20&open=true&sort=-due&parent=7&unit=water'))
	expect(query).toMatchObject({ lamp: 'red', q: '水利', open: true, sort: '-due', parent: 7, unit: 'water' })
	expect(readQuery(new URLSearchParams(printQuery(query)))).toEqual(query)
	expect(printQuery(readQuery(new URLSearchParams('lamp=pink&sort=x&parent=-1&programme=1e3&open=yes&evil=1')))).toBe('')
	expect(printQuery({ unit: 'b', lamp: 'red' })).toBe(printQuery({ lamp: 'red', unit: 'b' }))
})

test('days and instants are told as the institution’s clock has them', () => {
	expect(showDay('2019-03-05', 'zh')).toBe('2019年3月5日')
	expect(showDay('2019-03-05', 'en')).toBe('5 Mar 2019')
	expect(showInstant('2019-03-05T23:30:00+08:00', 'zh')).toBe('2019年3月5日 23:30')
	expect(showInstant(undefined, 'zh')).toBe('')
	expect([showSize(900), showSize(2048), showSize(3 * 1024 * 1024)]).toEqual(['900 B', '2.0 KB', '3.0 MB'])
})

const details = { code: 'refused', title: 'refused', title_zh: '不予办理', status: 422, detail: 'not your post', detail_zh: '不是您的岗位', place: 'fields.due' }

test('problems speak the language of the page', async () => {
	const problem = await problemOf(new Response(JSON.stringify(details), { status: 422 }))
	expect([problem.code, problem.say('zh'), problem.say('en')]).toEqual(['refused', '不是您的岗位', 'not your post'])
	expect(problem.faultsOf('zh')).toEqual([{ place: 'fields.due', text: '不是您的岗位' }])
	const many = new Problem(400, { ...details, faults: [{ place: 'a', detail: 'x', detail_zh: '甲' }, { place: 'b', detail: 'y', detail_zh: '乙' }] })
	expect(many.faultsOf('en')).toEqual([{ place: 'a', text: 'x' }, { place: 'b', text: 'y' }])
})

test('no answer, and an answer that isn’t ours', async () => {
	expect(new Problem(0, null)).toMatchObject({ isOffline: true, code: 'offline' })
	expect(await problemOf(new Response('<html>', { status: 502 }))).toMatchObject({ status: 502, code: 'unknown', isOffline: false })
	expect(new Problem(401, null).isSignedOut).toBe(true)
})
