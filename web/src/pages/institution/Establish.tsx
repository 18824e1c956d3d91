// One change of the institution, in a drawer: filled in, shown once more before it is done, and then its receipt.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Descriptions, Drawer, Grid, Modal, Result } from 'antd'
import { useState } from 'react'
import { useLanguage } from '../../i18n'
import type { Field, Receipt } from '../../lib/act'
import { draftName, dropDraft } from '../../lib/draft'
import { establishBody, establishForm, mayEstablish, sendDeed, type Begin, type Deed } from '../../lib/establish'
import { ActKey } from '../../lib/key'
import type { Values } from '../../lib/values'
import { EntryForm } from '../../parts/form/EntryForm'
import { showDay } from '../../parts/format'
import { findOrg } from '../../parts/OrgSelect'
import { useProof } from '../../parts/Proof'
import { ReceiptLine } from '../../parts/ReceiptLine'
import { useRecorded } from '../../parts/recorded'
import { useMe } from '../../session'

interface Shown {
	label: string
	text: string
}

async function shownOf(fields: readonly Field[], filled: Values, language: 'zh' | 'en'): Promise<Shown[]> {
	const text = async ({ type, choices }: Field, value: unknown) => {
		if (type === 'unit' || type === 'post' || type === 'person') return (await findOrg(type, String(value))).find((each) => each.value === value)?.label ?? String(value)
		if (type === 'date') return showDay(String(value), language)
		return choices?.find(({ name }) => name === value)?.label ?? String(value)
	}
	return Promise.all(fields.filter(({ name }) => filled[name] !== undefined).map(async (field) => ({ label: field.label, text: await text(field, filled[field.name]) })))
}

export interface Establishing {
	deed: Deed
	begin: Begin
}

interface Props extends Establishing {
	close: () => void
}

function useSend({ deed, begin }: Establishing, place: string) {
	const proof = useProof()
	const recorded = useRecorded()
	const account = useMe().data?.account ?? ''
	const client = useQueryClient()
	const [key] = useState(() => new ActKey())
	return useMutation({
		mutationFn: (filled: Values) => {
			const body = establishBody(deed, begin, filled)
			return proof(() => sendDeed(deed, body, key.of([deed, body])))
		},
		onSuccess: () => {
			dropDraft(draftName(account, place))
			// Who I am today may be another thing now.
			return Promise.all([recorded(), client.invalidateQueries({ queryKey: ['me'] })])
		},
	})
}

function Done({ receipt, close }: { receipt: Receipt; close: () => void }) {
	const { t } = useLanguage()
	return (
		<Result
			status="success"
			className="done"
			title={t('done.title')}
			subTitle={<ReceiptLine receipt={receipt} />}
			extra={
				<Button type="primary" onClick={close} autoFocus>
					{t('done.close')}
				</Button>
			}
		/>
	)
}

export function Establish({ deed, begin, close }: Props) {
	const { t, language } = useLanguage()
	const me = useMe().data
	const wide = Grid.useBreakpoint().md ?? true
	const [open, setOpen] = useState(true)
	const [asked, setAsked] = useState<{ filled: Values; shown: Shown[] }>()
	const shape = establishForm(deed, begin, mayEstablish('delegation', me?.functions), t)
	const place = `establish.${deed}.${begin.code ?? ''}`
	const send = useSend({ deed, begin }, place)
	const ask = (filled: Values) => void shownOf(shape.fields, filled, language).then((shown) => setAsked({ filled, shown }))
	return (
		<Drawer open={open} onClose={() => setOpen(false)} afterOpenChange={(isOpen) => !isOpen && close()} size={wide ? 560 : '100%'} title={shape.title} destroyOnHidden>
			{send.data ? <Done receipt={send.data} close={() => setOpen(false)} /> : <EntryForm shape={shape} place={place} error={send.error} isPending={send.isPending} isDone={send.isSuccess} label={t('establish.next')} send={ask} />}
			<Modal
				open={asked !== undefined}
				title={t('establish.sure', { name: shape.title })}
				okText={t('establish.confirm')}
				onOk={() => {
					if (asked) send.mutate(asked.filled)
					setAsked(undefined)
				}}
				onCancel={() => setAsked(undefined)}
				zIndex={1100}
			>
				<p>{t('establish.sure.why')}</p>
				<Descriptions column={1} size="small" bordered items={[...(shape.about && begin.code ? [{ label: t('establish.of'), text: shape.about }] : []), ...(asked?.shown ?? [])].map(({ label, text }) => ({ key: label, label, children: text }))} />
			</Modal>
		</Drawer>
	)
}
