// Who is let into a compartment: the security administrator knows its number from a request, and nothing of its content.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Card, Checkbox, DatePicker, Empty, Form, Input, InputNumber, Popconfirm, Space, Tag } from 'antd'
import type { Dayjs } from 'dayjs'
import { get, post, remove, type Schema } from '../api/client'
import { useLanguage, useWords } from '../i18n'
import { showDay } from '../parts/format'
import { Loaded, Refusal } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { useProof } from '../parts/Proof'
import { Rows, type Column } from '../parts/Rows'
import { useAddress } from '../parts/useAddress'

type Member = Schema['member']
const NAMES = ['matter'] as const

interface Filled {
	person: string
	until: Dayjs
	reason: string
	owner?: boolean
}

function useEnd(matter: number) {
	const t = useWords()
	const { message } = App.useApp()
	const client = useQueryClient()
	const proof = useProof()
	return useMutation({
		mutationFn: (person: string) => proof(() => remove('/api/v1/matters/{matter}/members/{person}', { path: { matter, person } })),
		onSuccess: () => {
			void message.success(t('accounts.done'))
			return client.invalidateQueries({ queryKey: ['members', matter] })
		},
	})
}

function Members({ matter, members }: { matter: number; members: Member[] }) {
	const { t, language } = useLanguage()
	const end = useEnd(matter)
	const columns: Column<Member>[] = [
		{
			key: 'person',
			title: t('institution.person'),
			render: ({ name, person, owner }) => (
				<>
					<strong>{name}</strong> <span className="muted">{person}</span> {owner && <Tag color="blue">{t('members.owner')}</Tag>}
				</>
			),
		},
		{ key: 'from', title: t('institution.from'), isShort: true, render: ({ from }) => showDay(from, language) },
		{ key: 'until', title: t('institution.until'), isShort: true, render: ({ until }) => showDay(until, language) },
		{ key: 'reason', title: t('members.reason'), render: ({ reason }) => reason },
		{ key: 'by', title: t('members.by'), isShort: true, render: ({ by }) => by },
		{
			key: 'end',
			title: t('accounts.deeds'),
			isShort: true,
			render: ({ person, name }) => (
				<Popconfirm title={t('members.end.sure', { name })} okText={t('members.end')} onConfirm={() => end.mutate(person)}>
					<Button size="small" danger>
						{t('members.end')}
					</Button>
				</Popconfirm>
			),
		},
	]
	return (
		<>
			<Refusal error={end.error} />
			<Rows label={t('nav.compartments')} rows={members} columns={columns} keyOf={({ person, from }) => `${person} ${from}`} empty={t('members.none')} />
		</>
	)
}

function LetIn({ matter }: { matter: number }) {
	const t = useWords()
	const { message } = App.useApp()
	const client = useQueryClient()
	const proof = useProof()
	const [form] = Form.useForm<Filled>()
	const set = useMutation({
		mutationFn: ({ person, until, reason, owner }: Filled) => proof(() => post('/api/v1/matters/{matter}/members', { path: { matter }, body: { person: person.trim(), until: until.format('YYYY-MM-DD'), reason, owner } })),
		onSuccess: () => {
			void message.success(t('accounts.done'))
			form.resetFields()
			return client.invalidateQueries({ queryKey: ['members', matter] })
		},
	})
	return (
		<Card title={t('members.set')}>
			<Refusal error={set.error} />
			<Form<Filled> form={form} layout="vertical" onFinish={(filled) => set.mutate(filled)}>
				<Form.Item name="person" label={t('accounts.code.person')} rules={[{ required: true, whitespace: true, message: t('accounts.code.person') }]}>
					<Input maxLength={100} spellCheck={false} />
				</Form.Item>
				<Form.Item name="until" label={t('institution.until')} extra={t('members.until.help')} rules={[{ required: true, message: t('institution.until') }]}>
					<DatePicker style={{ width: '100%' }} />
				</Form.Item>
				<Form.Item name="reason" label={t('members.reason')} rules={[{ required: true, whitespace: true, message: t('members.reason') }]}>
					<Input maxLength={133} />
				</Form.Item>
				<Form.Item name="owner" valuePropName="checked">
					<Checkbox>{t('members.owner.is')}</Checkbox>
				</Form.Item>
				<Button type="primary" htmlType="submit" loading={set.isPending}>
					{t('members.set')}
				</Button>
			</Form>
		</Card>
	)
}

function Compartment({ matter }: { matter: number }) {
	const t = useWords()
	const query = useQuery({ queryKey: ['members', matter], queryFn: ({ signal }) => get('/api/v1/matters/{matter}/members', { path: { matter }, signal }) })
	return (
		<div className="pair">
			<Card title={t('members.title', { n: matter })}>
				<Loaded query={query}>{({ members }) => <Members matter={matter} members={members} />}</Loaded>
			</Card>
			<LetIn matter={matter} />
		</div>
	)
}

export default function Compartments() {
	const t = useWords()
	const [asked, change] = useAddress(NAMES)
	const matter = Number(asked.matter)
	return (
		<>
			<PageHead title={t('nav.compartments')}>
				<span className="muted">{t('members.why')}</span>
			</PageHead>
			<Space orientation="vertical" size={16} style={{ width: '100%' }}>
				<Card>
					<Form layout="inline" onFinish={({ number }: { number?: number }) => change({ matter: number ? String(number) : undefined })} initialValues={{ number: matter || undefined }}>
						<Form.Item name="number" label={t('members.number')}>
							<InputNumber min={1} precision={0} style={{ width: 160 }} />
						</Form.Item>
						<Button htmlType="submit">{t('members.open')}</Button>
					</Form>
				</Card>
				{matter > 0 ? <Compartment key={matter} matter={matter} /> : <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('members.choose')} />}
			</Space>
		</>
	)
}
