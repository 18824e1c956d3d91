// Where an act stands in the ledger: its number, its receipt, and the means to verify it.
import { Space } from 'antd'
import { useLanguage } from '../i18n'
import type { Receipt } from '../lib/act'
import { Verify } from './Verify'

export function ReceiptLine({ receipt }: { receipt: Receipt }) {
	const { t } = useLanguage()
	return (
		<Space wrap>
			<span>{t('matter.event.number', { n: receipt.index })}</span>
			{receipt.receipt && (
				<a href={receipt.receipt} target="_blank" rel="noreferrer">
					{t('done.receipt')}
				</a>
			)}
			<Verify index={receipt.index} />
		</Space>
	)
}
