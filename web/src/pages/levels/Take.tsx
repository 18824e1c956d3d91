// A package that came: sent, verified, looked at; what only this institution knows is added; and only then it is taken.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Card, Form, Tag } from 'antd'
import { useRef, useState } from 'react'
import { Link } from 'wouter'
import { post, type Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { ActKey } from '../../lib/key'
import { filledOf, type Values } from '../../lib/values'
import { Fields } from '../../parts/form/Fields'
import { showDay } from '../../parts/format'
import { useProcedure } from '../../parts/known'
import { Loaded, Refusal } from '../../parts/Loaded'
import { useProof } from '../../parts/Proof'
import { TableInput } from '../import/TableInput'

type Look = Schema['package_look']
type Plan = Schema['package_plan']
type Choice = Schema['package_choice']

function Says({ plan }: { plan: Plan }) {
	const { t, language } = useLanguage()
	const facts = [
		plan.due && t('levels.due', { day: showDay(plan.due, language) }),
		plan.report_on && t('levels.reportOn', { days: plan.report_on.map((day) => showDay(day, language)).join(' · ') }),
		plan.state,
		plan.progress !== undefined && t('levels.progress', { n: plan.progress }),
		plan.acts && t('levels.acts', { n: plan.acts.length }),
		plan.files && t('levels.files', { n: plan.files.length }),
	].filter(Boolean)
	return (
		<>
			<Tag>{t(`levels.does.${plan.does}`)}</Tag> <strong>{plan.matter ? <Link href={`/matters/${plan.matter}`}>{plan.title}</Link> : plan.title}</strong> <span className="muted">{plan.number}</span>
			<p>{plan.requirement ?? plan.text}</p>
			<p className="muted">{[plan.document, ...facts].filter(Boolean).join(' · ')}</p>
		</>
	)
}

/** What a task doesn't say and its procedure asks. */
function Complete({ plan, asked, send }: { plan: Plan; asked: ReadonlySet<string>; send: (fields: Values) => void }) {
	const { t } = useLanguage()
	const procedure = useProcedure(plan.procedure)
	const fields = procedure.data?.fields.filter(({ name }) => asked.has(name)) ?? []
	if (fields.length === 0) return null
	return (
		<Form<Values> layout="vertical" onFinish={(values) => send(filledOf(values))}>
			<Fields fields={fields} />
			<Button htmlType="submit">{t('levels.fill')}</Button>
		</Form>
	)
}

function Seen({ look, asked, choices, choose }: { look: Look; asked: readonly ReadonlySet<string>[]; choices: Choice[]; choose: (choices: Choice[]) => void }) {
	const { t, language } = useLanguage()
	return (
		<>
			<p>
				<strong>{t('levels.from', { title: look.from.title, n: look.number })}</strong>: {t('levels.verified')}. {t(`levels.growth.${look.growth}`)}
			</p>
			{look.again && <Alert type="info" showIcon title={t('levels.again')} />}
			{look.missing.length > 0 && <Alert type="warning" showIcon title={t('levels.missing', { numbers: look.missing.join(', ') })} />}
			{look.late && <Alert type="warning" showIcon title={t('levels.late')} />}
			<ol className="rows">
				{look.items.map((plan, i) => (
					<li key={i}>
						<Says plan={plan} />
						{!look.again && plan.does === 'opens' && asked[i] && <Complete plan={plan} asked={asked[i]} send={(fields) => choose(look.items.map((_, j) => (j === i ? { fields } : (choices[j] ?? {}))))} />}
						{look.errors
							.filter(({ item }) => item === i + 1)
							.map(({ field, text, text_zh }) => (
								<div key={field} className="cannot">
									{language === 'zh' ? text_zh : text}
								</div>
							))}
					</li>
				))}
			</ol>
		</>
	)
}

function Looked({ file, done }: { file: string; done: () => void }) {
	const { t, language } = useLanguage()
	const { message } = App.useApp()
	const client = useQueryClient()
	const proof = useProof()
	const key = useRef(new ActKey())
	const asked = useRef<Set<string>[]>(undefined)
	const [choices, choose] = useState<Choice[]>([])
	const items = choices.length > 0 ? choices : undefined
	const query = useQuery({
		queryKey: ['import', 'package', file, choices, language],
		queryFn: () => post('/api/v1/packages/received/{file}/preview', { path: { file }, body: { items } }),
	})
	/* What was missing at the first look stays a field when it is filled in. */
	if (query.data && !asked.current) asked.current = query.data.items.map((_, i) => new Set(query.data.errors.filter(({ item }) => item === i + 1).map(({ field }) => field)))
	const take = useMutation({
		mutationFn: (digest: string) => {
			const body = { items, digest }
			return proof(() => post('/api/v1/packages/received/{file}/take', { key: key.current.of(body), path: { file }, body }))
		},
		onSuccess: () => {
			void message.success(t('levels.taken', { n: query.data?.items.length ?? 0 }))
			done()
			return client.invalidateQueries()
		},
	})
	return (
		<Loaded query={query}>
			{(look) => (
				<>
					<Seen look={look} asked={asked.current ?? []} choices={choices} choose={choose} />
					<Refusal error={take.error} />
					{!look.again && (
						<Button type="primary" disabled={look.errors.length > 0} loading={take.isPending} onClick={() => take.mutate(look.digest)}>
							{t('levels.confirm')}
						</Button>
					)}
				</>
			)}
		</Loaded>
	)
}

export function Take() {
	const { t } = useLanguage()
	const [file, setFile] = useState<Schema['import_file']>()
	return (
		<Card title={t('levels.take')} className="no-print">
			<TableInput file={file} taken={setFile} words={{ add: t('levels.file.add'), other: t('levels.file.other'), help: t('levels.file.help') }} accept="" />
			{file && <Looked key={file.file} file={file.file} done={() => setFile(undefined)} />}
		</Card>
	)
}
