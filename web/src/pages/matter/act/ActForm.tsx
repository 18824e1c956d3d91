// The form of one act, drawn from what the server says it takes.
import { Alert, Button, Form, Select } from 'antd'
import { useEffect, useMemo, useRef } from 'react'
import { Problem } from '../../../api/problem'
import type { Schema } from '../../../api/client'
import { useLanguage } from '../../../i18n'
import { actName, formOf, whyNot, type Act, type Matter, type Receipt } from '../../../lib/act'
import { draftName, dropDraft, keepDraft, readDraft } from '../../../lib/draft'
import { faultsByField, filledOf, type Values } from '../../../lib/values'
import { EvidenceInput } from '../../../parts/form/EvidenceInput'
import { Fields } from '../../../parts/form/Fields'
import { useSending } from '../../../parts/form/useSending'
import { useToday } from '../../../parts/known'
import { Refusal } from '../../../parts/Loaded'
import { useMe } from '../../../session'
import { Changed } from './Changed'
import { Leads } from './Leads'
import { useSubmit } from './useSubmit'

interface Props {
	matter: Matter
	procedure: Schema['procedure']
	act: Act
	done: (receipt: Receipt) => void
}

function OnBehalf() {
	const { t } = useLanguage()
	const me = useMe().data
	const from = me?.delegations?.filter(({ to }) => to === me.person?.code) ?? []
	if (from.length === 0) return null
	return (
		<Form.Item name="on_behalf" label={t('act.onBehalf')} extra={t('act.onBehalf.help')}>
			<Select allowClear options={from.map((each) => ({ value: each.from, label: each.from_name }))} />
		</Form.Item>
	)
}

export function ActForm({ matter, procedure, act, done }: Props) {
	const { t, language } = useLanguage()
	const me = useMe().data
	const today = useToday()
	const [form] = Form.useForm<Values>()
	const now = formOf(act, matter, t, procedure.roles)
	// What can't be done any more keeps its form, with what was typed in it.
	const last = useRef(now)
	last.current = now ?? last.current
	const shape = last.current
	const name = draftName(me?.account ?? '', `${matter.id}.${actName(act)}`)
	const draft = useMemo(() => readDraft(name), [name])
	const sending = useSending(draft?.evidence ?? [])
	const { submit, changedSince } = useSubmit(act, matter, (receipt) => {
		dropDraft(name)
		done(receipt)
	})
	const known = useMemo(() => new Map(matter.shown.map(({ name: field, text }) => [field, text])), [matter.shown])
	const keep = () => keepDraft(name, { values: form.getFieldsValue(true) as Values, evidence: sending.kept })

	const kept = sending.kept.map(({ hash }) => hash).join()
	useEffect(() => {
		if (!submit.isSuccess && kept !== (draft?.evidence ?? []).map(({ hash }) => hash).join()) keep()
		// eslint-disable-next-line react-hooks/exhaustive-deps
	}, [kept])

	const names = shape?.fields.map((field) => field.name) ?? []
	const faults = submit.error instanceof Problem ? faultsByField(submit.error.faultsOf(language), names) : null
	const isOnlyFields = !!faults && faults.fields.size > 0 && faults.rest.length === 0
	const isStale = submit.error instanceof Problem && submit.error.code === 'stale'
	useEffect(() => {
		if (faults) form.setFields([...faults.fields].map(([field, errors]) => ({ name: field, errors })))
		// eslint-disable-next-line react-hooks/exhaustive-deps
	}, [submit.error, language])

	if (!shape) return <Alert type="info" showIcon title={t('act.cannot')} description={whyNot(act, matter)} />
	const lacksFile = shape.evidence === 'required' && sending.kept.length === 0
	const send = ({ on_behalf, ...values }: Values) => submit.mutate({ filled: filledOf(values), evidence: sending.kept.map(({ hash }) => hash), on_behalf: (on_behalf as string) || undefined })
	return (
		<Form<Values>
			form={form}
			layout="vertical"
			initialValues={{ ...shape.values, ...draft?.values }}
			scrollToFirstError={{ focus: true }}
			onFinish={send}
			onValuesChange={keep}
			onKeyDown={(event) => {
				if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.submit()
			}}
		>
			{changedSince !== undefined && <Changed matter={matter.id} since={changedSince} />}
			{!now && <Alert type="warning" showIcon title={t('act.cannot')} description={whyNot(act, matter)} style={{ marginBottom: 16 }} />}
			{submit.error && !isOnlyFields && !isStale && <Refusal error={submit.error} />}
			{draft && !submit.isPending && <p className="muted">{t('act.draft')}</p>}
			{shape.about && <p className="prose about">{shape.about}</p>}
			<Fields fields={shape.fields} known={known} today={today} />
			{shape.evidence !== 'none' && (
				<Form.Item label={t('matter.evidence')} required={shape.evidence === 'required'}>
					<EvidenceInput {...sending} />
				</Form.Item>
			)}
			<OnBehalf />
			<Leads act={act} shape={shape} matter={matter} procedure={procedure} />
			<Button type="primary" htmlType="submit" size="large" loading={submit.isPending} disabled={!now || lacksFile || sending.isBusy} block>
				{changedSince === undefined ? shape.title : t('act.still', { name: shape.title })}
			</Button>
			{lacksFile && <p className="muted">{t('act.needsFile')}</p>}
			{shape.fields.some(({ type }) => type === 'text') && <p className="muted no-phone">{t('act.keys')}</p>}
		</Form>
	)
}
