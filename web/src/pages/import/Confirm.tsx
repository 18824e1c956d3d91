// All rows as one act, or none; and what stands in the way of that.
import { Button } from 'antd'
import { useWords } from '../../i18n'
import { isReady, toRecord, type Preview } from '../../lib/import'
import { Refusal } from '../../parts/Loaded'

interface Props {
	preview: Preview
	error: Error | null
	isPending: boolean
	confirm: () => void
}

export function Confirm({ preview, error, isPending, confirm }: Props) {
	const t = useWords()
	const n = toRecord(preview)
	const why = preview.errors.length > 0 ? t('import.wait.wrong', { n: preview.errors.length + preview.more_errors }) : t(n === 0 ? 'import.wait.nothing' : 'import.wait', { n })
	return (
		<div className="bulk no-print">
			<span className="grow">{why}</span>
			<Button type="primary" disabled={!isReady(preview)} loading={isPending} onClick={confirm}>
				{t('import.confirm')}
			</Button>
			{error && (
				<div className="whole-line">
					<Refusal error={error} />
				</div>
			)}
		</div>
	)
}
