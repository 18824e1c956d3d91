// What another formula would have given: its text, written here or taken from a file. Nothing of it is kept.
import { UploadOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Card, Input, Space, Upload } from 'antd'
import { useState } from 'react'
import { address, getText } from '../../api/client'
import { useLanguage } from '../../i18n'
import { Refusal } from '../../parts/Loaded'

const LONGEST = 65536

interface Props {
	trial: { mutate: (text: string) => void; isPending: boolean; error: Error | null }
	/** Version to begin with. */
	start?: number
}

export function Trial({ trial, start }: Props) {
	const { t } = useLanguage()
	const [text, setText] = useState('')
	const begin = useMutation({ mutationFn: (version: number) => getText(address('/api/v1/performance/formulas/{version}/text', { version })), onSuccess: setText })
	return (
		<Card title={t('performance.trial')} className="no-print">
			<p className="muted flat">{t('performance.trial.why')}</p>
			<Refusal error={trial.error ?? begin.error} />
			<Input.TextArea aria-label={t('performance.trial.text')} value={text} maxLength={LONGEST} rows={10} className="mono" spellCheck={false} onChange={({ target }) => setText(target.value)} />
			<Space wrap style={{ marginTop: 12 }}>
				<Button type="primary" disabled={!text.trim()} loading={trial.isPending} onClick={() => trial.mutate(text)}>
					{t('performance.trial.go')}
				</Button>
				{start !== undefined && (
					<Button loading={begin.isPending} onClick={() => begin.mutate(start)}>
						{t('performance.trial.begin')}
					</Button>
				)}
				<Upload
					accept=".yaml,.yml"
					showUploadList={false}
					beforeUpload={(file) => {
						void file.text().then(setText)
						return false
					}}
				>
					<Button icon={<UploadOutlined />}>{t('performance.trial.file')}</Button>
				</Upload>
			</Space>
		</Card>
	)
}
