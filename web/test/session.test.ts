import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '../src/api/problem'
import { askWho, makeQueryClient } from '../src/session'

const problem = (place: string) => ({ code: 'unauthenticated', title: '', title_zh: '', place })
const dead = () => new Problem(401, problem('session'))
const me = { account: 'chen' }
/** Refuses so often, then answers. */
function refusing(times: number, error: () => Error) {
	let asked = 0
	return { ask: () => (++asked <= times ? Promise.reject(error()) : Promise.resolve('told')), asked: () => asked }
}
const seated = () => {
	const client = makeQueryClient()
	client.setQueryData(['me', 'zh'], me)
	return client
}
const answered = (status: number, body: unknown) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
	vi.useRealTimers()
	vi.unstubAllGlobals()
})

test('what was asked while another window moved the session is asked again, once', async () => {
	const client = seated(), once = refusing(1, dead), twice = refusing(2, dead)
	const told = client.fetchQuery({ queryKey: ['matter', 1], queryFn: once.ask })
	const ends = expect(client.fetchQuery({ queryKey: ['matter', 2], queryFn: twice.ask })).rejects.toThrow()
	await vi.runAllTimersAsync()
	expect(await told).toBe('told')
	await ends
	expect([once.asked(), twice.asked()]).toEqual([2, 2])
	expect(client.getQueryData(['me', 'zh'])).toBeNull() // it was no move: whoever sits there signs in again
})

test('whom nobody knows asks once', async () => {
	const client = makeQueryClient(), once = refusing(1, dead)
	await expect(client.fetchQuery({ queryKey: ['matter', 1], queryFn: once.ask })).rejects.toThrow()
	expect(once.asked()).toBe(1)
})

test('a wrong password ends no session, and an act isn’t sent again by itself', async () => {
	const client = seated()
	const send = (tries: ReturnType<typeof refusing>) => client.getMutationCache().build(client, { mutationFn: tries.ask }).execute(undefined)
	const wrong = refusing(1, () => new Problem(401, problem('account')))
	await expect(send(wrong)).rejects.toThrow()
	expect([wrong.asked(), client.getQueryData(['me', 'zh'])]).toEqual([1, me])
	const moved = refusing(1, dead)
	await expect(send(moved)).rejects.toThrow()
	expect([moved.asked(), client.getQueryData(['me', 'zh'])]).toEqual([1, me])
	expect(client.getQueryState(['me', 'zh'])?.isInvalidated).toBe(true)
})

test('who it is, too', async () => {
	const answers = [answered(401, problem('session')), answered(200, me), answered(401, problem('session'))]
	const fetched = vi.fn(() => Promise.resolve(answers.shift()!))
	vi.stubGlobal('fetch', fetched)
	const who = askWho(seated(), new AbortController().signal)
	await vi.runAllTimersAsync()
	expect(await who).toEqual(me)
	expect(await askWho(makeQueryClient(), new AbortController().signal)).toBeNull()
	expect(fetched).toHaveBeenCalledTimes(3)
})
