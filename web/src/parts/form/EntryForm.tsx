// Whatever is filled in and sent: fields and files, kept as a draft, with the server's faults at the fields they are about.
import { Button, Form } from 'antd'
import { type ReactNode, useContext, useEffect, useMemo, useRef } from 'react'
import { Problem } from '../../api/problem'
import { useLanguage } from '../../i18n'
import type { ActForm } from '../../lib/act'
import { draftName, keepDraft, readDraft } from '../../lib/draft'
import { faultsByField, filledOf, type Values } from '../../lib/values'
import { useMe } from '../../session'
import { useToday } from '../known'
import { Refusal } from '../Loaded'
import { EvidenceInput } from './EvidenceInput'
import { Fields } from './Fields'
import { focusFirst } from './focusFirst'
import { Files } from './files'
import { useSending } from './useSending'

interface Props {
	shape: ActForm
	/** Where it belongs, for its draft. */
	place: string
	/** Present values in words, by field. */
	known?: ReadonlyMap<string, string>
	knownRows?: ReadonlyMap<string, readonly (readonly string[])[]>
	error: Error | null
	isPending: boolean
	/** It is recorded: there is no draft of it any more. */
	isDone: boolean
	label: string
	isDisabled?: boolean
	send: (values: Values, evidence: string[]) => void
	above?: ReactNode
	/** Further items of the form, and what follows on it. */
	children?: ReactNode
}

/** The server's faults: at their fields, and the rest above the form. */
function useFaults(error: Error | null, names: readonly string[]) {
	const { language } = useLanguage()
	const [form] = Form.useForm<Values>()
	const faults = error instanceof Problem && error.code !== 'stale' ? faultsByField(error.faultsOf(language), names) : null
	useEffect(() => {
		if (!faults) return
		form.setFields([...faults.fields].map(([field, errors]) => ({ name: field, errors })))
		const [first] = faults.fields.keys()
		if (first !== undefined) form.scrollToField(first, { block: 'center', focus: true })
		// eslint-disable-next-line react-hooks/exhaustive-deps
	}, [error, language])
	const isSaid = (error instanceof Problem && error.code === 'stale') || (!!faults && faults.fields.size > 0 && faults.rest.length === 0)
	return { form, above: isSaid ? null : error }
}

export function EntryForm({ shape, place, known, knownRows, error, isPending, isDone, label, isDisabled, send, above, children }: Props) {
	const { t } = useLanguage()
	const name = draftName(useMe().data?.account ?? '', place)
	const today = useToday()
	const draft = useMemo(() => readDraft(name), [name])
	const sending = useSending(draft?.evidence ?? [])
	const shown = useContext(Files)
	const named = useMemo(() => [...shown, ...sending.kept], [shown, sending.kept])
	const faults = useFaults(error, shape.fields.map((field) => field.name))
	const keep = () => keepDraft(name, { values: faults.form.getFieldsValue(true) as Values, evidence: sending.kept })
	const hashes = sending.kept.map(({ hash }) => hash)
	const lacksFile = shape.evidence === 'required' && hashes.length === 0

	const kept = hashes.join()
	useEffect(() => {
		if (!isDone && kept !== (draft?.evidence ?? []).map(({ hash }) => hash).join()) keep()
		// eslint-disable-next-line react-hooks/exhaustive-deps
	}, [kept])

	const box = useRef<HTMLDivElement>(null)
	useEffect(() => {
		const timer = setTimeout(() => focusFirst(box.current), 100)
		return () => clearTimeout(timer)
	}, [])

	return (
		<div ref={box}>
			<Form<Values>
				form={faults.form}
				layout="vertical"
				initialValues={{ ...shape.values, ...draft?.values }}
				scrollToFirstError={{ focus: true }}
				onFinish={(values) => send(filledOf(values), hashes)}
				onValuesChange={keep}
				onKeyDown={(event) => {
					if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) faults.form.submit()
				}}
			>
				{above}
				<Refusal error={faults.above} />
				{draft && !isPending && !error && <p className="muted draft">{t('act.draft')}</p>}
				{shape.about && <p className="prose about">{shape.about}</p>}
				<Files.Provider value={named}>
					<Fields fields={shape.fields} known={known} knownRows={knownRows} today={today} />
				</Files.Provider>
				{shape.evidence !== 'none' && (
					<Form.Item label={t('matter.evidence')} required={shape.evidence === 'required'}>
						<EvidenceInput {...sending} />
					</Form.Item>
				)}
				{children}
				<Button type="primary" htmlType="submit" size="large" loading={isPending} disabled={isDisabled || lacksFile || sending.isBusy} block>
					{label}
				</Button>
				{lacksFile && <p className="muted">{t('act.needsFile')}</p>}
				{shape.fields.some(({ type }) => type === 'text') && <p className="muted no-phone">{t('act.keys')}</p>}
			</Form>
		</div>
	)
}
