// How one wants to be told outside the house of what one's inbox holds: by mail to an address that is proved by a code, or by a robot.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Card, Checkbox, Form, Input, Modal, Popconfirm, Radio, Select, Space } from 'antd'
import { useState } from 'react'
import { get, post, put, remove, type Schema } from '../../api/client'
import { useLanguage, useWords } from '../../i18n'
import { Loaded, Refusal } from '../../parts/Loaded'
import { useProof } from '../../parts/Proof'

type How = Schema['telling']
const PATH = '/api/v1/me/telling'
const PACES = ['none', 'at_once', 'daily'] as const
const LANGUAGES = ['zh', 'en'] as const
const KEY = ['telling']

function useRenewed() {
	const client = useQueryClient()
	return () => client.invalidateQueries({ queryKey: KEY })
}

/** An address, then the code that came there. */
function Prove({ wanted, close }: { wanted?: string; close: () => void }) {
	const t = useWords()
	const { message } = App.useApp()
	const renew = useRenewed()
	const proof = useProof()
	const [sent, setSent] = useState(wanted)
	const send = useMutation({
		mutationFn: ({ address }: { address: string }) => proof(() => post(`${PATH}/address`, { body: { address: address.trim() } })),
		onSuccess: (_, { address }) => {
			setSent(address.trim())
			return renew()
		},
	})
	const confirm = useMutation({
		mutationFn: ({ code }: { code: string }) => post(`${PATH}/address/confirmation`, { body: { code: code.trim() } }),
		onSuccess: async () => {
			await renew()
			void message.success(t('telling.proved'))
			close()
		},
	})
	return (
		<Modal open title={t('telling.address')} footer={null} onCancel={close}>
			{sent ? (
				<Form layout="vertical" requiredMark={false} onFinish={(filled: { code: string }) => confirm.mutate(filled)}>
					<Refusal error={confirm.error} />
					<p>{t('telling.code.sent', { address: sent })}</p>
					<Form.Item name="code" label={t('telling.code')} rules={[{ required: true, message: t('telling.code') }]}>
						<Input autoFocus inputMode="numeric" autoComplete="one-time-code" maxLength={20} />
					</Form.Item>
					<Space wrap>
						<Button type="primary" htmlType="submit" loading={confirm.isPending}>
							{t('telling.code.confirm')}
						</Button>
						<Button onClick={() => setSent(undefined)}>{t('telling.address.other')}</Button>
					</Space>
				</Form>
			) : (
				<Form layout="vertical" requiredMark={false} onFinish={(filled: { address: string }) => send.mutate(filled)}>
					<Refusal error={send.error} />
					<Form.Item name="address" label={t('telling.address')} rules={[{ required: true, type: 'email', message: t('telling.address.form') }]}>
						<Input autoFocus type="email" autoComplete="email" maxLength={254} />
					</Form.Item>
					<Button type="primary" htmlType="submit" loading={send.isPending}>
						{t('telling.code.send')}
					</Button>
				</Form>
			)}
		</Modal>
	)
}

function Address({ how }: { how: How }) {
	const t = useWords()
	const renew = useRenewed()
	const proof = useProof()
	const [proving, setProving] = useState(false)
	const forget = useMutation({ mutationFn: () => proof(() => remove(`${PATH}/address`)), onSuccess: renew })
	return (
		<div>
			<Refusal error={forget.error} />
			<Space wrap>
				<span>{how.address ?? t('telling.address.none')}</span>
				<Button size="small" onClick={() => setProving(true)}>
					{t(how.wanted ? 'telling.code.type' : how.address ? 'telling.address.change' : 'telling.address.add')}
				</Button>
				{how.address && (
					<Popconfirm title={t('telling.address.drop.sure')} okText={t('telling.address.drop')} onConfirm={() => forget.mutate()}>
						<Button size="small">{t('telling.address.drop')}</Button>
					</Popconfirm>
				)}
			</Space>
			{proving && <Prove wanted={how.wanted} close={() => setProving(false)} />}
		</div>
	)
}

type Filled = Pick<How, 'pace' | 'way' | 'lang' | 'daily_at' | 'quiet_from' | 'quiet_until' | 'working_days'>

function Choices({ how }: { how: How }) {
	const t = useWords()
	const { message } = App.useApp()
	const renew = useRenewed()
	const [form] = Form.useForm<Filled>()
	const pace = Form.useWatch('pace', form) ?? how.pace
	const set = useMutation({
		mutationFn: (body: Filled) => put(PATH, { body }),
		onSuccess: async () => {
			await renew()
			void message.success(t('telling.set'))
		},
	})
	const ways = how.ways.map(({ way, title }) => ({ value: way, label: way === 'mail' ? t('telling.mail') : title || way }))
	const clock = (name: 'daily_at' | 'quiet_from' | 'quiet_until', label: string) => (
		<Form.Item name={name} label={label} rules={[{ required: true, message: label }]}>
			<Input type="time" style={{ width: 140 }} />
		</Form.Item>
	)
	return (
		<Form<Filled> form={form} layout="vertical" requiredMark={false} initialValues={{ ...how, way: how.ways.some(({ way }) => way === how.way) ? how.way : how.ways[0]?.way }} onFinish={(filled) => set.mutate(filled)}>
			<Refusal error={set.error} />
			<Form.Item name="pace" label={t('telling.pace')}>
				<Radio.Group options={PACES.map((each) => ({ value: each, label: t(`telling.pace.${each}`) }))} />
			</Form.Item>
			{pace !== 'none' && (
				<>
					<Form.Item name="way" label={t('telling.way')}>
						<Select options={ways} />
					</Form.Item>
					<Space wrap align="start">
						{pace === 'daily' && clock('daily_at', t('telling.daily'))}
						{clock('quiet_from', t('telling.quiet.from'))}
						{clock('quiet_until', t('telling.quiet.until'))}
						<Form.Item name="lang" label={t('telling.lang')}>
							<Select style={{ width: 140 }} options={LANGUAGES.map((each) => ({ value: each, label: t(`telling.lang.${each}`) }))} />
						</Form.Item>
					</Space>
					<Form.Item name="working_days" valuePropName="checked">
						<Checkbox>{t('telling.working_days')}</Checkbox>
					</Form.Item>
				</>
			)}
			<Button type="primary" htmlType="submit" loading={set.isPending}>
				{t('telling.save')}
			</Button>
		</Form>
	)
}

export function Telling() {
	const { t } = useLanguage()
	const query = useQuery({ queryKey: KEY, queryFn: ({ signal }) => get(PATH, { signal }) })
	return (
		<Card title={t('telling.title')}>
			<Loaded query={query} rows={3} isEmpty={({ ways }) => ways.length === 0} empty={t('telling.nothing')}>
				{(how) => (
					<>
						{how.ways.some(({ way }) => way === 'mail') && (
							<>
								<h3>{t('telling.address')}</h3>
								<Address how={how} />
							</>
						)}
						<h3>{t('telling.when')}</h3>
						<Choices key={how.address ?? ''} how={how} />
						<p className="muted">{t('telling.why')}</p>
					</>
				)}
			</Loaded>
		</Card>
	)
}
