// The words of the pages. What the institution itself says (labels, reasons, refusals) comes from the server in the language of
// Accept-Language; here is only what the pages add.
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { en } from './en'
import { zh, type Key } from './zh'

export type Language = 'zh' | 'en'
export type Translate = (key: Key, values?: Record<string, string | number>) => string

const STORED = 'bihuan.language'
const words: Record<Language, Record<Key, string>> = { zh, en }

/** A sentence with its values put in: fill('{n} 项', { n: 3 }) is "3 项"; fill('{n} {n|day|days}', { n: 1 }) is "1 day". */
export function fill(text: string, values: Record<string, string | number> = {}): string {
	return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (mark, name: string, one?: string, many?: string) =>
		many === undefined ? String(values[name] ?? mark) : String(String(values[name]) === '1' ? one : many))
}

/** The language that was chosen here, or else the browser's; Chinese unless it prefers English. */
export function firstLanguage(stored: string | null, preferred: readonly string[]): Language {
	if (stored === 'zh' || stored === 'en') return stored
	const known = preferred.map((tag) => tag.toLowerCase().split('-')[0]).find((tag) => tag === 'zh' || tag === 'en')
	return known === 'en' ? 'en' : 'zh'
}

let current: Language = 'zh'

/** A sentence in both languages, for what is kept with both. */
export const inBoth = (key: Key) => ({ zh: words.zh[key] as string, en: words.en[key] })

/** What requests say in Accept-Language. */
export const requestLanguage = () => current

interface Speech {
	language: Language
	setLanguage: (language: Language) => void
	t: Translate
}
const SpeechContext = createContext<Speech | null>(null)

export function LanguageProvider({ children }: { children: ReactNode }) {
	const [language, setLanguage] = useState(() => firstLanguage(localStorage.getItem(STORED), navigator.languages))
	current = language
	useEffect(() => {
		localStorage.setItem(STORED, language)
		document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
	}, [language])
	const speech = useMemo<Speech>(() => ({ language, setLanguage, t: (key, values) => fill(words[language][key], values) }), [language])
	return <SpeechContext.Provider value={speech}>{children}</SpeechContext.Provider>
}

export function useLanguage(): Speech {
	const speech = useContext(SpeechContext)
	if (!speech) throw new Error('useLanguage outside of LanguageProvider')
	return speech
}

export const useWords = () => useLanguage().t
