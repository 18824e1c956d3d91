// Look and language around everything, then: who is signed in decides what there is.
import { QueryClientProvider } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider, Spin } from 'antd'
import en_US from 'antd/locale/en_US'
import zh_CN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { useLanguage } from './i18n'
import { Failure } from './parts/Loaded'
import { RETURN } from './lib/elsewhere'
import { Return } from './pages/Return'
import { SignIn } from './pages/SignIn'
import { makeQueryClient, useMe } from './session'
import { storedMode, storeMode, themeOf, type Mode } from './theme'

const Shell = lazy(() => import('./layout/Shell'))
const Needs = lazy(() => import('./pages/Needs'))

/** Components make styles as they are shown; the page's policy takes those that carry this. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? ''

/** Whether the person's system asks for something, as it changes. */
function usePrefers(what: string): boolean {
	const [query] = useState(() => matchMedia(`(prefers-${what})`))
	const [prefers, setPrefers] = useState(query.matches)
	useEffect(() => {
		const changed = () => setPrefers(query.matches)
		query.addEventListener('change', changed)
		return () => query.removeEventListener('change', changed)
	}, [query])
	return prefers
}

const waiting = <Spin style={{ display: 'block', margin: '30vh auto' }} size="large" />

function Inside({ mode, setMode }: { mode: Mode; setMode: (mode: Mode) => void }) {
	const me = useMe()
	if (me.data === undefined) return me.error ? <Failure error={me.error} retry={me.refetch} /> : waiting
	if (me.data === null) return <SignIn />
	return <Suspense fallback={waiting}>{me.data.needs.length > 0 ? <Needs me={me.data} /> : <Shell me={me.data} mode={mode} setMode={setMode} />}</Suspense>
}

export function App() {
	const { language } = useLanguage()
	const [mode, setMode] = useState(storedMode)
	const isDarkSystem = usePrefers('color-scheme: dark')
	const isStill = usePrefers('reduced-motion: reduce')
	const dark = mode === 'dark' || (mode === 'system' && isDarkSystem)
	const client = useMemo(makeQueryClient, [])
	const theme = useMemo(() => themeOf(dark, isStill), [dark, isStill])

	useEffect(() => {
		document.documentElement.dataset.mode = dark ? 'dark' : 'light'
	}, [dark])
	useEffect(() => {
		dayjs.locale(language === 'zh' ? 'zh-cn' : 'en')
	}, [language])

	const change = (chosen: Mode) => {
		storeMode(chosen)
		setMode(chosen)
	}
	return (
		<ConfigProvider csp={{ nonce }} theme={theme} locale={language === 'zh' ? zh_CN : en_US} button={{ autoInsertSpace: false }}>
			<AntApp style={{ height: '100%' }}>
				<QueryClientProvider client={client}>
					{location.pathname === RETURN ? <Return /> : <Inside mode={mode} setMode={change} />}
				</QueryClientProvider>
			</AntApp>
		</ConfigProvider>
	)
}
