// Signing in. In a demonstration the sample accounts stand beside it, by role.
import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Card, Divider, Empty, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { post, type Schema } from '../api/client'
import { Problem } from '../api/problem'
import { useLanguage } from '../i18n'
import { nameOf } from '../lib/elsewhere'
import mark from '../mark.svg'
import { Elsewhere } from '../parts/Elsewhere'
import { Refusal } from '../parts/Loaded'
import { useOptions, useSessionChanged } from '../session'

type Options = Schema['session_options']
type Sample = Schema['sample']
interface Fields {
	account: string
	password: string
	totp?: string
	way?: 'local' | 'ldap'
}

/** Those whose account, name or post has the words that were typed. */
export function findSamples(samples: Sample[], typed: string): Sample[] {
	const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean)
	return samples.filter(({ account, name = '', post = '' }) => words.every((word) => `${account} ${name} ${post}`.toLowerCase().includes(word)))
}

function Samples({ options, choose, busy }: { options: Options; choose: (sample: Sample) => void; busy: boolean }) {
	const { t } = useLanguage()
	const [typed, setTyped] = useState('')
	const found = findSamples(options.samples ?? [], typed)
	return (
		<Card title={t('signIn.samples')} size="small">
			<p className="muted" style={{ marginTop: 0 }}>{t('signIn.samples.why')}</p>
			{(options.samples?.length ?? 0) > 8 && <Input.Search allowClear placeholder={t('signIn.samples.search')} aria-label={t('signIn.samples.search')} value={typed} onChange={(event) => setTyped(event.target.value)} style={{ marginBottom: 8 }} />}
			<div className="samples">
				{found.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('signIn.samples.none')} />}
				{found.map((sample) => (
					<Button key={sample.account} type="text" disabled={busy} onClick={() => choose(sample)}>
						<strong>{sample.admin ? t(`admin.${sample.admin}`) : (sample.post ?? sample.name)}</strong>
						<br />
						<span className="muted">
							{sample.post && sample.name ? `${sample.name} · ` : ''}
							{sample.account}
						</span>
					</Button>
				))}
			</div>
		</Card>
	)
}

export function SignIn() {
	const { t, language, setLanguage } = useLanguage()
	const [form] = Form.useForm<Fields>()
	const options = useOptions()
	const changed = useSessionChanged()
	const signIn = useMutation({
		mutationFn: ({ account, password, totp, way }: Fields) => post('/api/v1/session', { body: { account: account.trim(), password, way, ...(totp?.trim() ? { totp: totp.trim() } : {}) } }),
		onSuccess: () => changed(true),
		onError: (error) => {
			if (error instanceof Problem && !error.isOffline) form.setFieldValue('totp', '')
		},
	})
	const oidc = options.data?.ways.find(({ way }) => way === 'oidc')
	const ldap = options.data?.ways.find(({ way }) => way === 'ldap')
	const isClosed = options.data?.local === 'break_glass'
	const way = Form.useWatch('way', form) ?? (ldap ? 'ldap' : 'local')
	const hasSamples = (options.data?.samples?.length ?? 0) > 0

	const choose = (sample: Sample) => {
		const password = options.data?.sample_password ?? ''
		form.setFieldsValue({ account: sample.account, password, way: 'local' })
		signIn.mutate({ account: sample.account, password })
	}
	return (
		<main className="sign-in">
			<div className={hasSamples ? 'sign-in-box is-wide' : 'sign-in-box'}>
				<div>
					<Card>
						<div className="sign-in-name">
							<img src={mark} alt="" />
							<h1>{t('app.name')}</h1>
						</div>
						{oidc && (
							<>
								<Elsewhere way={oidc} primary={isClosed && !ldap} />
								<Divider plain>{t('elsewhere.or')}</Divider>
							</>
						)}
						<Refusal error={signIn.error} />
						<Form form={form} layout="vertical" requiredMark={false} onFinish={(fields) => signIn.mutate({ ...fields, way })}>
							{ldap && (
								<Form.Item name="way" label={t('elsewhere.whose')} initialValue="ldap">
									<Radio.Group options={[{ value: 'ldap', label: nameOf(ldap, language, t('elsewhere.ldap')) }, { value: 'local', label: t('elsewhere.local') }]} />
								</Form.Item>
							)}
							{isClosed && way === 'local' && <Alert type="info" showIcon title={t('elsewhere.closed')} style={{ marginBottom: 16 }} />}
							<Form.Item name="account" label={t('signIn.account')} rules={[{ required: true, whitespace: true, message: t('signIn.needAccount') }]}>
								<Input autoComplete="username" autoCapitalize="off" spellCheck={false} autoFocus maxLength={100} />
							</Form.Item>
							<Form.Item name="password" label={t('signIn.password')} rules={[{ required: true, message: t('signIn.needPassword') }]}>
								<Input.Password autoComplete="current-password" maxLength={128} />
							</Form.Item>
							<Form.Item name="totp" label={t('signIn.totp')} extra={t('signIn.totp.help')}>
								<Input autoComplete="one-time-code" spellCheck={false} maxLength={40} />
							</Form.Item>
							<Button type={isClosed && way === 'local' ? 'default' : 'primary'} htmlType="submit" block loading={signIn.isPending}>
								{t('signIn.submit')}
							</Button>
						</Form>
					</Card>
					<div className="sign-in-tools">
						<Button type="link" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
							{t('app.language')}
						</Button>
					</div>
				</div>
				{hasSamples && options.data && <Samples options={options.data} choose={choose} busy={signIn.isPending} />}
			</div>
		</main>
	)
}
