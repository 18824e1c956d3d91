// The text of a formula, written here, taken from a file, or begun with one that was adopted.
import { UploadOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Input, Space, Upload } from 'antd'
import type { ReactNode } from 'react'
import { address, getText } from '../../api/client'
import { useLanguage } from '../../i18n'
import { Refusal } from '../../parts/Loaded'

const LONGEST = 65536

interface Props {
	text: string
	setText: (text: string, file?: string) => void
	/** Version to begin with. */
	start?: number
	/** What is done with it. */
	children: ReactNode
}

export function FormulaText({ text, setText, start, children }: Props) {
	const { t } = useLanguage()
	const begin = useMutation({ mutationFn: (version: number) => getText(address('/api/v1/performance/formulas/{version}/text', { version })), onSuccess: (given) => setText(given) })
	return (
		<>
			<Refusal error={begin.error} />
			<Input.TextArea aria-label={t('performance.trial.text')} value={text} maxLength={LONGEST} rows={10} className="mono" spellCheck={false} onChange={({ target }) => setText(target.value)} />
			<Space wrap style={{ marginTop: 12 }}>
				{children}
				{start !== undefined && (
					<Button loading={begin.isPending} onClick={() => begin.mutate(start)}>
						{t('performance.trial.begin')}
					</Button>
				)}
				<Upload
					accept=".yaml,.yml"
					showUploadList={false}
					beforeUpload={(file) => {
						void file.text().then((given) => setText(given, file.name))
						return false
					}}
				>
					<Button icon={<UploadOutlined aria-hidden />}>{t('performance.trial.file')}</Button>
				</Upload>
			</Space>
		</>
	)
}
