// The file of hashes that `bihuan ballot codes` wrote, and its root, computed here: whoever opens the vote holds it against a slip.
import { InboxOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, Upload } from 'antd'
import { useState } from 'react'
import { useWords } from '../../i18n'
import { rootOfCodes, type Codes } from '../../lib/vote'

function Root({ codes }: { codes: Codes }) {
	const t = useWords()
	const root = useQuery({ queryKey: ['root', codes.text], queryFn: () => rootOfCodes(codes.text), staleTime: Infinity })
	// Browsers compute hashes only over HTTPS or on this machine.
	if (!globalThis.crypto?.subtle) return <Alert type="warning" showIcon title={t('ballots.root.insecure')} />
	return (
		<>
			<div>{t('hall.root')}</div>
			<p className="mono">{root.data ?? '…'}</p>
		</>
	)
}

export function CodesInput({ codes, take }: { codes: Codes | null; take: (text: string) => boolean }) {
	const t = useWords()
	const [isWrong, setWrong] = useState(false)
	return (
		<>
			<Upload.Dragger
				accept=".txt,text/plain"
				showUploadList={false}
				beforeUpload={(file) => {
					void file.text().then((text) => setWrong(!take(text)))
					return false
				}}
			>
				<InboxOutlined aria-hidden /> {t('ballots.codes.choose')}
				<div className="muted">{t('ballots.codes.why')}</div>
			</Upload.Dragger>
			{isWrong && <Alert role="alert" type="error" showIcon title={t('ballots.codes.wrong')} style={{ marginTop: 12 }} />}
			{codes && (
				<div className="part">
					<Root codes={codes} />
				</div>
			)}
		</>
	)
}
