// The form of one act in a matter.
import { Alert } from 'antd'
import { useMemo, useRef } from 'react'
import type { Schema } from '../../../api/client'
import { useLanguage } from '../../../i18n'
import { actName, formOf, toReporter, whyNot, type Act, type Matter, type Receipt } from '../../../lib/act'
import { draftName, dropDraft } from '../../../lib/draft'
import { EntryForm } from '../../../parts/form/EntryForm'
import { Files } from '../../../parts/form/files'
import { OnBehalf } from '../../../parts/form/OnBehalf'
import { PastDue } from '../../../parts/form/PastDue'
import { useMe } from '../../../session'
import { Changed } from './Changed'
import { Leads } from './Leads'
import { Origin } from './Origin'
import { useSubmit } from './useSubmit'

interface Props {
	matter: Matter
	procedure: Schema['procedure']
	act: Act
	done: (receipt: Receipt) => void
}

export function ActForm({ matter, procedure, act, done }: Props) {
	const { t } = useLanguage()
	const account = useMe().data?.account ?? ''
	const place = `${matter.id}.${actName(act)}`
	const now = formOf(act, matter, t, procedure.roles)
	// What can't be done any more keeps its form, with what was typed in it.
	const last = useRef(now)
	last.current = now ?? last.current
	const shape = last.current
	const known = useMemo(() => new Map(matter.shown.map(({ name, text }) => [name, text])), [matter.shown])
	const knownRows = useMemo(() => new Map(matter.shown.flatMap(({ name, rows }) => (rows ? [[name, rows.map(({ cells }) => cells)] as const] : []))), [matter.shown])
	const { submit, changedSince } = useSubmit(act, matter, (receipt) => {
		dropDraft(draftName(account, place))
		done(receipt)
	})
	if (!shape) return <Alert type="info" showIcon title={t('act.cannot')} description={whyNot(act, matter)} />
	return (
		<Files.Provider value={matter.evidence}>
			<EntryForm
				shape={shape}
				place={place}
				known={known}
				knownRows={knownRows}
				error={submit.error}
				isPending={submit.isPending}
				isDone={submit.isSuccess}
				label={changedSince === undefined ? shape.title : t('act.still', { name: shape.title })}
				isDisabled={!now}
				send={({ on_behalf, ...filled }, evidence) => submit.mutate({ filled, evidence, on_behalf: on_behalf as string | undefined })}
				above={
					<>
						{changedSince !== undefined && <Changed matter={matter.id} since={changedSince} />}
						{matter.anonymous && <Alert type="info" showIcon title={toReporter(act, matter, t)} style={{ marginBottom: 16 }} />}
						{act.kind === 'answer' && <Origin matter={matter.id} duty={act.duty} />}
						{!now && <Alert type="warning" showIcon title={t('act.cannot')} description={whyNot(act, matter)} style={{ marginBottom: 16 }} />}
					</>
				}
			>
				<OnBehalf />
				<PastDue procedure={procedure} fields={shape.fields} />
				<Leads act={act} shape={shape} matter={matter} procedure={procedure} />
			</EntryForm>
		</Files.Provider>
	)
}
