// A report as a spreadsheet. It is recorded who took it, so the server wants to be certain who that is.
import { DownloadOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { address, getBlob } from '../../api/client'
import { Problem } from '../../api/problem'
import { useLanguage } from '../../i18n'
import { useProof } from '../../parts/Proof'
import { saveFile } from '../../parts/saveFile'

export function TakeReport({ name, period }: { name: string; period: { from?: string; to?: string } }) {
	const { t, language } = useLanguage()
	const { message } = App.useApp()
	const withProof = useProof()
	const take = useMutation({
		mutationFn: () => withProof(() => getBlob(address('/api/v1/exports/reports/{report}', { report: name }, { ...period, format: 'xlsx' }))),
		onSuccess: (bytes) => saveFile(`${name}.xlsx`, bytes),
		onError: (error) => void message.error((error instanceof Problem && error.say(language)) || t('state.failed')),
	})
	return (
		<Button icon={<DownloadOutlined />} loading={take.isPending} onClick={() => take.mutate()}>
			{t('reports.take')}
		</Button>
	)
}
