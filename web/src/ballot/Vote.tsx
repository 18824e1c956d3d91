// The ballot on a voter's own device. The code comes in the fragment, which no request carries, and is taken out of the address at once.
import { useCallback, useEffect, useState, type FormEvent } from 'react'
import { post } from '../api/client'
import { Problem } from '../api/problem'
import { useLanguage } from '../i18n'
import { Frame } from './Frame'
import { codeOf, inFours, marksOf, said, type Ballot } from './words'

const codeInAddress = () => codeOf(decodeURIComponent(location.hash.slice(1)))
const clearAddress = () => history.replaceState(null, '', location.pathname)

function Wrong({ error }: { error: unknown }) {
	const { language, t } = useLanguage()
	if (!error) return null
	const text = error instanceof Problem ? (error.isOffline ? t('state.offline') : error.say(language)) : ''
	return (
		<p role="alert" className="ballot-wrong">
			{text || t('state.failed')}
		</p>
	)
}

function AskCode({ open, error, busy }: { open: (code: string) => void; error: unknown; busy: boolean }) {
	const { t } = useLanguage()
	const [code, setCode] = useState('')
	const submit = (event: FormEvent) => {
		event.preventDefault()
		open(codeOf(code))
	}
	return (
		<form onSubmit={submit}>
			<label htmlFor="code">{t('vote.code')}</label>
			<p id="code-why">{t('vote.code.why')}</p>
			<input id="code" className="ballot-code" value={code} onChange={(event) => setCode(inFours(event.target.value))} placeholder="0000-0000-0000-0000"
				autoComplete="off" autoCapitalize="characters" spellCheck={false} aria-describedby="code-why" autoFocus />
			<Wrong error={error} />
			<button type="submit" className="ballot-send" disabled={codeOf(code).length !== 16 || busy}>
				{t('vote.code.go')}
			</button>
		</form>
	)
}

function Over({ mark, title, why, ballot, again }: { mark: string; title: string; why?: string; ballot: Ballot; again?: () => void }) {
	const { t } = useLanguage()
	return (
		<div className="ballot-over" role="status">
			<p className="ballot-mark" aria-hidden="true">
				{mark}
			</p>
			<h2>{title}</h2>
			{why && <p>{why}</p>}
			<p>
				<a href={`/hall/${ballot.ballot}`}>{t('vote.hall')}</a>
			</p>
			{again && (
				<button type="button" className="ballot-plain" onClick={again}>
					{t('vote.other')}
				</button>
			)}
		</div>
	)
}

function Mark({ ballot, code, done }: { ballot: Ballot; code: string; done: () => void }) {
	const { language, t } = useLanguage()
	const [chosen, setChosen] = useState<number[]>(() => Array<number>(ballot.subjects.length * ballot.questions.length).fill(0))
	const [asked, setAsked] = useState(false)
	const [busy, setBusy] = useState(false)
	const [error, setError] = useState<unknown>(null)
	const left = chosen.filter((choice) => choice === 0).length
	const choose = (item: number, choice: number) => {
		setAsked(false)
		setChosen((before) => before.map((old, i) => (i === item ? choice : old)))
	}
	const send = async (event: FormEvent) => {
		event.preventDefault()
		if (left > 0 && !asked) return setAsked(true)
		setBusy(true)
		setError(null)
		try {
			await post('/api/v1/ballots/{ballot}/votes', { path: { ballot: ballot.ballot }, body: { code, marks: marksOf(chosen) }, anonymous: true })
			done()
		} catch (why) {
			setError(why)
			setBusy(false)
		}
	}
	const choices = [...ballot.choices.map((choice) => said(choice.label, language)), t('vote.none')]
	return (
		<form onSubmit={(event) => void send(event)}>
			<p className="ballot-secret">{t('vote.secret')}</p>
			{ballot.subjects.map((subject, at) => (
				<section key={at}>
					<h2>{said(subject.label, language)}</h2>
					{ballot.questions.map((question, i) => {
						const item = at * ballot.questions.length + i
						return (
							<fieldset key={i} aria-label={t('vote.choose', { subject: said(subject.label, language), question: said(question.label, language) })}>
								<legend>{said(question.label, language)}</legend>
								<div className="ballot-choices">
									{choices.map((label, choice) => {
										const value = choice === ballot.choices.length ? 0 : choice + 1
										return (
											<label key={choice} className={value === 0 ? 'is-none' : undefined}>
												<input type="radio" name={`item${item}`} checked={chosen[item] === value} onChange={() => choose(item, value)} />
												<span>{label}</span>
											</label>
										)
									})}
								</div>
							</fieldset>
						)
					})}
				</section>
			))}
			<div className="ballot-foot">
				<Wrong error={error} />
				<p aria-live="polite">{left > 0 ? t('vote.left', { n: left }) : t('vote.all')}</p>
				<button type="submit" className="ballot-send" disabled={busy}>
					{busy ? t('vote.sending') : asked && left > 0 ? t('vote.send.blank', { n: left }) : t('vote.send')}
				</button>
			</div>
		</form>
	)
}

export default function Vote() {
	const { language, t } = useLanguage()
	// Only read here and cleared once it is kept: a render that is begun again on a slow phone must find it again.
	const [first] = useState(codeInAddress)
	const [code, setCode] = useState(first)
	const [ballot, setBallot] = useState<Ballot | null>(null)
	const [done, setDone] = useState(false)
	const [busy, setBusy] = useState(false)
	const [error, setError] = useState<unknown>(null)
	const open = useCallback(async (with_: string) => {
		setBusy(true)
		setError(null)
		setCode(with_)
		try {
			setBallot(await post('/api/v1/ballots/code', { body: { code: with_ }, anonymous: true }))
		} catch (why) {
			setError(why)
		}
		setBusy(false)
	}, [])
	useEffect(() => {
		clearAddress()
		if (first.length === 16) void open(first)
		const scanned = () => {
			const next = codeInAddress()
			clearAddress()
			setBallot(null)
			setDone(false)
			void open(next)
		}
		addEventListener('hashchange', scanned)
		return () => removeEventListener('hashchange', scanned)
	}, [first, open])
	const again = () => {
		setBallot(null)
		setCode('')
	}
	const title = ballot ? said(ballot.title, language) : t('vote.code')
	return (
		<Frame title={title}>
			{ballot === null ? (
				<AskCode open={(typed) => void open(typed)} error={error} busy={busy} />
			) : done ? (
				<Over mark="✓" title={t('vote.done')} why={t('vote.done.why')} ballot={ballot} />
			) : ballot.state !== 'open' ? (
				<Over mark="■" title={t('vote.closed')} ballot={ballot} />
			) : ballot.used ? (
				<Over mark="!" title={t('vote.used')} why={t('vote.used.why')} ballot={ballot} again={again} />
			) : (
				<Mark ballot={ballot} code={code} done={() => setDone(true)} />
			)}
		</Frame>
	)
}
