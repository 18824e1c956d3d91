// Files that an act shows: sent at once, each with its progress, its hash, and in words why one isn't taken.
import { DeleteOutlined, InboxOutlined, LoadingOutlined, PaperClipOutlined } from '@ant-design/icons'
import { Alert, Button, Progress, Upload } from 'antd'
import type { Sent } from './useSending'
import { useLanguage } from '../../i18n'
import { showSize } from '../format'

interface Props {
	files: readonly Sent[]
	add: (file: File) => void
	remove: (key: string) => void
}

function File({ file, remove }: { file: Sent; remove: () => void }) {
	const { t, language } = useLanguage()
	return (
		<li>
			<div className="duty-head">
				{file.state === 'sending' ? <LoadingOutlined aria-hidden /> : <PaperClipOutlined aria-hidden />}
				<span className="grow">{file.name}</span>
				<span className="muted">{showSize(file.size)}</span>
				<Button type="text" size="small" icon={<DeleteOutlined aria-hidden />} aria-label={t('form.file.remove', { name: file.name })} onClick={remove} />
			</div>
			{file.state === 'sending' && <Progress percent={file.percent} size="small" aria-label={t('form.file.sending', { name: file.name })} />}
			{file.hash && <div className="mono muted">SHA-256 {file.hash}</div>}
			{file.macros && <Alert type="warning" showIcon title={t('form.file.macros')} />}
			{file.problem && <Alert type="error" showIcon title={file.problem.isOffline ? t('state.offline') : file.problem.say(language) || t('form.file.failed')} />}
		</li>
	)
}

export function EvidenceInput({ files, add, remove }: Props) {
	const { t } = useLanguage()
	return (
		<>
			<Upload.Dragger
				multiple
				showUploadList={false}
				beforeUpload={(file) => {
					add(file)
					return false
				}}
			>
				<InboxOutlined aria-hidden /> {t('form.file.add')}
				<div className="muted">{t('form.file.help')}</div>
			</Upload.Dragger>
			{files.length > 0 && (
				<ul className="rows">
					{files.map((file) => (
						<File key={file.key} file={file} remove={() => remove(file.key)} />
					))}
				</ul>
			)}
		</>
	)
}
