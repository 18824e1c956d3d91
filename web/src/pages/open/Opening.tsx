// The form by which a matter of a procedure is opened, and what came of it.
import { useMutation } from '@tanstack/react-query'
import { Button, Card, Result, Space } from 'antd'
import { useMemo, useState } from 'react'
import { Link } from 'wouter'
import type { Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import type { Matter, Receipt } from '../../lib/act'
import { draftName, dropDraft } from '../../lib/draft'
import { ActKey } from '../../lib/key'
import { openingForm, sendOpening, type Opening as Sent } from '../../lib/open'
import { EntryForm } from '../../parts/form/EntryForm'
import { OnBehalf } from '../../parts/form/OnBehalf'
import { PastDue } from '../../parts/form/PastDue'
import { useProof } from '../../parts/Proof'
import { useRecorded } from '../../parts/recorded'
import { useMe } from '../../session'
import { ReceiptLine } from '../../parts/ReceiptLine'
import { Preview } from './Preview'

interface Props {
	procedure: Schema['procedure']
	parent?: Matter
	/** Parts of the parent count by weight. */
	isWeighted: boolean
}

function Opened({ receipt, again }: { receipt: Receipt; again: () => void }) {
	const { t } = useLanguage()
	return (
		<Result
			status="success"
			title={t('open.done')}
			subTitle={<ReceiptLine receipt={receipt} />}
			extra={
				<Space>
					<Link href={`/matters/${receipt.matter}`}>
						<Button type="primary">{t('open.view')}</Button>
					</Link>
					<Button onClick={again}>{t('open.again')}</Button>
				</Space>
			}
		/>
	)
}

export function Opening({ procedure, parent, isWeighted }: Props) {
	const { t } = useLanguage()
	const withProof = useProof()
	const recorded = useRecorded()
	const account = useMe().data?.account ?? ''
	const place = `open.${procedure.name}.${parent?.id ?? ''}`
	const [key] = useState(() => new ActKey())
	const known = useMemo(() => new Map(parent?.shown.map(({ name, text }) => [name, text])), [parent])
	const open = useMutation({
		mutationFn: (sent: Sent) => withProof(() => sendOpening(sent, key.of(sent))),
		onSuccess: () => {
			dropDraft(draftName(account, place))
			return recorded()
		},
	})
	if (open.data) return <Opened receipt={open.data} again={open.reset} />
	const shape = openingForm(procedure, parent, isWeighted, t)
	return (
		<Card className="form-card">
			<EntryForm shape={shape} place={place} known={known} error={open.error} isPending={open.isPending} isDone={open.isSuccess} label={shape.title} send={(filled, evidence) => open.mutate({ procedure: procedure.name, parent: parent?.id, filled, evidence })}>
				<OnBehalf />
				<Preview procedure={procedure} />
				<PastDue procedure={procedure} fields={shape.fields} />
			</EntryForm>
		</Card>
	)
}
