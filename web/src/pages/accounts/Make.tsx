// A new account: of a person, whose business it does, or without one, for an administrator to be.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { post } from '../../api/client'
import { useWords } from '../../i18n'
import { Refusal } from '../../parts/Loaded'
import { Once } from '../../parts/Once'
import { useProof } from '../../parts/Proof'

interface Filled {
	of: 'person' | 'name'
	code: string
}

export function Make({ close }: { close: () => void }) {
	const t = useWords()
	const client = useQueryClient()
	const proof = useProof()
	const [form] = Form.useForm<Filled>()
	const of = Form.useWatch('of', form) ?? 'person'
	const [half, setHalf] = useState<string>()
	const make = useMutation({
		mutationFn: ({ of: kind, code }: Filled) => proof(() => post('/api/v1/accounts', { body: { [kind]: code.trim() } })),
		onSuccess: (answer) => {
			if (answer.half) setHalf(answer.half)
			else close()
			return client.invalidateQueries({ queryKey: ['accounts'] })
		},
	})
	if (half) return <Once title={t('accounts.half', { account: form.getFieldValue('code') as string })} text={half} why={t('accounts.half.first')} close={close} />
	return (
		<Modal open title={t('accounts.make')} onCancel={close} onOk={form.submit} okText={t('accounts.make')} confirmLoading={make.isPending}>
			<Refusal error={make.error} />
			<Form<Filled> form={form} layout="vertical" initialValues={{ of: 'person' }} onFinish={(filled) => make.mutate(filled)}>
				<Form.Item name="of" label={t('accounts.of')}>
					<Radio.Group options={(['person', 'name'] as const).map((each) => ({ value: each, label: t(`accounts.of.${each}`) }))} />
				</Form.Item>
				<Form.Item name="code" label={t(`accounts.code.${of}`)} rules={[{ required: true, whitespace: true, message: t(`accounts.code.${of}`) }]}>
					<Input maxLength={of === 'person' ? 100 : 64} autoFocus spellCheck={false} />
				</Form.Item>
			</Form>
		</Modal>
	)
}
