import { useEffect, type ReactNode } from 'react'
import { useWords } from '../i18n'

/** Title of a page, also in the browser's tab. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
	const t = useWords()
	useEffect(() => {
		document.title = `${title} · ${t('app.name')}`
	}, [title, t])
	return (
		<div className="page-head">
			<h1>{title}</h1>
			{children}
		</div>
	)
}
