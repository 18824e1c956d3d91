// Matters as one package: tasks for a level below, reports for one above.
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

type Item = Schema['package_ask']
type Asked = { peer: string; items: Item[] }
const ITEMS_MAX = 200

/** One matter, and what is said of it. */
function OneItem({ at, isUp, remove }: { at: number; isUp: boolean | undefined; remove?: () => void }) {
	const { t } = useLanguage()
	const needed = (label: string) => [{ required: true, message: t('form.required', { name: label }) }]
	return (
		<Card
			size="small"
			type="inner"
			title={t('levels.make.item', { n: at + 1 })}
			extra={
				remove && (
					<Button size="small" aria-label={`${t('levels.make.remove')} ${t('levels.make.item', { n: at + 1 })}`} onClick={remove}>
						{t('levels.make.remove')}
					</Button>
				)
			}
		>
			<Form.Item name={[at, 'matter']} label={t('levels.make.matter')} rules={needed(t('levels.make.matter'))}>
				<MatterSelect />
			</Form.Item>
			{isUp === true && (
				<Form.Item name={[at, 'text']} label={t('levels.make.text')} rules={needed(t('levels.make.text'))}>
					<Input.TextArea rows={3} maxLength={2600} />
				</Form.Item>
			)}
			{isUp === false && (
				<>
					<Form.Item name={[at, 'requirement']} label={t('levels.make.requirement')}>
						<Input.TextArea rows={3} maxLength={2600} />
					</Form.Item>
					<Form.Item name={[at, 'document']} label={t('levels.make.document')}>
						<Input maxLength={200} />
					</Form.Item>
					<Form.Item name={[at, 'due']} label={t('levels.make.due')}>
						<DayInput />
					</Form.Item>
				</>
			)}
			<Form.Item name={[at, 'files']} valuePropName="checked">
				<Checkbox>{t('levels.make.files')}</Checkbox>
			</Form.Item>
		</Card>
	)
}

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
		mutationFn: async (body: Asked) => {
			const { peer } = body
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
				<Form.List name="items" initialValue={[{}]}>
					{(items, { add, remove }) => (
						<div className="steps">
							{items.map(({ key: id, name }) => (
								<OneItem key={id} at={name} isUp={to ? isUp : undefined} remove={items.length > 1 ? () => remove(name) : undefined} />
							))}
							<Form.Item>
								<Button disabled={items.length >= ITEMS_MAX} onClick={() => add({})}>
									{t('levels.make.another')}
								</Button>
							</Form.Item>
						</div>
					)}
				</Form.List>
				<Refusal error={make.error ?? fetch.error} />
				<Button type="primary" htmlType="submit" loading={make.isPending}>
					{t('levels.make.submit')}
				</Button>
			</Form>
		</Card>
	)
}
