// The file: dragged here or chosen, sent with its progress. Another one takes its place.
import { InboxOutlined, TableOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Progress, Upload } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useLanguage } from '../../i18n'
import type { TableFile } from '../../lib/import'
import { sendTable, type Sending } from '../../lib/upload'
import { showSize } from '../../parts/format'
import { Refusal } from '../../parts/Loaded'

interface Props {
	file: TableFile | undefined
	taken: (file: TableFile) => void
	/** Endings that are offered; "" for all. */
	accept?: string
	words?: { add: string; other: string; help: string }
}

export function TableInput({ file, taken, accept = '.csv,.xlsx,.lrmx', words }: Props) {
	const { t } = useLanguage()
	const [percent, setPercent] = useState(0)
	const running = useRef<Sending<TableFile>>(undefined)
	useEffect(() => () => running.current?.stop(), [])
	const send = useMutation({
		mutationFn: (chosen: File) => {
			running.current?.stop()
			setPercent(0)
			running.current = sendTable(chosen, setPercent)
			return running.current.done
		},
		onSuccess: taken,
	})
	const chosen = send.variables
	return (
		<>
			<Upload.Dragger
				accept={accept}
				showUploadList={false}
				beforeUpload={(next) => {
					send.mutate(next)
					return false
				}}
			>
				<InboxOutlined aria-hidden /> {file ? (words?.other ?? t('import.file.other')) : (words?.add ?? t('import.file.add'))}
				<div className="muted">{words?.help ?? t('import.file.help')}</div>
			</Upload.Dragger>
			<div aria-live="polite" className="cannot">
				{send.isPending && chosen && (
					<>
						{chosen.name} <Progress percent={percent} size="small" aria-label={t('form.file.sending', { name: chosen.name })} />
					</>
				)}
				{!send.isPending && file && !send.error && (
					<>
						<TableOutlined aria-hidden /> <strong>{file.name}</strong> <span className="muted">{showSize(file.size)}</span>
					</>
				)}
			</div>
			<Refusal error={send.error} />
			{send.error && chosen && <Button onClick={() => send.mutate(chosen)}>{t('state.retry')}</Button>}
		</>
	)
}
