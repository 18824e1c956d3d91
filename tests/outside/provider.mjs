// A provider of this test's own: `oidc-provider` of the npm registry behind TLS, and a browser that does what it is told.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent, createServer, request } from 'node:https'
import Provider from 'oidc-provider'

export const client = 'bihuan', secret = 'a secret: of/the client & odd+ly written%'

// `who.is` = { sub, claims, acr, amr }: as whom people sign in there at the moment.
export async function provider({ options, link, jwks }) {
	const who = { is: undefined, asked: 0 }
	const server = createServer(options)
	await once(server.listen(0, 'localhost'), 'listening')
	const issuer = `https://localhost:${server.address().port}`
	const known = new Map()
	const one = new Provider(issuer, {
		clients: [{ client_id: client, client_secret: secret, redirect_uris: [link + '/sign-in/oidc'], response_types: ['code'], grant_types: ['authorization_code'] }],
		...(jwks ? { jwks } : {}),
		cookies: { keys: ['of this test'] },
		claims: { acr: null, auth_time: null, amr: null, sid: null, iss: null, openid: ['sub', 'acr', 'amr', 'auth_time'], profile: ['staff'] },
		conformIdTokenClaims: false,
		pkce: { required: () => true },
		features: { devInteractions: { enabled: false } },
		interactions: { url: (ctx, { uid }) => `/interaction/${uid}` },
		findAccount: (ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...known.get(sub) }) }),
		async loadExistingGrant({ oidc }) {
			const grant = new one.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
			grant.addOIDCScope('openid profile')
			await grant.save()
			return grant
		},
	})
	one.use(async (ctx, next) => {
		if (!ctx.path.startsWith('/interaction/')) return next()
		who.asked++
		known.set(who.is.sub, who.is.claims)
		ctx.status = 303
		ctx.redirect(await one.interactionResult(ctx.req, ctx.res, { login: { accountId: who.is.sub, acr: who.is.acr, amr: who.is.amr } }))
	})
	server.on('request', one.callback())
	return { issuer, who, close: () => { server.close(); server.closeAllConnections?.() } }
}

// A browser with cookies: goes where it is sent until it would leave `issuer`; answers the address it was sent to last.
export function browser(issuer, cert) {
	const agent = new Agent({ ca: readFileSync(cert) }), jar = new Map()
	const visit = (url) => new Promise((done, failed) => {
		const sent = request(url, { agent, headers: { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') } }, (answer) => {
			for (const set of answer.headers['set-cookie'] ?? []) {
				const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)
				jar.set(name, value)
			}
			let body = ''
			answer.on('data', (bytes) => (body += bytes))
			answer.on('end', () => done({ status: answer.statusCode, location: answer.headers.location, body }))
		})
		sent.on('error', failed)
		sent.end()
	})
	return {
		forget: () => jar.clear(),
		async go(url) {
			for (let steps = 0; steps < 10; steps++) {
				if (!url.startsWith(issuer)) return new URL(url)
				const { status, location, body } = await visit(url)
				if (!location) throw new Error(`the provider answers ${status}: ${body}`)
				url = new URL(location, issuer).href
			}
			throw new Error('it goes round and round')
		},
	}
}
