// A rule is issued, amended or repealed, in a drawer: filled in, looked at once more (an amended text article by article), and then done.
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, DatePicker, Drawer, Form, Grid, Result, Select, Space } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { address, get, getText, post, type Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import type { Field } from '../../lib/act'
import { draftName, dropDraft } from '../../lib/draft'
import { ActKey } from '../../lib/key'
import { ruleBody, ruleForm, sendRule, stepsOf, textOf, versionOn, type Choice, type Deed, type Offered } from '../../lib/ruleDeeds'
import type { Values } from '../../lib/values'
import { EntryForm } from '../../parts/form/EntryForm'
import { showDay } from '../../parts/format'
import { useToday } from '../../parts/known'
import { Loaded, Refusal } from '../../parts/Loaded'
import { findOrg } from '../../parts/OrgSelect'
import { useProof } from '../../parts/Proof'
import { ReceiptLine } from '../../parts/ReceiptLine'
import { useRecorded } from '../../parts/recorded'
import { useMe } from '../../session'
import { Differences } from './Compare'

type Rule = Schema['rule']

interface Props {
	deed: Deed
	rule?: Rule
	close: () => void
}

/** What is looked at before it is done. */
interface Asked {
	filled: Values
	/** What the unit is called. */
	unit?: string
	comparison?: Schema['rule_comparison']
	/** What may be done in its matter by the same act. */
	steps: Choice[]
}

async function stepsIn(deed: Deed, { matter, review }: Values): Promise<Choice[]> {
	if (deed === 'repeal' || matter === undefined || review !== undefined) return []
	return stepsOf((await get('/api/v1/matters/{matter}', { path: { matter: Number(matter) } })).possible)
}

function Step({ steps, step, change }: { steps: Choice[]; step: string; change: (step: string) => void }) {
	const { t } = useLanguage()
	return (
		<Form layout="vertical">
			<Form.Item label={t('rules.do.step')} htmlFor="rule-step" extra={t('rules.do.step.why')}>
				<Select id="rule-step" value={step} onChange={change} options={[...steps, { name: '', label: t('rules.do.step.none') }].map(({ name, label }) => ({ value: name, label }))} />
			</Form.Item>
		</Form>
	)
}

const useOffered = (rule: number | undefined) => {
	const { language } = useLanguage()
	return useQuery({
		queryKey: ['rules', 'offered', rule, language],
		queryFn: async ({ signal }): Promise<Offered> => {
			const [{ procedures }, { rules }] = await Promise.all([get('/api/v1/procedures', { signal }), get('/api/v1/rules', { signal })])
			return { procedures: procedures.map(({ name, title }) => ({ name, label: title })), rules: rules.filter((other) => other.rule !== rule && other.state !== 'repealed').map(({ code, title }) => ({ name: code, label: title })) }
		},
	})
}

/** Which text is amended: that of a day. */
function useText(deed: Deed, rule: Rule | undefined, day: string | undefined) {
	const version = rule && deed === 'amend' && day ? versionOn(rule.history, day) : undefined
	const query = useQuery({ queryKey: ['rule', rule?.rule, 'text', version], enabled: version !== undefined, queryFn: ({ signal }) => getText(address('/api/v1/rules/{rule}/text', { rule: rule?.rule }, { version }), signal), staleTime: Infinity })
	return { version, text: deed === 'amend' ? query.data : '', error: query.error }
}

function Looked({ shape, asked, from }: { shape: { fields: Field[] }; asked: Asked; from: number }) {
	const { t, language } = useLanguage()
	const shown = (field: Field) => {
		const value = asked.filled[field.name]
		if (field.type === 'date') return showDay(String(value), language)
		if (field.type === 'unit') return asked.unit ?? String(value)
		const named = (name: unknown) => field.choices?.find((each) => each.name === name)?.label ?? String(name)
		return Array.isArray(value) ? value.map(named).join(t('rules.and')) : named(value)
	}
	const said = shape.fields.filter(({ name, type }) => asked.filled[name] !== undefined && name !== 'text' && type !== 'matter')
	return (
		<>
			<dl className="rule-proof">
				{said.map((field) => (
					<div key={field.name}>
						<dt>{field.label}</dt>
						<dd>{shown(field)}</dd>
					</div>
				))}
			</dl>
			{asked.comparison && <Differences parts={asked.comparison.parts} older={t('rules.version.n', { n: from })} newer={t('rules.version.n', { n: asked.comparison.to })} changes={asked.comparison.changes} />}
			{!asked.comparison && typeof asked.filled.text === 'string' && <pre className="rule-draft">{asked.filled.text}</pre>}
		</>
	)
}

export function RuleDeed({ deed, rule, close }: Props) {
	const { t } = useLanguage()
	const wide = Grid.useBreakpoint().md ?? true
	const today = useToday()
	const account = useMe().data?.account ?? ''
	const [open, setOpen] = useState(true)
	const [day, setDay] = useState<string>()
	const [key] = useState(() => new ActKey())
	const [step, setStep] = useState('')
	const offered = useOffered(rule?.rule)
	const base = useText(deed, rule, day ?? rule?.as_of ?? today)
	const place = `rules.${deed}.${rule?.rule ?? ''}.${base.version ?? ''}`
	const proof = useProof()
	const recorded = useRecorded()
	const look = useMutation({
		mutationFn: async (filled: Values): Promise<Asked> => ({ filled, steps: await stepsIn(deed, filled), unit: filled.unit === undefined ? undefined : (await findOrg('unit', String(filled.unit))).find(({ value }) => value === filled.unit)?.label, comparison: deed === 'amend' && rule ? await post('/api/v1/rules/{rule}/compare', { path: { rule: rule.rule }, body: { from: base.version ?? rule.versions, text: textOf(filled) } }) : undefined }),
		onSuccess: ({ steps }) => setStep(steps[0]?.name ?? ''),
	})
	const send = useMutation({
		mutationFn: (filled: Values) => {
			const body = { ...ruleBody(deed, rule, filled), action: step || undefined }
			return proof(() => sendRule(deed, rule, body, key.of([deed, rule?.rule, body])))
		},
		onSuccess: () => {
			dropDraft(draftName(account, place))
			return recorded()
		},
		// What the server refuses is shown at its field.
		onError: () => look.reset(),
	})
	const asked = look.data
	const form = (given: Offered, text: string) => {
		const shape = ruleForm(deed, rule, text, given, t)
		return (
			<>
				<div hidden={asked !== undefined}>
					<EntryForm key={place} shape={shape} place={place} error={send.error ?? look.error} isPending={look.isPending} isDone={send.isSuccess} label={t('establish.next')} send={(filled) => look.mutate(filled)} />
				</div>
				{asked && (
					<Space orientation="vertical" size={16} style={{ width: '100%' }}>
						<p className="flat">{t('establish.sure.why')}</p>
						{asked.steps.length > 0 && <Step steps={asked.steps} step={step} change={setStep} />}
						<Looked shape={shape} asked={asked} from={base.version ?? 1} />
						<Space wrap>
							<Button type="primary" loading={send.isPending} onClick={() => send.mutate(asked.filled)} autoFocus>
								{t('establish.confirm')}
							</Button>
							<Button disabled={send.isPending} onClick={() => look.reset()}>
								{t('rules.do.back')}
							</Button>
						</Space>
					</Space>
				)}
			</>
		)
	}
	return (
		<Drawer open={open} onClose={() => setOpen(false)} afterOpenChange={(isOpen) => !isOpen && close()} size={wide ? 860 : '100%'} title={t(`rules.do.${deed}`)} destroyOnHidden>
			{send.data ? (
				<Result status="success" className="done" title={t('done.title')} subTitle={<ReceiptLine receipt={send.data} />} extra={<Button type="primary" onClick={() => setOpen(false)} autoFocus>{t('done.close')}</Button>} />
			) : (
				<>
					{deed === 'amend' && !asked && (
						<Space wrap className="filters">
							<label htmlFor="rule-day">{t('rules.do.textOf')}</label>
							<DatePicker id="rule-day" value={dayjs(day ?? rule?.as_of ?? today)} onChange={(picked) => setDay(picked?.format('YYYY-MM-DD'))} />
							{base.version !== undefined && <span className="muted">{t('rules.version.n', { n: base.version })}</span>}
						</Space>
					)}
					<Refusal error={base.error} />
					<Loaded query={offered} rows={8}>{(given) => (base.text === undefined ? null : form(given, base.text))}</Loaded>
				</>
			)}
		</Drawer>
	)
}
