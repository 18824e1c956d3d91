// Signing in at a provider: what the page to which it sends people back finds in its address, and where they were.
import type { Schema } from '../api/client'

export const RETURN = '/sign-in/oidc'
const BACK = 'bihuan.back'

export type Way = Schema['sign_in_way']

/** What it is called here: as the institution calls it, or as we do. */
export function nameOf(way: Way, language: 'zh' | 'en', otherwise: string): string {
	return (language === 'zh' ? way.title || way.title_en : way.title_en || way.title) || otherwise
}

export type Returned = { state: string; code: string; iss?: string } | { error: string }

/** What the provider sent back with the browser: a code, or why not. */
export function returned(search: string): Returned {
	const sent = new URLSearchParams(search)
	const state = sent.get('state'), code = sent.get('code')
	if (!state || !code || sent.has('error')) return { error: sent.get('error_description') ?? sent.get('error') ?? '' }
	return { state, code, iss: sent.get('iss') ?? undefined }
}

/** A page of ours and nothing else, whatever was kept. */
export function ownPage(kept: string | null): string {
	return kept && /^\/(?![/\\])/.test(kept) && !kept.startsWith(RETURN) ? kept : '/'
}

export function keepPlace() {
	sessionStorage.setItem(BACK, location.pathname + location.search)
}

export function takePlace(): string {
	const kept = sessionStorage.getItem(BACK)
	sessionStorage.removeItem(BACK)
	return ownPage(kept)
}
