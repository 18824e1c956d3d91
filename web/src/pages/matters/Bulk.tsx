// What is chosen in the list, and doing one thing in all of it; each matter reports its own result.
import { CheckCircleFilled, CloseCircleFilled, LoadingOutlined, MinusCircleOutlined } from '@ant-design/icons'
import { useQueries } from '@tanstack/react-query'
import { Button, Drawer, Grid, Skeleton } from 'antd'
import { useState } from 'react'
import { Link } from 'wouter'
import { get } from '../../api/client'
import { Problem } from '../../api/problem'
import { useLanguage } from '../../i18n'
import { actName, formOf, sendAct, type Act, type Content, type Matter } from '../../lib/act'
import { bulkChoices, runBulk, type Outcome } from '../../lib/bulk'
import { draftName, dropDraft } from '../../lib/draft'
import { ActKey } from '../../lib/key'
import { EntryForm } from '../../parts/form/EntryForm'
import { OnBehalf } from '../../parts/form/OnBehalf'
import { useProof } from '../../parts/Proof'
import { useRecorded } from '../../parts/recorded'
import { Verify } from '../../parts/Verify'
import { useMe } from '../../session'

function Result({ matter, outcome }: { matter: Matter; outcome: Outcome }) {
	const { t, language } = useLanguage()
	const why = outcome.state === 'cannot' ? outcome.why || t('act.cannot') : outcome.state === 'refused' ? (outcome.error instanceof Problem && outcome.error.say(language)) || t('state.failed') : ''
	const marks = { waiting: <MinusCircleOutlined aria-hidden />, doing: <LoadingOutlined aria-hidden />, done: <CheckCircleFilled aria-hidden className="lamp-green" />, refused: <CloseCircleFilled aria-hidden className="lamp-red" />, cannot: <MinusCircleOutlined aria-hidden className="lamp-yellow" /> }
	return (
		<li>
			<div className="duty-head">
				{marks[outcome.state]}
				<Link className="grow" href={`/matters/${matter.id}`}>
					{matter.number} {matter.title}
				</Link>
				<span className={outcome.state === 'refused' ? 'lamp-red' : 'muted'}>{t(`bulk.${outcome.state}`)}</span>
				{outcome.state === 'done' && <Verify index={outcome.receipt.index} />}
			</div>
			{why && <div>{why}</div>}
		</li>
	)
}

function Doing({ act, matters, back }: { act: Act; matters: Matter[]; back: () => void }) {
	const { t } = useLanguage()
	const withProof = useProof()
	const recorded = useRecorded()
	const account = useMe().data?.account ?? ''
	const [outcomes, setOutcomes] = useState<ReadonlyMap<number, Outcome>>()
	const [keys] = useState(() => new Map(matters.map(({ id }) => [id, new ActKey()])))
	const first = matters.map((matter) => formOf(act, matter, t, [])).find((form) => form !== null)
	// What is sent are the matters as they were when it began: afterwards they are read anew.
	const [chosen] = useState(matters)
	const place = `bulk.${actName(act)}`
	const run = async (content: Content) => {
		dropDraft(draftName(account, place))
		setOutcomes(new Map())
		await runBulk({
			act,
			content,
			matters: chosen,
			t,
			send: (what, { id, version }, said) => withProof(() => sendAct(what, id, said, { version, key: keys.get(id)!.of([what, said, version]) })),
			tell: (id, outcome) => setOutcomes((now) => new Map(now).set(id, outcome)),
		})
		await recorded()
	}
	if (outcomes)
		return (
			<ul className="rows" aria-live="polite">
				{chosen.map((matter) => (
					<Result key={matter.id} matter={matter} outcome={outcomes.get(matter.id) ?? { state: 'waiting' }} />
				))}
			</ul>
		)
	if (!first) return <p>{t('act.cannot')}</p>
	return (
		<EntryForm shape={{ ...first, values: {} }} place={place} error={null} isPending={false} isDone={false} label={t('bulk.submit', { name: first.title, n: matters.length })} send={({ on_behalf, ...filled }, evidence) => void run({ filled, evidence, on_behalf: on_behalf as string | undefined })}>
			<OnBehalf />
			<p>
				<Button type="link" onClick={back}>
					{t('act.back')}
				</Button>
			</p>
		</EntryForm>
	)
}

function Inside({ ids }: { ids: readonly number[] }) {
	const { t, language } = useLanguage()
	const [act, setAct] = useState<Act>()
	const queries = useQueries({ queries: ids.map((id) => ({ queryKey: ['matter', id, language], queryFn: ({ signal }: { signal: AbortSignal }) => get('/api/v1/matters/{matter}', { path: { matter: id }, signal }) })) })
	const matters = queries.flatMap(({ data }) => (data ? [data] : []))
	if (queries.some(({ isPending }) => isPending)) return <Skeleton active />
	if (act) return <Doing act={act} matters={matters} back={() => setAct(undefined)} />
	return (
		<div className="choices">
			<p className="muted">{t('bulk.why')}</p>
			{bulkChoices(matters, t).map((choice) => (
				<Button key={actName(choice.act)} block onClick={() => setAct(choice.act)}>
					{t('bulk.of', { name: choice.label, n: choice.count, all: matters.length })}
				</Button>
			))}
		</div>
	)
}

export function Bulk({ ids, clear }: { ids: readonly number[]; clear: () => void }) {
	const { t } = useLanguage()
	const wide = Grid.useBreakpoint().md ?? true
	const [open, setOpen] = useState(false)
	if (ids.length === 0) return null
	return (
		<div className="bulk no-print" role="region" aria-label={t('bulk.title')}>
			<span>{t('bulk.chosen', { n: ids.length })}</span>
			<Button type="primary" onClick={() => setOpen(true)}>
				{t('bulk.title')}
			</Button>
			<Button onClick={clear}>{t('bulk.clear')}</Button>
			<Drawer open={open} onClose={() => setOpen(false)} size={wide ? 600 : '100%'} title={t('bulk.title')} destroyOnHidden>
				<Inside ids={ids} />
			</Drawer>
		</div>
	)
}
