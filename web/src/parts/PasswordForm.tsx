// Another password: the rules are the server's, told before anything is typed and judged by it alone.
import { useMutation } from '@tanstack/react-query'
import { App, Button, Form, Input } from 'antd'
import { put } from '../api/client'
import { useLanguage } from '../i18n'
import { useOptions, useSessionChanged } from '../session'
import { Refusal } from './Loaded'

interface Fields {
	password: string
	wanted: string
	again: string
}

export function PasswordForm({ account, done }: { account: string; done?: () => void }) {
	const { t, language } = useLanguage()
	const { message } = App.useApp()
	const options = useOptions()
	const changed = useSessionChanged()
	const change = useMutation({
		mutationFn: ({ password, wanted }: Fields) => put('/api/v1/me/password', { body: { password, wanted } }),
		onSuccess: async () => {
			void message.success(t('password.done'))
			await changed(false)
			done?.()
		},
	})
	return (
		<Form layout="vertical" requiredMark={false} onFinish={(fields: Fields) => change.mutate(fields)}>
			<Refusal error={change.error} />
			<input type="text" name="username" autoComplete="username" value={account} readOnly hidden />
			<Form.Item name="password" label={t('password.present')} rules={[{ required: true, message: t('signIn.needPassword') }]}>
				<Input.Password autoComplete="current-password" maxLength={128} />
			</Form.Item>
			<Form.Item name="wanted" label={t('password.wanted')} extra={options.data && (language === 'zh' ? options.data.rules_zh : options.data.rules_en)} rules={[{ required: true, message: t('signIn.needPassword') }]}>
				<Input.Password autoComplete="new-password" maxLength={128} />
			</Form.Item>
			<Form.Item
				name="again"
				label={t('password.repeat')}
				dependencies={['wanted']}
				rules={[({ getFieldValue }) => ({ validator: (_, value) => (value === getFieldValue('wanted') ? Promise.resolve() : Promise.reject(new Error(t('password.differs')))) })]}
			>
				<Input.Password autoComplete="new-password" maxLength={128} />
			</Form.Item>
			<Button type="primary" htmlType="submit" block loading={change.isPending}>
				{t('password.submit')}
			</Button>
		</Form>
	)
}
