import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

/** A few styles of the components (measuring a scroll bar, locking the page behind a dialogue) are made without the nonce that
 * the others get from ConfigProvider, and the policy would refuse them. They all come from this one function. */
function nonceForAllStyles(): Plugin {
	const wanted = 'styleNode.nonce = csp?.nonce;'
	return {
		name: 'nonce-for-all-styles',
		apply: 'build',
		transform(code, id) {
			if (!id.endsWith('@rc-component/util/es/Dom/dynamicCSS.js')) return null
			if (!code.includes(wanted)) this.error('it makes its styles in another way now: see whether they have the nonce')
			return code.replace(wanted, wanted + '} else { styleNode.nonce = document.querySelector("meta[property=csp-nonce]")?.nonce ?? "";')
		},
	}
}

// The nonce of index.html is put in by src/http/route/web.c, anew for each request. Nothing is inlined as data:, so that
// what is loaded is what the policy allows. `npm run dev` asks a server that runs on the usual port.
export default defineConfig({
	plugins: [react(), nonceForAllStyles()],
	build: {
		target: 'es2022',
		assetsInlineLimit: 0,
		chunkSizeWarningLimit: 900,
		reportCompressedSize: false,
		modulePreload: { polyfill: false },
	},
	server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
	test: { environment: 'node', include: ['test/**/*.test.ts'], setupFiles: ['test/setup.ts'] },
})
