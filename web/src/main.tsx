import { lazy, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { LanguageProvider } from './i18n'

// What anybody opens, in the hall or to report something, is small and asks nobody who they are; it loads nothing of the rest.
const pages: Record<string, ReturnType<typeof lazy>> = {
	vote: lazy(() => import('./ballot/Vote')),
	hall: lazy(() => import('./ballot/Hall')),
	letter: lazy(() => import('./letter/Write')),
	answer: lazy(() => import('./letter/Read')),
}
const Page = pages[location.pathname.split('/')[1] ?? ''] ?? lazy(() => import('./Inside'))

createRoot(document.getElementById('root')!).render(
	<LanguageProvider>
		<Suspense>
			<Page />
		</Suspense>
	</LanguageProvider>,
)
