// Institutions above and below with the fingerprints of their keys, and the form by which the security administrator enters one.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Card, Checkbox, Descriptions, Form, Input, Select } from 'antd'
import { useRef } from 'react'
import { post, type Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { ActKey } from '../../lib/key'
import { Refusal } from '../../parts/Loaded'
import { useProof } from '../../parts/Proof'
import { Rows, type Column } from '../../parts/Rows'

type Peer = Schema['peer']

export function Peers({ known }: { known: Schema['peers'] }) {
	const { t } = useLanguage()
	const columns: Column<Peer>[] = [
		{ key: 'code', title: t('levels.code'), isShort: true, render: ({ code }) => code },
		{ key: 'title', title: t('levels.title'), render: ({ title, closed }) => (closed ? `${title} (${t('levels.closed')})` : title) },
		{ key: 'side', title: t('levels.side'), isShort: true, render: ({ side }) => t(`levels.side.${side}`) },
		{ key: 'fingerprint', title: t('levels.fingerprint'), render: ({ fingerprint }) => <code>{fingerprint}</code> },
	]
	return (
		<>
			<Descriptions
				column={1}
				items={[
					{ key: 'own', label: t('levels.own'), children: <code>{known.own_fingerprint}</code> },
					{ key: 'key', label: t('levels.ownKey'), children: <code className="wrap">{known.own_key}</code> },
				]}
			/>
			<Rows<Peer> rows={known.peers} columns={columns} keyOf={({ code }) => code} empty={t('levels.peers.none')} label={t('levels.peers')} />
		</>
	)
}

interface Entry {
	code: string
	title: string
	title_en?: string
	side: 'above' | 'below'
	key: string
	fingerprint: string
	closed?: boolean
}

export function EnterPeer() {
	const { t } = useLanguage()
	const { message } = App.useApp()
	const client = useQueryClient()
	const proof = useProof()
	const key = useRef(new ActKey())
	const [form] = Form.useForm<Entry>()
	const enter = useMutation({
		mutationFn: (body: Entry) => proof(() => post('/api/v1/peers', { key: key.current.of(body), body })),
		onSuccess: () => {
			void message.success(t('levels.entered'))
			form.resetFields()
			return client.invalidateQueries({ queryKey: ['peers'] })
		},
	})
	const needed = (label: string) => [{ required: true, message: t('form.required', { name: label }) }]
	return (
		<Card title={t('levels.enter')}>
			<Form<Entry> form={form} layout="vertical" onFinish={(entry) => enter.mutate(entry)}>
				<Form.Item name="code" label={t('levels.code')} rules={needed(t('levels.code'))}>
					<Input maxLength={64} />
				</Form.Item>
				<Form.Item name="title" label={t('levels.title')} rules={needed(t('levels.title'))}>
					<Input maxLength={100} />
				</Form.Item>
				<Form.Item name="title_en" label={t('levels.titleEn')}>
					<Input maxLength={100} />
				</Form.Item>
				<Form.Item name="side" label={t('levels.side')} rules={needed(t('levels.side'))}>
					<Select options={(['above', 'below'] as const).map((value) => ({ value, label: t(`levels.side.${value}`) }))} />
				</Form.Item>
				<Form.Item name="key" label={t('levels.key')} rules={needed(t('levels.key'))}>
					<Input maxLength={400} />
				</Form.Item>
				<Form.Item name="fingerprint" label={t('levels.fingerprint')} extra={t('levels.fingerprint.help')}>
					<Input maxLength={60} />
				</Form.Item>
				<Form.Item name="closed" valuePropName="checked">
					<Checkbox>{t('levels.closed')}</Checkbox>
				</Form.Item>
				<Refusal error={enter.error} />
				<Button type="primary" htmlType="submit" loading={enter.isPending}>
					{t('levels.enter')}
				</Button>
			</Form>
		</Card>
	)
}
