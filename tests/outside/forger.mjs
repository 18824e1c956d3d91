// What calls itself a provider and gives whatever tokens a test wants, signed as the test likes.
import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:https'

const encode = (value) => Buffer.from(typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value)).toString('base64url')
const kinds = {
	RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
	short: () => generateKeyPairSync('rsa', { modulusLength: 1024 }),
	ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
	EdDSA: () => generateKeyPairSync('ed25519'),
}

// A pair of keys with its public half as JWK.
export function pair(alg, kid, more = {}) {
	const { publicKey, privateKey } = kinds[alg]()
	return { alg, kid, privateKey, publicKey, jwk: { ...publicKey.export({ format: 'jwk' }), ...(kid ? { kid } : {}), ...more } }
}

// A compact JWS of these claims. `by`: a pair; { none: true }; { hmac: bytes }.
export function token(claims, by, header = {}) {
	const alg = by.none ? 'none' : by.hmac ? 'HS256' : by.alg === 'short' ? 'RS256' : by.alg
	const message = `${encode({ alg, ...(by.kid ? { kid: by.kid } : {}), ...header })}.${encode(claims)}`
	const bytes = Buffer.from(message)
	const signature = by.none ? '' : by.hmac ? createHmac('sha256', by.hmac).update(message).digest()
		: alg === 'RS256' ? sign('sha256', bytes, by.privateKey)
			: alg === 'ES256' ? sign('sha256', bytes, { key: by.privateKey, dsaEncoding: 'ieee-p1363' })
				: sign(null, bytes, by.privateKey)
	return `${message}.${encode(signature)}`
}
export const half = (text) => createHash('sha256').update(text).digest()

export async function forger({ options }) {
	const one = { keys: [], gives: undefined, asked: [], published: {}, calls: {} }
	const server = createServer(options, (asked, answer) => {
		const say = (value, status = 200) => answer.writeHead(status, { 'Content-Type': 'application/json' }).end(typeof value === 'string' ? value : JSON.stringify(value))
		one.calls[asked.url] = (one.calls[asked.url] ?? 0) + 1
		if (asked.url === '/.well-known/openid-configuration')
			return say({ issuer: one.issuer, authorization_endpoint: one.issuer + '/auth?shown=1', token_endpoint: one.issuer + '/token', jwks_uri: one.issuer + '/jwks', ...one.published })
		if (asked.url === '/jwks') return say(one.jwks ?? { keys: one.keys.map((key) => key.jwk ?? key) })
		let body = ''
		asked.on('data', (bytes) => (body += bytes))
		asked.on('end', () => {
			one.asked.push({ body: new URLSearchParams(body), headers: asked.headers })
			const given = one.gives()
			say(given?.body ?? { access_token: 'x', token_type: 'Bearer', id_token: given }, given?.status)
		})
	})
	await once(server.listen(0, 'localhost'), 'listening')
	one.port = server.address().port
	one.issuer = `https://localhost:${one.port}`
	one.close = () => { server.close(); server.closeAllConnections?.() }
	return one
}
