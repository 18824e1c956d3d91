// The code, once: to be written down, printed or kept. It is nowhere else.
import { useEffect, useState } from 'react'
import type { Schema } from '../api/client'
import { Frame } from '../ballot/Frame'
import { useLanguage } from '../i18n'

export function Receipt({ receipt }: { receipt: Schema['letter_code'] }) {
	const { t } = useLanguage()
	const [copied, setCopied] = useState(false)
	const [kept, setKept] = useState(false)
	useEffect(() => {
		if (kept) return
		const warn = (event: BeforeUnloadEvent) => event.preventDefault()
		addEventListener('beforeunload', warn)
		return () => removeEventListener('beforeunload', warn)
	}, [kept])
	useEffect(() => {
		if (kept) location.replace('/letter')
	}, [kept])
	return (
		<Frame title={t('letter.done')}>
			<div role="status">
				<p className="letter-name">{t('letter.code')}</p>
				<p className="letter-code">{receipt.code}</p>
				<p>{t('letter.done.came', { day: receipt.came })}</p>
				<p>
					{t('letter.to.read')}: <span className="letter-address">{`${location.origin}/answer`}</span>
				</p>
			</div>
			<p className="ballot-wrong letter-screen">{t('letter.done.once')}</p>
			<div className="letter-buttons letter-screen">
				<button type="button" className="ballot-plain" onClick={() => print()}>
					{t('letter.print')}
				</button>
				{navigator.clipboard && (
					<button type="button" className="ballot-plain" onClick={() => void navigator.clipboard.writeText(receipt.code).then(() => setCopied(true))}>
						{t(copied ? 'letter.copied' : 'letter.copy')}
					</button>
				)}
				<button type="button" className="ballot-send" onClick={() => setKept(true)}>
					{t('letter.done.kept')}
				</button>
			</div>
		</Frame>
	)
}
