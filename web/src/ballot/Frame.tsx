// The frame of the pages that anybody opens: a name, a language, nothing to find one's way in.
import type { ReactNode } from 'react'
import { useLanguage } from '../i18n'
import './ballot.css'

export function Frame({ title, wide, children }: { title: string; wide?: boolean; children: ReactNode }) {
	const { language, setLanguage, t } = useLanguage()
	return (
		<div className={wide ? 'ballot is-wide' : 'ballot'}>
			<header>
				<h1>{title}</h1>
				<button type="button" className="ballot-plain" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
					{t('app.language')}
				</button>
			</header>
			<main>{children}</main>
		</div>
	)
}
