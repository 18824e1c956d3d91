// A letter of somebody whom a matter is about and who holds no post (any more): what they say in a hearing or an appeal is entered by an
// office of the procedure, with the letter attached. Who enters it is named in the record.
import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Card, Form, Result, Segmented, Space } from 'antd'
import { useState } from 'react'
import { Link } from 'wouter'
import { post, type Schema } from '../api/client'
import { useLanguage } from '../i18n'
import type { ActForm, Receipt } from '../lib/act'
import { draftName, dropDraft } from '../lib/draft'
import { ActKey } from '../lib/key'
import type { Values } from '../lib/values'
import { EntryForm } from '../parts/form/EntryForm'
import { MatterSelect } from '../parts/form/MatterSelect'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { ReceiptLine } from '../parts/ReceiptLine'
import { useRecorded } from '../parts/recorded'
import { useAddress } from '../parts/useAddress'
import { useMe } from '../session'
import { useMatter } from './matter/act/ActDrawer'

type Matter = Schema['matter']
type Entry = Schema['letter_entry']
const NAMES = ['matter'] as const
const CAME = 'came'

function Done({ matter, receipt }: { matter: Matter; receipt: Receipt }) {
	const { t } = useLanguage()
	return (
		<Result
			status="success"
			className="done"
			title={t('done.title')}
			subTitle={<ReceiptLine receipt={receipt} />}
			extra={
				<Link href={`/matters/${matter.id}`}>
					<Button type="primary" autoFocus>
						{t('entered.matter')}
					</Button>
				</Link>
			}
		/>
	)
}

function Enter({ matter, entry, done }: { matter: Matter; entry: Entry; done: (receipt: Receipt) => void }) {
	const { t } = useLanguage()
	const me = useMe().data
	const recorded = useRecorded()
	const [key] = useState(() => new ActKey())
	const place = `letter.${matter.id}.${entry.action}`
	const send = useMutation({
		mutationFn: ({ values, evidence }: { values: Values; evidence: string[] }) => {
			const { [CAME]: came, ...fields } = values
			const body = { fields, evidence, in_name_of: entry.of, came: came as string | undefined }
			return post('/api/v1/matters/{matter}/actions/{action}', { path: { matter: matter.id, action: entry.action }, version: matter.version, key: key.of([entry.action, body]), body: body as never })
		},
		onSuccess: (receipt) => {
			dropDraft(draftName(me?.account ?? '', place))
			done(receipt)
			return recorded()
		},
	})
	const shape: ActForm = {
		title: entry.label,
		about: t('entered.about', { of: entry.of_name, by: me?.person?.name ?? '' }),
		fields: [{ name: CAME, label: t('entered.came'), type: 'date', required: false, hint: t('entered.came.hint') }, ...entry.fields],
		evidence: 'required',
		values: entry.values,
	}
	return <EntryForm shape={shape} place={place} error={send.error} isPending={send.isPending} isDone={send.isSuccess} label={t('entered.enter')} send={(values, evidence) => send.mutate({ values, evidence })} />
}

function Letters({ matter }: { matter: Matter }) {
	const { t } = useLanguage()
	const entries = matter.letters ?? []
	const [chosen, setChosen] = useState(0)
	// What was entered stands here after the matter, read anew, has no such letter any more.
	const [receipt, setReceipt] = useState<Receipt>()
	const entry = entries[Math.min(chosen, entries.length - 1)]
	return (
		<Card title={<Link href={`/matters/${matter.id}`}>{`${matter.number} ${matter.title}`}</Link>}>
			{receipt && <Done matter={matter} receipt={receipt} />}
			{!receipt && !entry && <Alert type="info" showIcon title={t('entered.none')} description={t('entered.none.why')} />}
			{!receipt && entries.length > 1 && <Segmented value={chosen} onChange={setChosen} options={entries.map(({ label, of_name }, place) => ({ value: place, label: `${of_name}: ${label}` }))} style={{ marginBottom: 12 }} />}
			{!receipt && entry && <Enter key={`${entry.action} ${entry.of}`} matter={matter} entry={entry} done={setReceipt} />}
		</Card>
	)
}

function Chosen({ id, other }: { id: number; other: () => void }) {
	const { t } = useLanguage()
	const query = useMatter(id)
	return (
		<>
			<div>
				<Button onClick={other}>{t('entered.other')}</Button>
			</div>
			<Loaded query={query} rows={6}>
				{(matter) => <Letters key={matter.id} matter={matter} />}
			</Loaded>
		</>
	)
}

export default function LetterEntry() {
	const { t } = useLanguage()
	const [asked, change] = useAddress(NAMES)
	const id = Number(asked.matter) || undefined
	return (
		<>
			<PageHead title={t('entered.title')}>
				<span className="muted">{t('entered.why')}</span>
			</PageHead>
			<Space orientation="vertical" size={16} style={{ width: '100%', maxWidth: 760 }}>
				{id === undefined ? (
					<Form layout="vertical">
						<Form.Item label={t('entered.which')} htmlFor="letter-matter">
							<MatterSelect id="letter-matter" onChange={(next) => change({ matter: next === undefined ? undefined : String(next) })} />
						</Form.Item>
					</Form>
				) : (
					<Chosen key={id} id={id} other={() => change({ matter: undefined })} />
				)}
			</Space>
		</>
	)
}
