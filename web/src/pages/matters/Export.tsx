// The list as it is filtered, as a file. It is recorded who took it, so the server wants to be certain who that is.
import { DownloadOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { address, getText } from '../../api/client'
import { useLanguage } from '../../i18n'
import type { ColumnName } from '../../lib/columns'
import type { MatterQuery } from '../../lib/matterQuery'
import { Problem } from '../../api/problem'
import { useToday } from '../../parts/known'
import { useProof } from '../../parts/Proof'
import { saveFile } from '../../parts/saveFile'

export function Export({ query, columns }: { query: MatterQuery; columns: readonly ColumnName[] }) {
	const { t, language } = useLanguage()
	const { message } = App.useApp()
	const withProof = useProof()
	const today = useToday()
	const take = useMutation({
		mutationFn: () => withProof(() => getText(address('/api/v1/exports/matters', {}, { ...query, columns: columns.join(), bom: true }))),
		onSuccess: (text) => saveFile(`${t('matters.title')}-${today ?? ''}.csv`, new Blob(['\ufeff', text.replace(/^\ufeff/, '')], { type: 'text/csv' })),
		onError: (error) => void message.error((error instanceof Problem && error.say(language)) || t('state.failed')),
	})
	return (
		<Button icon={<DownloadOutlined aria-hidden />} loading={take.isPending} onClick={() => take.mutate()}>
			{t('matters.export')}
		</Button>
	)
}
