// Reporting without a name. Nothing is asked of the server that it would note, and nothing stays in the browser: no draft, no code.
import { useEffect, useId, useState, type FormEvent } from 'react'
import { get, post, type Schema } from '../api/client'
import { Frame } from '../ballot/Frame'
import { useLanguage } from '../i18n'
import { Field, filled, type Values } from './Field'
import { Files } from './Files'
import type { Sent } from './files'
import { Receipt } from './Receipt'
import { Wrong } from './Wrong'
import './letter.css'

type Forms = Schema['letter_forms']
type Form = Schema['letter_form']

function Promises({ form }: { form: Form }) {
	const { t } = useLanguage()
	return (
		<>
			<p>{t('letter.about', { office: form.read_by })}</p>
			<section className="letter-kept">
				<h2>{t('letter.kept.title')}</h2>
				<ul>
					<li>{t('letter.kept.none')}</li>
					<li>{t('letter.kept.code')}</li>
					<li>{t('letter.kept.seen')}</li>
					<li>{t('letter.kept.network')}</li>
				</ul>
			</section>
		</>
	)
}

function Fill({ form, units, done }: { form: Form; units: Forms['units']; done: (code: Schema['letter_code']) => void }) {
	const { t } = useLanguage()
	const id = useId()
	const [values, setValues] = useState<Values>({})
	const [files, setFiles] = useState<Sent[]>([])
	const [missing, setMissing] = useState<string[]>([])
	const [busy, setBusy] = useState(false)
	const [error, setError] = useState<unknown>(null)
	const send = async (event: FormEvent) => {
		event.preventDefault()
		const left = form.fields.filter(({ name, required }) => required && !filled(values[name])).map(({ name }) => name)
		setMissing(left)
		if (left.length > 0) {
			document.getElementById(`${id}-${left[0]}`)?.focus()
			return
		}
		setBusy(true)
		setError(null)
		try {
			const fields = Object.fromEntries(Object.entries(values).filter(([, value]) => filled(value)))
			done(await post('/api/v1/letters', { body: { procedure: form.procedure, fields, ...(files.length > 0 && { evidence: files.map(({ ticket }) => ticket) }) }, anonymous: true }))
		} catch (why) {
			setError(why)
			setBusy(false)
		}
	}
	return (
		<form onSubmit={(event) => void send(event)} autoComplete="off" noValidate>
			<h2>{t('letter.form')}</h2>
			{form.fields.map((field) => (
				<Field key={field.name} id={`${id}-${field.name}`} field={field} units={units} value={values[field.name]} missing={missing.includes(field.name)}
					change={(value) => {
						setMissing((before) => before.filter((name) => name !== field.name))
						setValues((before) => ({ ...before, [field.name]: value }))
					}} />
			))}
			<Files files={files} change={setFiles} />
			<Wrong error={error} />
			<button type="submit" className="ballot-send" disabled={busy}>
				{busy ? t('letter.sending') : t('letter.send')}
			</button>
		</form>
	)
}

export default function Write() {
	const { language, t } = useLanguage()
	const [forms, setForms] = useState<Forms | null>(null)
	const [error, setError] = useState<unknown>(null)
	const [code, setCode] = useState<Schema['letter_code'] | null>(null)
	useEffect(() => {
		get('/api/v1/letters', { anonymous: true }).then(setForms, setError)
	}, [language])
	const form = forms?.forms[0]
	if (code) return <Receipt receipt={code} />
	return (
		<Frame title={t('letter.title')}>
			<p>
				<a href="/answer">{t('letter.to.read')}</a>
			</p>
			<Wrong error={error} />
			{forms && !form && <p>{t('letter.none')}</p>}
			{form && forms && (
				<>
					<Promises form={form} />
					<Fill form={form} units={forms.units} done={setCode} />
				</>
			)}
		</Frame>
	)
}
