// Where people check in: how many came, whether I have, and for whoever keeps the list the way to the code.
import { QrcodeOutlined } from '@ant-design/icons'
import { Button, Card } from 'antd'
import { useLocation } from 'wouter'
import type { Schema } from '../../api/client'
import { useWords } from '../../i18n'

export function CheckInCard({ matter }: { matter: Schema['matter'] }) {
	const t = useWords()
	const [, go] = useLocation()
	const state = matter.check_in
	if (!state || (!state.goes_on && matter.end)) return null
	return (
		<Card title={t('checkIn.title')} className="no-print">
			<p>{t('checkIn.came', { n: state.came_count, of: state.expected_count })}</p>
			{state.expected && state.goes_on && <p>{state.came ? t('checkIn.mine') : t('checkIn.scan')}</p>}
			{!state.goes_on && <p className="muted">{state.why}</p>}
			{state.keeps && state.goes_on && (
				<Button icon={<QrcodeOutlined aria-hidden />} onClick={() => go(`/matters/${matter.id}/check-in`)}>
					{t('checkIn.show')}
				</Button>
			)}
		</Card>
	)
}
