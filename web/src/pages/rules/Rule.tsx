// One rule: its text as of a day or of a version, where it came from and what carries it out, its versions compared, and an attested copy.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, DatePicker, Descriptions, Space, Tabs } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { Link } from 'wouter'
import { get, type Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { mayRule } from '../../lib/ruleDeeds'
import type { Stage } from '../../lib/rules'
import { showDay, showInstant } from '../../parts/format'
import { Loaded } from '../../parts/Loaded'
import { PageHead } from '../../parts/page'
import { Rows, type Column } from '../../parts/Rows'
import { useAddress } from '../../parts/useAddress'
import { Verify } from '../../parts/Verify'
import { useMe } from '../../session'
import { Compare } from './Compare'
import { Copy } from './Copy'
import { RuleDeed } from './Deed'
import { MatterLink } from './MatterLink'
import { StateTag } from './StateTag'
import { Text } from './Text'
import './rules.css'

type Rule = Schema['rule']
type Version = Schema['rule_version']
const NAMES = ['as_of', 'version', 'tab', 'from', 'to'] as const
const TABS = ['text', 'compare', 'copy'] as const

function Facts({ rule }: { rule: Rule }) {
	const { t, language } = useLanguage()
	const items = [
		{ key: 'state', label: t('rules.state'), children: <StateTag state={rule.state} /> },
		{ key: 'code', label: t('rules.code'), children: <span className="mono">{rule.code}</span> },
		{ key: 'area', label: t('rules.area'), children: t(`rules.area.${rule.area}`) },
		{ key: 'stages', label: t('rules.stage'), children: rule.stages.map((stage) => t(`rules.stage.${stage as Stage}`)).join(t('rules.and')) },
		{ key: 'unit', label: t('rules.unit'), children: rule.unit_name },
		...(rule.review_on ? [{ key: 'review', label: t('rules.review'), children: showDay(rule.review_on, language) }] : []),
		...(rule.sources.length > 0 ? [{ key: 'sources', label: t('rules.sources'), children: <>{rule.sources.map((one) => <div key={one.matter}><MatterLink matter={one} /></div>)}</> }] : []),
		...(rule.procedures.length > 0 ? [{ key: 'procedures', label: t('rules.procedures'), children: <>{rule.procedures.map(({ name, title }) => <div key={name}><Link href={`/procedures/${name}`}>{title}</Link></div>)}</> }] : []),
	]
	return (
		<Card>
			<Descriptions column={1} size="small" bordered items={items} />
		</Card>
	)
}

function Repeal({ repeal }: { repeal: NonNullable<Rule['repeal']> }) {
	const { t, language } = useLanguage()
	return (
		<Alert
			type="warning"
			showIcon
			title={t('rules.repeal', { until: showDay(repeal.until, language) })}
			description={
				<>
					<p>{repeal.reason}</p>
					{repeal.by_rule && (
						<p>
							<Link href={`/rules/${repeal.by_rule}`}>{t('rules.repeal.by', { title: repeal.by_title ?? '' })}</Link>
						</p>
					)}
					{repeal.matter && (
						<p>
							{t('rules.repeal.matter')} <MatterLink matter={repeal.matter} />
						</p>
					)}
				</>
			}
		/>
	)
}

function History({ rule, show }: { rule: Rule; show: (version: number) => string }) {
	const { t, language } = useLanguage()
	const columns: Column<Version>[] = [
		{ key: 'version', title: t('rules.version'), isShort: true, render: ({ version }) => <Link href={show(version)}>{t('rules.version.n', { n: version })}</Link> },
		{ key: 'from', title: t('rules.from'), isShort: true, render: ({ from }) => showDay(from, language) },
		{ key: 'until', title: t('rules.until'), isShort: true, render: ({ until }) => showDay(until, language) },
		{ key: 'note', title: t('rules.note'), render: ({ note }) => note },
		{ key: 'matter', title: t('rules.matter'), render: ({ matter }) => matter && <MatterLink matter={matter} /> },
		{ key: 'review', title: t('rules.reviewMatter'), render: ({ review, review_on }) => review && <><MatterLink matter={review} /> <span className="nowrap">{showDay(review_on, language)}</span></> },
		{ key: 'recorded', title: t('rules.recorded'), isShort: true, render: ({ recorded, index }) => <Space>{showInstant(recorded, language)}<Verify index={index} /></Space> },
	]
	return (
		<Card title={t('rules.history')}>
			<Rows label={t('rules.history')} rows={[...rule.history].reverse()} columns={columns} keyOf={({ version }) => version} empty={t('state.empty')} />
		</Card>
	)
}

function Shown({ rule, isThen }: { rule: Rule; isThen: boolean }) {
	const { t, language } = useLanguage()
	return (
		<Card
			title={t('rules.text')}
			extra={
				<a href={`/api/v1/rules/${rule.rule}/text?version=${rule.version}`} target="_blank" rel="noreferrer">
					{t('rules.markdown')}
				</a>
			}
		>
			{!isThen && <Alert type="info" showIcon title={t('rules.text.notThen')} style={{ marginBottom: 12 }} />}
			<p className="muted">
				{t('rules.text.of', { n: rule.version, from: showDay(rule.from, language) })}
				{rule.until && t('rules.text.until', { until: showDay(rule.until, language) })} · {t('rules.articles.n', { n: rule.articles })}
			</p>
			<Text parts={rule.parts} />
		</Card>
	)
}

export default function RulePage({ id }: { id: number }) {
	const { t, language } = useLanguage()
	const [asked, change] = useAddress(NAMES)
	const [doing, setDoing] = useState<'amend' | 'repeal'>()
	const functions = useMe().data?.functions
	const version = asked.version ? Number(asked.version) : undefined
	const query = useQuery({ queryKey: ['rule', id, asked.as_of, version, language], queryFn: ({ signal }) => get('/api/v1/rules/{rule}', { path: { rule: id }, query: { as_of: asked.as_of, version }, signal }), placeholderData: keepPreviousData })
	const tabs = (rule: Rule) => TABS.filter((each) => each !== 'compare' || rule.versions > 1)
	const body = (rule: Rule) => {
		const to = Number(asked.to) || rule.versions
		if (asked.tab === 'compare' && rule.versions > 1) return <Compare rule={rule} from={Number(asked.from) || Math.max(1, to - 1)} to={to} choose={(from, next) => change({ from: String(from), to: String(next) })} />
		if (asked.tab === 'copy') return <Copy rule={rule} />
		return (
			<Space orientation="vertical" size={16} style={{ width: '100%' }}>
				<div className="pair">
					<Shown rule={rule} isThen={version !== undefined || rule.state === 'in_force'} />
					<Facts rule={rule} />
				</div>
				<History rule={rule} show={(each) => `/rules/${id}?version=${each}`} />
			</Space>
		)
	}
	return (
		<>
			<PageHead title={query.data?.title ?? t('nav.rules')}>
				<Link href="/rules" className="no-print">{t('rules.all')}</Link>
				{mayRule(functions) && query.data && !query.data.repeal && (
					<Space wrap className="no-print">
						<Button onClick={() => setDoing('amend')}>{t('rules.do.amend')}</Button>
						<Button onClick={() => setDoing('repeal')}>{t('rules.do.repeal')}</Button>
					</Space>
				)}
			</PageHead>
			{doing && query.data && <RuleDeed deed={doing} rule={query.data} close={() => setDoing(undefined)} />}
			<Loaded query={query} rows={12}>
				{(rule) => (
					<Space orientation="vertical" size={16} style={{ width: '100%' }}>
						{rule.repeal && <Repeal repeal={rule.repeal} />}
						<Space wrap className="no-print">
							<DatePicker allowClear aria-label={t('rules.asOf')} placeholder={t('rules.asOf')} value={asked.as_of ? dayjs(asked.as_of) : null} onChange={(picked) => change({ as_of: picked?.format('YYYY-MM-DD'), version: undefined })} />
						</Space>
						<Tabs className="no-print" activeKey={tabs(rule).find((each) => each === asked.tab) ?? 'text'} onChange={(tab) => change({ tab: tab === 'text' ? undefined : tab })} items={tabs(rule).map((each) => ({ key: each, label: t(`rules.${each}`) }))} />
						{body(rule)}
					</Space>
				)}
			</Loaded>
		</>
	)
}
