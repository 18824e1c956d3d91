// What is shown this once: half of a password, a token.
import { Alert, Button, Modal, Typography } from 'antd'
import { useWords } from '../i18n'

export function Once({ title, text, why, close }: { title: string; text: string; why: string; close: () => void }) {
	const t = useWords()
	return (
		<Modal open title={title} closable={false} mask={{ closable: false }} keyboard={false} footer={<Button type="primary" onClick={close}>{t('once.kept')}</Button>}>
			<Alert type="warning" showIcon title={t('once.why')} style={{ marginBottom: 12 }} />
			<p>{why}</p>
			<Typography.Paragraph className="mono once" copyable={{ tooltips: false }}>
				{text}
			</Typography.Paragraph>
		</Modal>
	)
}
