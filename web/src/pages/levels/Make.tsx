// One matter as a package: a task for a level below, a report for one above.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Card, Checkbox, Form, Input, Select } from 'antd'
import { useRef } from 'react'
import { post, type Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { ActKey } from '../../lib/key'
import { DayInput } from '../../parts/form/DayInput'
import { MatterSelect } from '../../parts/form/MatterSelect'
import { Refusal } from '../../parts/Loaded'
import { useProof } from '../../parts/Proof'
import { useFetch } from './Exchanged'

type Asked = Schema['package_ask'] & { peer: string }

export function Make({ peers }: { peers: Schema['peer'][] }) {
	const { t } = useLanguage()
	const { message } = App.useApp()
	const client = useQueryClient()
	const proof = useProof()
	const fetch = useFetch()
	const key = useRef(new ActKey())
	const [form] = Form.useForm<Asked>()
	const to = Form.useWatch('peer', form)
	const isUp = peers.find(({ code }) => code === to)?.side === 'above'
	const make = useMutation({
		mutationFn: async ({ peer, ...item }: Asked) => {
			const body = { peer, items: [item] }
			return { peer, made: await proof(() => post('/api/v1/packages', { key: key.current.of(body), body })) }
		},
		onSuccess: ({ peer, made }) => {
			void message.success(t('levels.made'))
			form.resetFields()
			fetch.mutate({ id: made.package, name: `${peer}.package` })
			return client.invalidateQueries({ queryKey: ['packages'] })
		},
	})
	if (peers.length === 0) return null
	const needed = (label: string) => [{ required: true, message: t('form.required', { name: label }) }]
	return (
		<Card title={t('levels.make')}>
			<Form<Asked> form={form} layout="vertical" onFinish={(asked) => make.mutate(asked)}>
				<Form.Item name="peer" label={t('levels.make.to')} rules={needed(t('levels.make.to'))}>
					<Select options={peers.map(({ code, title, side }) => ({ value: code, label: `${title} (${t(`levels.side.${side}`)})` }))} />
				</Form.Item>
				<Form.Item name="matter" label={t('levels.make.matter')} rules={needed(t('levels.make.matter'))}>
					<MatterSelect />
				</Form.Item>
				{to && isUp && (
					<Form.Item name="text" label={t('levels.make.text')} rules={needed(t('levels.make.text'))}>
						<Input.TextArea rows={3} maxLength={2600} />
					</Form.Item>
				)}
				{to && !isUp && (
					<>
						<Form.Item name="requirement" label={t('levels.make.requirement')}>
							<Input.TextArea rows={3} maxLength={2600} />
						</Form.Item>
						<Form.Item name="document" label={t('levels.make.document')}>
							<Input maxLength={200} />
						</Form.Item>
						<Form.Item name="due" label={t('levels.make.due')}>
							<DayInput />
						</Form.Item>
					</>
				)}
				<Form.Item name="files" valuePropName="checked">
					<Checkbox>{t('levels.make.files')}</Checkbox>
				</Form.Item>
				<Refusal error={make.error ?? fetch.error} />
				<Button type="primary" htmlType="submit" loading={make.isPending}>
					{t('levels.make.submit')}
				</Button>
			</Form>
		</Card>
	)
}
