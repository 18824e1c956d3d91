// 统一身份认证: from the sign-in page to the institution's own sign-in and back, to the page that was asked for; what is said to whoever has no
// account here, or was refused there.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { certificate } from '../outbox/servers.mjs'
import { client, provider, secret } from '../outside/provider.mjs'
import { inside, mustBeSound, openBrowser, root, run, serveData, settled, visit } from './lib.mjs'
import { desk, field } from './people.mjs'

const somebody = 'li.zhufei', data = inside('data')
run('init', data, '--institution', join(root, 'institutions/minimal'), '--now', '2019-01-08T08:00')
run('account', data, 'samples', somebody, '--now', '2019-01-08T08:00')
// By the clock of the machine, for so are the provider's tokens.
const address = await serveData(data, '--limits', 'off')
mkdirSync(inside('provider'))
const { cert, options } = certificate(inside('provider'))
const jwks = { keys: [{ ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'one' }] }
const idp = await provider({ options, link: address, jwks })
after(() => idp.close())
writeFileSync(join(data, 'sign-in.json'), JSON.stringify({ link: address, hosts: ['localhost'], inside: ['127.0.0.1', '::1'], ca: cert, local: 'everyone',
	oidc: { title: '统一身份认证', title_en: 'the city sign-in', issuer: idp.issuer, client, secret, scope: 'openid profile', person: 'staff' } }), { mode: 0o600 })
const browser = await openBrowser()
const words = {
	zh: { go: '用统一身份认证登录', failed: '登录未完成', again: '返回登录', said: '认证平台答复：access_denied' },
	en: { go: 'Sign in with the city sign-in', failed: "You aren't signed in", again: 'Back to signing in', said: 'The provider said: access_denied' },
}

for (const how of [desk, field]) {
	const { language, size } = how, word = words[language], named = (what) => `${what}-${language}-${size}`
	const press = (page) => page.getByRole('button', { name: word.go, exact: true }).click()

	test(`who signs in there is back at the page they asked for, ${language}, ${size}`, async () => {
		const visitor = await visit(browser, address, { ...how, provider: idp.issuer }), { page } = visitor
		idp.who.is = { sub: 'u-1', claims: { staff: somebody } }
		await page.goto('/procedures?from=somewhere')
		await page.getByRole('button', { name: word.go, exact: true }).waitFor()
		await mustBeSound(visitor, named('elsewhere'))
		await press(page)
		await page.locator('.shell-header').waitFor()
		assert.equal(page.url(), `${address}/procedures?from=somewhere`)
		await page.locator('main h1').first().waitFor()
		await settled(page)
		await mustBeSound(visitor, named('elsewhere-back'))
		assert.equal(await page.evaluate(async () => (await (await fetch('/api/v1/me')).json()).account), somebody)
		await visitor.close()
	})

	test(`who has no account here, or was refused there, is told so, ${language}, ${size}`, async () => {
		const visitor = await visit(browser, address, { ...how, provider: idp.issuer }), { page } = visitor
		idp.who.is = { sub: 'u-9', claims: {} }
		await page.goto('/')
		await press(page)
		await page.getByRole('heading', { name: word.failed }).waitFor()
		await page.getByText('u-9', { exact: false }).waitFor()
		assert.equal(new URL(page.url()).search, '', 'nothing of it stays in the address')
		await mustBeSound(visitor, named('elsewhere-nobody'))
		await page.goto('/sign-in/oidc?error=access_denied&state=x')
		await page.getByText(word.said).waitFor()
		await mustBeSound(visitor, named('elsewhere-refused'))
		await page.getByRole('link', { name: word.again, exact: true }).click()
		await page.getByRole('button', { name: word.go, exact: true }).waitFor()
		await visitor.close()
	})
}
