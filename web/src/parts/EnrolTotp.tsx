// Enrolling a second factor: prove who sits here if that is long ago, scan, confirm, keep the recovery codes.
import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input, QRCode } from 'antd'
import { useState } from 'react'
import { post } from '../api/client'
import { useLanguage } from '../i18n'
import { useSessionChanged, type Me } from '../session'
import { Refusal } from './Loaded'

/** The secret inside of an otpauth address, in groups of four for those who type it. */
export function secretOf(uri: string): string {
	const secret = new URL(uri).searchParams.get('secret') ?? ''
	return secret.replace(/(.{4})(?=.)/g, '$1 ')
}

function Prove({ done }: { done: () => void }) {
	const { t } = useLanguage()
	const prove = useMutation({ mutationFn: ({ password }: { password: string }) => post('/api/v1/session/proof', { body: { password } }), onSuccess: done })
	return (
		<Form layout="vertical" requiredMark={false} onFinish={(fields: { password: string }) => prove.mutate(fields)}>
			<Refusal error={prove.error} />
			<p>{t('totp.prove')}</p>
			<Form.Item name="password" label={t('signIn.password')} rules={[{ required: true, message: t('signIn.needPassword') }]}>
				<Input.Password autoComplete="current-password" maxLength={128} />
			</Form.Item>
			<Button type="primary" htmlType="submit" loading={prove.isPending}>
				{t('totp.begin')}
			</Button>
		</Form>
	)
}

function Confirm({ uri, done }: { uri: string; done: (codes: string[]) => void }) {
	const { t } = useLanguage()
	const confirm = useMutation({
		mutationFn: ({ totp }: { totp: string }) => post('/api/v1/me/totp/confirmation', { body: { totp: totp.trim() } }),
		onSuccess: ({ recovery_codes }) => done(recovery_codes),
	})
	return (
		<Form layout="vertical" requiredMark={false} onFinish={(fields: { totp: string }) => confirm.mutate(fields)}>
			<Refusal error={confirm.error} />
			<p>{t('totp.scan')}</p>
			{/* For a camera; whoever has none reads the secret below it. */}
			<div aria-hidden="true">
				<QRCode value={uri} type="svg" bgColor="#fff" color="#000" size={200} style={{ margin: '0 auto 12px' }} />
			</div>
			<p className="muted mono">{t('totp.secret', { secret: secretOf(uri) })}</p>
			<Form.Item name="totp" label={t('totp.code')} rules={[{ required: true, message: t('totp.code') }]}>
				<Input autoComplete="one-time-code" inputMode="numeric" maxLength={10} autoFocus />
			</Form.Item>
			<Button type="primary" htmlType="submit" block loading={confirm.isPending}>
				{t('totp.confirm')}
			</Button>
		</Form>
	)
}

export function EnrolTotp({ me, done }: { me: Me; done?: () => void }) {
	const { t } = useLanguage()
	const changed = useSessionChanged()
	const [codes, setCodes] = useState<string[]>()
	const begin = useMutation({ mutationFn: () => post('/api/v1/me/totp') })

	if (codes)
		return (
			<>
				<h3>{t('totp.recovery')}</h3>
				<p>{t('totp.recovery.why')}</p>
				<pre className="mono">{codes.join('\n')}</pre>
				<Button type="primary" block onClick={() => void changed(false).then(done)}>
					{t('totp.kept')}
				</Button>
			</>
		)
	if (begin.data) return <Confirm uri={begin.data.uri} done={setCodes} />
	if (!me.fresh) return <Prove done={() => void changed(false).then(() => begin.mutate())} />
	return (
		<>
			<Refusal error={begin.error} />
			<Button type="primary" loading={begin.isPending} onClick={() => begin.mutate()}>
				{t('totp.begin')}
			</Button>
		</>
	)
}
