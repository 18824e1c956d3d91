import { useId, useState } from 'react'
import { useLanguage } from '../i18n'
import { Wrong } from './Wrong'
import { FILES_MAX, sendLetterFile, type Sent } from './files'

/** Files are sent as they are chosen; what is left out again is taken away by the server. */
export function Files({ files, change }: { files: Sent[]; change: (files: Sent[]) => void }) {
	const { t } = useLanguage()
	const id = useId()
	const [busy, setBusy] = useState(false)
	const [error, setError] = useState<unknown>(null)
	const add = async (chosen: File[]) => {
		const sent = [...files]
		setBusy(true)
		setError(null)
		try {
			for (const file of chosen.slice(0, FILES_MAX - files.length)) sent.push(await sendLetterFile(file, sent.length + 1))
		} catch (why) {
			setError(why)
		}
		change(sent)
		setBusy(false)
	}
	return (
		<div className="letter-field">
			<label htmlFor={id}>{t('letter.files')}</label>
			<p id={`${id}-why`} className="ballot-secret">
				{t('letter.files.why')}
			</p>
			<input id={id} type="file" multiple disabled={busy || files.length >= FILES_MAX} aria-describedby={`${id}-why`}
				onChange={(event) => {
					const chosen = [...(event.target.files ?? [])]
					event.target.value = ''
					void add(chosen)
				}} />
			{busy && <p role="status">{t('letter.sending')}</p>}
			<Wrong error={error} />
			{files.length > 0 && (
				<ul className="letter-files">
					{files.map((file) => (
						<li key={file.ticket}>
							{file.name}{' '}
							<button type="button" className="ballot-plain" aria-label={t('letter.files.remove', { name: file.name })} onClick={() => change(files.filter(({ ticket }) => ticket !== file.ticket))}>
								×
							</button>
						</li>
					))}
				</ul>
			)}
		</div>
	)
}
