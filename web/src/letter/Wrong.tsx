import { Problem } from '../api/problem'
import { useLanguage } from '../i18n'

/** What was wrong, in the server's words; nothing when nothing was. */
export function Wrong({ error }: { error: unknown }) {
	const { language, t } = useLanguage()
	if (!error) return null
	const text = error instanceof Problem ? (error.isOffline ? t('state.offline') : error.say(language)) : ''
	return (
		<p role="alert" className="ballot-wrong">
			{text || t('state.failed')}
		</p>
	)
}
