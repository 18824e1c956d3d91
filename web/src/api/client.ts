// Requests by the paths of the OpenAPI document. Their types are generated from it at build, so a page that asks for what isn't there
// doesn't compile.
import { requestLanguage } from '../i18n'
import { problemOf, Problem } from './problem'
import type { components, paths } from './schema'

export type Schema = components['schemas']

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type PathsOf<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never }[keyof paths]
type Operation<P extends keyof paths, M extends Method> = paths[P] extends Record<M, infer O> ? O : never
type Part<O, K extends 'query' | 'path'> = O extends { parameters: infer Q } ? (Q extends { [key in K]?: infer V } ? NonNullable<V> : never) : never
type BodyOf<O> = O extends { requestBody: { content: { 'application/json': infer B } } } ? B : never
type Content<R> = R extends { content: { 'application/json': infer B } } ? B : never
type Answer<O> = O extends { responses: infer R } ? Content<R[keyof R & (200 | 201)]> : never

interface Values<O> {
	path?: Part<O, 'path'>
	query?: Part<O, 'query'>
	body?: BodyOf<O>
	/** Version of the matter that is acted on. */
	version?: number
	/** Names this act, so that sending it again does it once. */
	key?: string
	signal?: AbortSignal
	/** Sent as nobody: without the session that this browser may have. */
	anonymous?: boolean
}

/** "/api/v1/matters/{matter}" and its values as an address. */
export function address(pattern: string, path: Record<string, unknown> = {}, query: Record<string, unknown> = {}): string {
	const filled = pattern.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])))
	const search = new URLSearchParams()
	for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
	const text = search.toString()
	return text ? `${filled}?${text}` : filled
}

async function send(method: string, target: string, headers: Record<string, string>, body: BodyInit | undefined, signal?: AbortSignal, anonymous?: boolean): Promise<Response> {
	let answer: Response
	try {
		answer = await fetch(target, { method, headers: { 'Accept-Language': requestLanguage(), ...headers }, body, signal, credentials: anonymous ? 'omit' : 'same-origin' })
	} catch (error) {
		if (signal?.aborted) throw error
		throw new Problem(0, null)
	}
	if (!answer.ok) throw await problemOf(answer)
	return answer
}

async function call<O>(method: Method, pattern: string, { path, query, body, version, key, signal, anonymous }: Values<O>): Promise<Answer<O>> {
	const headers: Record<string, string> = {}
	if (body !== undefined) headers['Content-Type'] = 'application/json'
	if (version !== undefined) headers['If-Match'] = `"${version}"`
	if (key !== undefined) headers['Idempotency-Key'] = key
	const target = address(pattern, path as Record<string, unknown> | undefined, query as Record<string, unknown> | undefined)
	const answer = await send(method.toUpperCase(), target, headers, body === undefined ? undefined : JSON.stringify(body), signal, anonymous)
	return (answer.status === 204 ? undefined : await answer.json()) as Answer<O>
}

export const get = <P extends PathsOf<'get'>>(path: P, values: Values<Operation<P, 'get'>> = {}) => call<Operation<P, 'get'>>('get', path, values)
export const post = <P extends PathsOf<'post'>>(path: P, values: Values<Operation<P, 'post'>> = {}) => call<Operation<P, 'post'>>('post', path, values)
export const put = <P extends PathsOf<'put'>>(path: P, values: Values<Operation<P, 'put'>> = {}) => call<Operation<P, 'put'>>('put', path, values)
export const patch = <P extends PathsOf<'patch'>>(path: P, values: Values<Operation<P, 'patch'>> = {}) => call<Operation<P, 'patch'>>('patch', path, values)
export const remove = <P extends PathsOf<'delete'>>(path: P, values: Values<Operation<P, 'delete'>> = {}) => call<Operation<P, 'delete'>>('delete', path, values)
/** Bytes as they are. */
export const postFile = async (target: string, bytes: Blob, anonymous?: boolean): Promise<unknown> => (await send('POST', target, { 'Content-Type': 'application/octet-stream' }, bytes, undefined, anonymous)).json()
/** A file. */
export const getBlob = async (target: string, signal?: AbortSignal) => (await send('GET', target, {}, undefined, signal)).blob()
/** What isn't JSON, as text. */
export const getText = async (target: string, signal?: AbortSignal, anonymous?: boolean) => (await send('GET', target, {}, undefined, signal, anonymous)).text()
