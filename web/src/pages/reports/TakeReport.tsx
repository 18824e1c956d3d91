// A report as a spreadsheet, or as a bulletin in Word or PDF. It is recorded who took it, so the server wants to be certain who that
// is.
import { DownloadOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Space } from 'antd'
import { useState } from 'react'
import { address, getBlob } from '../../api/client'
import { Problem } from '../../api/problem'
import { useLanguage } from '../../i18n'
import { useProof } from '../../parts/Proof'
import { PaperLanguage, type PaperLang } from '../../parts/PaperLanguage'
import { saveFile } from '../../parts/saveFile'

type Format = 'xlsx' | 'docx' | 'pdf'

export function TakeReport({ name, query }: { name: string; query: { from?: string; to?: string; at?: string; kind?: string; person?: string; unit?: string } }) {
	const { t, language } = useLanguage()
	const { message } = App.useApp()
	const withProof = useProof()
	const [lang, setLang] = useState<PaperLang>('zh')
	const take = useMutation({
		mutationFn: (format: Format) => withProof(() => getBlob(address('/api/v1/exports/reports/{report}', { report: name }, { ...query, format, ...(format === 'xlsx' ? {} : { lang }) }))),
		onSuccess: (bytes, format) => saveFile(`${name}.${format}`, bytes),
		onError: (error) => void message.error((error instanceof Problem && error.say(language)) || t('state.failed')),
	})
	const button = (format: Format, label: string) => (
		<Button icon={<DownloadOutlined aria-hidden />} loading={take.isPending && take.variables === format} onClick={() => take.mutate(format)}>
			{label}
		</Button>
	)
	return (
		<Space wrap>
			{button('xlsx', t('reports.take'))}
			<PaperLanguage value={lang} onChange={setLang} />
			{button('docx', t('reports.bulletin', { form: 'Word' }))}
			{button('pdf', t('reports.bulletin', { form: 'PDF' }))}
		</Space>
	)
}
