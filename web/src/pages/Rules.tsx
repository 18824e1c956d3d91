// The register of rules as of a day: which there are, and the areas and stages without any.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Card, DatePicker, Input, Select, Space, Tag } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { Link } from 'wouter'
import { get, type Schema } from '../api/client'
import { useLanguage } from '../i18n'
import { mayRule } from '../lib/ruleDeeds'
import { AREAS, STAGES, STATES } from '../lib/rules'
import { showDay } from '../parts/format'
import { Loaded } from '../parts/Loaded'
import { OrgSelect } from '../parts/OrgSelect'
import { PageHead } from '../parts/page'
import { Rows, type Column } from '../parts/Rows'
import { useAddress } from '../parts/useAddress'
import { useMe } from '../session'
import { RuleDeed } from './rules/Deed'
import { RuleFiles } from './rules/Files'
import { Matrix } from './rules/Matrix'
import { StateTag } from './rules/StateTag'
import './rules/rules.css'

type Line = Schema['rule_line']
const NAMES = ['as_of', 'area', 'stage', 'state', 'unit', 'q'] as const
type Asked = Partial<Record<(typeof NAMES)[number], string>>

function Filter({ asked, change }: { asked: Asked; change: (wanted: Asked) => void }) {
	const { t } = useLanguage()
	const choice = (name: 'area' | 'stage' | 'state', values: readonly string[], label: (value: string) => string) => (
		<Select allowClear style={{ width: 140 }} aria-label={t(`rules.${name}`)} placeholder={t(`rules.${name}`)} value={asked[name]} onChange={(next?: string) => change({ [name]: next })} options={values.map((value) => ({ value, label: label(value) }))} />
	)
	return (
		<Space wrap size={[8, 8]} className="filters no-print">
			<Input.Search key={asked.q ?? ''} allowClear defaultValue={asked.q} placeholder={t('rules.search')} aria-label={t('rules.search')} maxLength={100} onSearch={(q) => change({ q: q.trim() || undefined })} style={{ width: 220 }} />
			{choice('area', AREAS, (value) => t(`rules.area.${value as (typeof AREAS)[number]}`))}
			{choice('stage', STAGES, (value) => t(`rules.stage.${value as (typeof STAGES)[number]}`))}
			{choice('state', STATES, (value) => t(`rules.state.${value as (typeof STATES)[number]}`))}
			<OrgSelect<string> kind="unit" aria-label={t('rules.unit')} value={asked.unit} onChange={(unit) => change({ unit })} placeholder={t('rules.unit')} width={200} />
			<DatePicker allowClear aria-label={t('rules.asOf')} placeholder={t('rules.asOf')} value={asked.as_of ? dayjs(asked.as_of) : null} onChange={(picked) => change({ as_of: picked?.format('YYYY-MM-DD') })} />
		</Space>
	)
}

export default function Rules() {
	const { t, language } = useLanguage()
	const [asked, change] = useAddress(NAMES)
	const [doing, setDoing] = useState<'issue' | 'files'>()
	const functions = useMe().data?.functions
	const query = useQuery({ queryKey: ['rules', asked, language], queryFn: ({ signal }) => get('/api/v1/rules', { query: asked as never, signal }), placeholderData: keepPreviousData })
	const of = (rule: Line) => `/rules/${rule.rule}${asked.as_of ? `?as_of=${asked.as_of}` : ''}`
	const columns: Column<Line>[] = [
		{
			key: 'title',
			title: t('rules.title'),
			render: (rule) => (
				<>
					<Link href={of(rule)}>{rule.title}</Link>
					{rule.found && (
						<div className="muted">
							{rule.found.label} {rule.found.excerpt}
						</div>
					)}
				</>
			),
		},
		{ key: 'state', title: t('rules.state'), isShort: true, render: ({ state }) => <StateTag state={state} /> },
		{ key: 'area', title: t('rules.area'), isShort: true, render: ({ area }) => t(`rules.area.${area}`) },
		{ key: 'stages', title: t('rules.stage'), render: ({ stages }) => stages.map((stage) => t(`rules.stage.${stage as (typeof STAGES)[number]}`)).join(t('rules.and')) },
		{ key: 'unit', title: t('rules.unit'), render: ({ unit_name }) => unit_name },
		{ key: 'version', title: t('rules.version'), isShort: true, render: ({ version, versions }) => (versions > 1 ? <Tag>{`${version}/${versions}`}</Tag> : version) },
		{ key: 'from', title: t('rules.from'), isShort: true, render: ({ from }) => showDay(from, language) },
		{ key: 'review', title: t('rules.review'), isShort: true, render: ({ review_on }) => showDay(review_on, language) },
		{ key: 'articles', title: t('rules.articles'), isShort: true, render: ({ articles }) => articles },
	]
	return (
		<>
			<PageHead title={t('nav.rules')}>
				<span className="muted">{t('rules.why')}</span>
				{mayRule(functions) && (
					<Space wrap className="no-print">
						<Button type="primary" onClick={() => setDoing('issue')}>
							{t('rules.do.issue')}
						</Button>
						<Button onClick={() => setDoing('files')}>{t('rules.files')}</Button>
					</Space>
				)}
			</PageHead>
			{doing === 'issue' && <RuleDeed deed="issue" close={() => setDoing(undefined)} />}
			{doing === 'files' && <RuleFiles close={() => setDoing(undefined)} />}
			<Loaded query={query} rows={10}>
				{({ rules, matrix }) => (
					<Space orientation="vertical" size={16} style={{ width: '100%' }}>
						<Card title={t('rules.matrix')}>
							<Matrix matrix={matrix} chosen={asked} choose={(area, stage) => change({ area, stage })} />
						</Card>
						<Card title={t('rules.list')}>
							<Filter asked={asked} change={change} />
							<Rows label={t('nav.rules')} rows={rules} columns={columns} keyOf={({ rule }) => rule} empty={t('rules.none')} />
						</Card>
					</Space>
				)}
			</Loaded>
		</>
	)
}
