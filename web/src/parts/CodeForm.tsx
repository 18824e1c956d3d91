// The code of the second factor that is enrolled here, where another server has said who it is.
import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { post } from '../api/client'
import { useWords } from '../i18n'
import { useSessionChanged } from '../session'
import { Refusal } from './Loaded'

export function CodeForm() {
	const t = useWords()
	const changed = useSessionChanged()
	const give = useMutation({
		mutationFn: ({ totp }: { totp: string }) => post('/api/v1/session/proof', { body: { totp: totp.trim() } }),
		onSuccess: () => changed(false),
	})
	return (
		<Form layout="vertical" requiredMark={false} onFinish={(fields: { totp: string }) => give.mutate(fields)}>
			<Refusal error={give.error} />
			<Form.Item name="totp" label={t('signIn.totp')} rules={[{ required: true, whitespace: true, message: t('totp.code') }]}>
				<Input autoComplete="one-time-code" spellCheck={false} maxLength={40} autoFocus />
			</Form.Item>
			<Button type="primary" htmlType="submit" block loading={give.isPending}>
				{t('proof.submit')}
			</Button>
		</Form>
	)
}
