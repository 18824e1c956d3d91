// The count as the whole hall sees it: how many came back while the vote is on, and the result at once. Anybody may open it.
import { useEffect, useState, type FormEvent } from 'react'
import { get, getText } from '../api/client'
import { Problem } from '../api/problem'
import { useLanguage } from '../i18n'
import { Frame } from './Frame'
import { codeOf, inFours, outcomeOf, points, said, stateOf, voidOf, type Ballot } from './words'

const EVERY_MS = 2000

function useBallot(id: number) {
	const [ballot, setBallot] = useState<Ballot | null>(null)
	const [error, setError] = useState<Problem | null>(null)
	const goesOn = ballot === null || ballot.state === 'open'
	useEffect(() => {
		if (!goesOn) return
		let stopped = false
		const look = async () => {
			try {
				const now = await get('/api/v1/ballots/{ballot}', { path: { ballot: id }, anonymous: true })
				if (stopped) return
				setBallot(now)
				setError(null)
			} catch (why) {
				if (!stopped) setError(why instanceof Problem ? why : new Problem(0, null))
			}
		}
		void look()
		const timer = setInterval(() => void look(), EVERY_MS)
		return () => {
			stopped = true
			clearInterval(timer)
		}
	}, [id, goesOn])
	return { ballot, error }
}

function Results({ ballot }: { ballot: Ballot }) {
	const { language, t } = useLanguage()
	return (ballot.result?.subjects ?? []).map((subject, at) => (
		<section key={at}>
			<h2 className="hall-subject">
				{said(ballot.subjects[at]!.label, language)}
				{ballot.state === 'closed' && <span className={`hall-outcome is-${subject.outcome}`}>{outcomeOf(subject.outcome, t)}</span>}
			</h2>
			<div className="hall-scroll" tabIndex={0} role="region" aria-label={said(ballot.subjects[at]!.label, language)}>
				<table>
					<thead>
						<tr>
							<th scope="col">{t('hall.question')}</th>
							<th scope="col">{t('hall.score')}</th>
							{ballot.choices.map((choice) => (
								<th scope="col" key={choice.name}>
									{said(choice.label, language)}
								</th>
							))}
							<th scope="col">{t('vote.none')}</th>
						</tr>
					</thead>
					<tbody>
						{subject.questions.map((question, i) => (
							<tr key={i}>
								<th scope="row">{said(ballot.questions[i]!.label, language)}</th>
								<td className="hall-score">{points(question.score)}</td>
								{question.counts.slice(1).map((count, choice) => (
									<td key={choice}>{count}</td>
								))}
								<td>{question.counts[0]}</td>
							</tr>
						))}
					</tbody>
				</table>
			</div>
		</section>
	))
}

/** The SHA-256 of a code in hex. */
async function hashOf(code: string): Promise<string> {
	const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code)))
	return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The code never leaves the page: the whole list is fetched and looked through here. */
function Mine({ ballot }: { ballot: Ballot }) {
	const { language, t } = useLanguage()
	const [code, setCode] = useState('')
	const [found, setFound] = useState<string | null>(null)
	const look = async (event: FormEvent) => {
		event.preventDefault()
		const hash = await hashOf(codeOf(code))
		const lines = await getText(`/api/v1/ballots/${ballot.ballot}/lines`, undefined, true)
		setFound(lines.split('\n').find((line) => line.startsWith(hash + ' '))?.split(' ')[1] ?? '')
	}
	const word = (mark: string) => (mark === '0' ? t('vote.none') : said(ballot.choices[Number(mark) - 1]!.label, language))
	const items = ballot.subjects.flatMap((subject) => ballot.questions.map((question) => t('vote.choose', { subject: said(subject.label, language), question: said(question.label, language) })))
	return (
		<section>
			<h2>{t('hall.mine')}</h2>
			{globalThis.crypto?.subtle ? (
				<form className="hall-mine" onSubmit={(event) => void look(event)}>
					<input className="ballot-code" aria-label={t('vote.code')} value={code} onChange={(event) => setCode(inFours(event.target.value))} placeholder="0000-0000-0000-0000" autoComplete="off" spellCheck={false} />
					<button type="submit" className="ballot-send" disabled={codeOf(code).length !== 16}>
						{t('hall.mine.go')}
					</button>
				</form>
			) : (
				<p>{t('hall.mine.insecure')}</p>
			)}
			{found === '' && <p role="alert" className="ballot-wrong">{t('hall.mine.missing')}</p>}
			{found && (
				<div role="status">
					<p>{t('hall.mine.found')}</p>
					<ul>
						{items.map((item, i) => (
							<li key={i}>
								{item} <b>{word(found[i]!)}</b>
							</li>
						))}
					</ul>
				</div>
			)}
		</section>
	)
}

function Count({ ballot, error }: { ballot: Ballot; error: Problem | null }) {
	const { t } = useLanguage()
	const api = `/api/v1/ballots/${ballot.ballot}`
	const why = ballot.result?.void
	return (
		<>
			<div className="hall-count" aria-live="polite">
				<p>{stateOf(ballot.state, t)}</p>
				<p className="hall-number">
					<small>{t('hall.received')}</small> {ballot.returned} <small>{t('hall.of', { n: ballot.issued })}</small>
				</p>
				<progress max={ballot.issued} value={Math.min(ballot.returned, ballot.issued)} aria-label={t('hall.received')} />
				{error?.isOffline && <p className="ballot-wrong">{t('hall.offline')}</p>}
				{ballot.paper_waits && <p>{t('hall.paper')}</p>}
				{why && <p className="ballot-wrong">{voidOf(why, t)}</p>}
			</div>
			<Results ballot={ballot} />
			{ballot.result?.subjects && <Mine ballot={ballot} />}
			<footer>
				<p>
					{t('hall.root')}
					<br />
					<code>{ballot.root}</code>
				</p>
				<p className="hall-links">
					<a href={`${api}/codes`}>{t('hall.codes')}</a>
					{ballot.result?.subjects && <a href={`${api}/lines`}>{t('hall.lines')}</a>}
					<a href={api}>{t('hall.data')}</a>
				</p>
			</footer>
		</>
	)
}

export default function Hall() {
	const { language, t } = useLanguage()
	const [id] = useState(() => Number(location.pathname.split('/')[2]) || 0)
	const { ballot, error } = useBallot(id)
	if (ballot === null) return <Frame title={t('hall.received')}>{error && <p role="alert" className="ballot-wrong">{error.isOffline ? t('hall.offline') : t('hall.missing')}</p>}</Frame>
	return (
		<Frame title={said(ballot.title, language)} wide>
			<Count ballot={ballot} error={error} />
		</Frame>
	)
}
