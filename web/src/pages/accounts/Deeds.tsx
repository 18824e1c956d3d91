// One thing that an administrator does with an account, asked back where it ends something.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { post, remove, type Schema } from '../../api/client'
import { useWords } from '../../i18n'
import type { Deed } from '../../lib/accounts'
import { Refusal } from '../../parts/Loaded'
import { useProof } from '../../parts/Proof'

type Account = Schema['account']
type Admin = 'system' | 'security' | 'audit'
interface Filled {
	admin?: Admin
	person?: string
	issuer?: string
	subject?: string
}

function send(deed: Deed, account: number, { admin, person, issuer, subject }: Filled) {
	const path = { account }
	switch (deed) {
		case 'release':
			return post('/api/v1/accounts/{account}/release', { path })
		case 'reset':
			return post('/api/v1/accounts/{account}/reset', { path })
		case 'unlock':
			return post('/api/v1/accounts/{account}/unlock', { path })
		case 'disable':
			return post('/api/v1/accounts/{account}/disable', { path })
		case 'grant':
			return post('/api/v1/accounts/{account}/grant', { path, body: { admin: admin! } })
		case 'bind':
			return post('/api/v1/accounts/{account}/bind', { path, body: { person: person! } })
		case 'tie':
			return post('/api/v1/accounts/{account}/tie', { path, body: { issuer: issuer!.trim(), subject: subject!.trim() } })
		case 'untie':
			return remove('/api/v1/accounts/{account}/tie', { path })
		case 'mark':
			return post('/api/v1/accounts/{account}/break-glass', { path })
		case 'unmark':
			return remove('/api/v1/accounts/{account}/break-glass', { path })
	}
}

function Asking({ deed }: { deed: Deed }) {
	const t = useWords()
	if (deed === 'grant')
		return (
			<Form.Item name="admin" label={t('accounts.admin')} rules={[{ required: true, message: t('accounts.admin') }]}>
				<Select options={(['system', 'security', 'audit'] as const).map((each) => ({ value: each, label: t(`admin.${each}`) }))} />
			</Form.Item>
		)
	if (deed === 'bind')
		return (
			<Form.Item name="person" label={t('accounts.keeper')} extra={t('accounts.keeper.help')} rules={[{ required: true, whitespace: true, message: t('accounts.keeper') }]}>
				<Input maxLength={100} autoFocus />
			</Form.Item>
		)
	if (deed === 'tie')
		return (
			<>
				<Form.Item name="issuer" label={t('accounts.issuer')} extra={t('accounts.issuer.help')} rules={[{ required: true, whitespace: true, message: t('accounts.issuer') }]}>
					<Input maxLength={255} autoFocus spellCheck={false} />
				</Form.Item>
				<Form.Item name="subject" label={t('accounts.subject')} extra={t('accounts.subject.help')} rules={[{ required: true, whitespace: true, message: t('accounts.subject') }]}>
					<Input maxLength={255} spellCheck={false} />
				</Form.Item>
			</>
		)
	return null
}

export interface Half {
	account: string
	text: string
	which: 'first' | 'second'
}

interface Props {
	deed: Deed
	account: Account
	/** Half of a password, shown by the page: this row may be gone from its list when the answer comes. */
	given: (half: Half) => void
}

export function DeedButton({ deed, account, given }: Props) {
	const t = useWords()
	const { message } = App.useApp()
	const client = useQueryClient()
	const proof = useProof()
	const [open, setOpen] = useState(false)
	const [form] = Form.useForm<Filled>()
	const act = useMutation({
		mutationFn: (filled: Filled) => proof(() => send(deed, account.id, filled)),
		onSuccess: (answer) => {
			setOpen(false)
			if (answer.half) given({ account: account.account, text: answer.half, which: deed === 'release' ? 'second' : 'first' })
			else void message.success(t('accounts.done'))
			return client.invalidateQueries({ queryKey: ['accounts'] })
		},
	})
	const close = () => {
		setOpen(false)
		act.reset()
	}
	return (
		<>
			<Button size="small" danger={deed === 'disable'} onClick={() => setOpen(true)}>
				{t(`deed.${deed}`)}
			</Button>
			<Modal open={open} title={t('accounts.deed', { deed: t(`deed.${deed}`), account: account.account })} onCancel={close} onOk={form.submit} okText={t(`deed.${deed}`)} okButtonProps={{ danger: deed === 'disable' }} confirmLoading={act.isPending} destroyOnHidden>
				<Refusal error={act.error} />
				<p>{t(`deed.${deed}.why`)}</p>
				<Form form={form} layout="vertical" onFinish={(filled: Filled) => act.mutate(filled)}>
					<Asking deed={deed} />
				</Form>
			</Modal>
		</>
	)
}
