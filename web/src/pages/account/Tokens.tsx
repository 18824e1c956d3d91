// API tokens of one's own: for programs that read or act in one's name.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Card, Checkbox, DatePicker, Form, Input, Modal, Popconfirm } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { get, post, remove } from '../../api/client'
import { useLanguage, useWords } from '../../i18n'
import { showInstant } from '../../parts/format'
import { Loaded, Refusal } from '../../parts/Loaded'
import { Once } from '../../parts/Once'
import { useProof } from '../../parts/Proof'

const SCOPES = ['read', 'act', 'import'] as const
interface Filled {
	name: string
	scope: string[]
	ends: Dayjs
}

function MakeToken({ close }: { close: () => void }) {
	const t = useWords()
	const client = useQueryClient()
	const proof = useProof()
	const [form] = Form.useForm<Filled>()
	const [token, setToken] = useState<string>()
	const make = useMutation({
		mutationFn: ({ name, scope, ends }: Filled) => proof(() => post('/api/v1/me/tokens', { body: { name, scope: scope.join(' '), ends: ends.format('YYYY-MM-DDTHH:mm:ssZ') } })),
		onSuccess: (made) => {
			setToken(made.token)
			return client.invalidateQueries({ queryKey: ['tokens'] })
		},
	})
	if (token) return <Once title={t('tokens.made')} text={token} why={t('tokens.made.why')} close={close} />
	return (
		<Modal open title={t('tokens.make')} onCancel={close} onOk={form.submit} okText={t('tokens.make')} confirmLoading={make.isPending}>
			<Refusal error={make.error} />
			<Form<Filled> form={form} layout="vertical" initialValues={{ scope: ['read'] }} onFinish={(filled) => make.mutate(filled)}>
				<Form.Item name="name" label={t('tokens.name')} rules={[{ required: true, whitespace: true, message: t('tokens.name') }]}>
					<Input maxLength={100} autoFocus />
				</Form.Item>
				<Form.Item name="scope" label={t('tokens.scope')} rules={[{ required: true, message: t('tokens.scope') }]}>
					<Checkbox.Group options={SCOPES.map((each) => ({ value: each, label: t(`tokens.scope.${each}`) }))} />
				</Form.Item>
				<Form.Item name="ends" label={t('tokens.ends')} extra={t('tokens.ends.help')} rules={[{ required: true, message: t('tokens.ends') }]}>
					<DatePicker style={{ width: '100%' }} />
				</Form.Item>
			</Form>
		</Modal>
	)
}

export function Tokens() {
	const { t, language } = useLanguage()
	const { message } = App.useApp()
	const client = useQueryClient()
	const [making, setMaking] = useState(false)
	const query = useQuery({ queryKey: ['tokens'], queryFn: ({ signal }) => get('/api/v1/me/tokens', { signal }) })
	const end = useMutation({
		mutationFn: (id: number) => remove('/api/v1/me/tokens/{id}', { path: { id } }),
		onSuccess: () => {
			void message.success(t('tokens.ended'))
			return client.invalidateQueries({ queryKey: ['tokens'] })
		},
	})
	return (
		<Card
			title={t('tokens.title')}
			extra={
				<Button size="small" onClick={() => setMaking(true)}>
					{t('tokens.make')}
				</Button>
			}
		>
			<Refusal error={end.error} />
			<Loaded query={query} rows={2} isEmpty={({ tokens }) => tokens.length === 0} empty={t('tokens.none')}>
				{({ tokens }) => (
					<ul className="rows">
						{tokens.map((token) => (
							<li key={token.id}>
								<Popconfirm title={t('tokens.end.sure', { name: token.name })} okText={t('tokens.end')} onConfirm={() => end.mutate(token.id)}>
									<Button size="small" style={{ float: 'inline-end' }}>
										{t('tokens.end')}
									</Button>
								</Popconfirm>
								{token.name} <span className="muted mono">{token.scope}</span>
								<div className="muted">{t('tokens.until', { ends: showInstant(token.ends, language), used: token.used ? showInstant(token.used, language) : t('tokens.unused') })}</div>
							</li>
						))}
					</ul>
				)}
			</Loaded>
			{making && <MakeToken close={() => setMaking(false)} />}
		</Card>
	)
}
