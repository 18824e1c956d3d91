// What was answered, by the code. It is typed, never in an address; and gone with the page.
import { useId, useState, type FormEvent } from 'react'
import { post, type Schema } from '../api/client'
import { Frame } from '../ballot/Frame'
import { codeOf, inFours } from '../ballot/words'
import { useLanguage } from '../i18n'
import { Files } from './Files'
import type { Sent } from './files'
import { Wrong } from './Wrong'
import './letter.css'

type Letter = Schema['letter']

function AskCode({ open, error, busy }: { open: (code: string) => void; error: unknown; busy: boolean }) {
	const { t } = useLanguage()
	const [code, setCode] = useState('')
	const submit = (event: FormEvent) => {
		event.preventDefault()
		open(codeOf(code))
	}
	return (
		<form onSubmit={submit} autoComplete="off">
			<label htmlFor="code">{t('letter.code')}</label>
			<p id="code-why">{t('letter.read.why')}</p>
			<input id="code" className="ballot-code" value={code} onChange={(event) => setCode(inFours(event.target.value))} placeholder="0000-0000-0000-0000" autoComplete="off" autoCapitalize="characters" spellCheck={false} aria-describedby="code-why" />
			<Wrong error={error} />
			<button type="submit" className="ballot-send" disabled={codeOf(code).length !== 16 || busy}>
				{t('letter.read.go')}
			</button>
		</form>
	)
}

function Standing({ letter }: { letter: Letter }) {
	const { t } = useLanguage()
	if (letter.waits) return <p>{t('letter.waits')}</p>
	return (
		<dl className="letter-standing">
			<dt>{t('letter.number')}</dt>
			<dd>{letter.number}</dd>
			<dt>{t('letter.state')}</dt>
			<dd>{letter.state}</dd>
			{letter.due && (
				<>
					<dt>{t('letter.due')}</dt>
					<dd>{letter.due}</dd>
				</>
			)}
		</dl>
	)
}

function Messages({ letter }: { letter: Letter }) {
	const { t } = useLanguage()
	return (
		<section>
			<h2>{t('letter.messages')}</h2>
			<ol className="letter-messages">
				{letter.messages.map((message, i) => (
					<li key={i} className={message.by === 'office' ? 'is-office' : undefined}>
						<p className="letter-by">
							<b>{message.by === 'office' ? t('letter.by.office') : t('letter.by.reporter')}</b> {message.day} {message.headline}
						</p>
						{message.text && <p className="letter-text">{message.text}</p>}
						{message.shown.map((value) => (
							<div key={value.name}>
								<p className="letter-name">{value.label}</p>
								<p className="letter-text">{value.text}</p>
							</div>
						))}
						{message.files.length > 0 && <p className="letter-name">{t('letter.by.files', { names: message.files.map(({ name }) => name).join(', ') })}</p>}
					</li>
				))}
			</ol>
		</section>
	)
}

function Add({ code, added }: { code: string; added: () => void }) {
	const { t } = useLanguage()
	const id = useId()
	const [text, setText] = useState('')
	const [files, setFiles] = useState<Sent[]>([])
	const [state, setState] = useState<'idle' | 'busy' | 'done'>('idle')
	const [error, setError] = useState<unknown>(null)
	const send = async (event: FormEvent) => {
		event.preventDefault()
		setState('busy')
		setError(null)
		try {
			await post('/api/v1/letters/additions', { body: { code, text, ...(files.length > 0 && { evidence: files.map(({ ticket }) => ticket) }) }, anonymous: true })
			setText('')
			setFiles([])
			setState('done')
			added()
		} catch (why) {
			setError(why)
			setState('idle')
		}
	}
	return (
		<form onSubmit={(event) => void send(event)} autoComplete="off">
			<div className="letter-field">
				<label htmlFor={id}>{t('letter.add')}</label>
				<textarea id={id} rows={5} maxLength={2500} value={text} spellCheck={false} onChange={(event) => setText(event.target.value)} />
			</div>
			<Files files={files} change={setFiles} />
			<Wrong error={error} />
			{state === 'done' && <p role="status">{t('letter.add.done')}</p>}
			<button type="submit" className="ballot-send" disabled={state === 'busy' || text.trim() === ''}>
				{state === 'busy' ? t('letter.sending') : t('letter.add.send')}
			</button>
		</form>
	)
}

export default function Read() {
	const { t } = useLanguage()
	const [code, setCode] = useState('')
	const [letter, setLetter] = useState<Letter | null>(null)
	const [busy, setBusy] = useState(false)
	const [error, setError] = useState<unknown>(null)
	const open = async (typed: string) => {
		setBusy(true)
		setError(null)
		try {
			setLetter(await post('/api/v1/letters/code', { body: { code: typed }, anonymous: true }))
			setCode(typed)
		} catch (why) {
			setError(why)
		}
		setBusy(false)
	}
	const close = () => {
		setLetter(null)
		setCode('')
	}
	if (letter === null)
		return (
			<Frame title={t('letter.read.title')}>
				<p>
					<a href="/letter">{t('letter.to.write')}</a>
				</p>
				<AskCode open={(typed) => void open(typed)} error={error} busy={busy} />
			</Frame>
		)
	return (
		<Frame title={letter.title}>
			<Standing letter={letter} />
			<Messages letter={letter} />
			{letter.ended ? <p>{t('letter.ended')}</p> : <Add code={code} added={() => void open(code)} />}
			<div className="letter-buttons letter-screen">
				<button type="button" className="ballot-plain" onClick={close}>
					{t('letter.read.close')}
				</button>
			</div>
		</Frame>
	)
}
