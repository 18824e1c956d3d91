// Two versions of a rule, side by side or in one text. What was taken out and what was put in is told by more than its colour.
import { useQuery } from '@tanstack/react-query'
import { Card, Segmented, Select, Space, Switch } from 'antd'
import { useState } from 'react'
import { get, type Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { labelsOf, wordsOf, wordsTogether, type Side } from '../../lib/rules'
import { Loaded } from '../../parts/Loaded'

type Difference = Schema['rule_difference']
type Words = Schema['rule_words']

function Marked({ words }: { words: readonly Words[] }) {
	const { t } = useLanguage()
	return (
		<span className="rule-words">
			{words.map(({ mark, text }, place) => {
				if (mark === 'same') return <span key={place}>{text}</span>
				const Mark = mark === 'removed' ? 'del' : 'ins'
				return (
					<Mark key={place} title={t(`rules.words.${mark}`)}>
						{text}
					</Mark>
				)
			})}
		</span>
	)
}

function Sides({ parts, older, newer }: { parts: readonly Difference[]; older: string; newer: string }) {
	const { t } = useLanguage()
	const cell = (part: Difference, side: Side) => (
		<td>
			{part[side]?.label && <strong>{part[side].label} </strong>}
			<Marked words={wordsOf(part, side)} />
		</td>
	)
	return (
		<table className="rule-sides">
			<caption className="unseen">{t('rules.compare')}</caption>
			<thead>
				<tr>
					<th scope="col" className="rule-change">
						{t('rules.compare')}
					</th>
					<th scope="col">{older}</th>
					<th scope="col">{newer}</th>
				</tr>
			</thead>
			<tbody>
				{parts.map((part, place) => (
					<tr key={place}>
						<td className="rule-change muted">{t(`rules.change.${part.change}`)}</td>
						{cell(part, 'before')}
						{cell(part, 'after')}
					</tr>
				))}
			</tbody>
		</table>
	)
}

function Inline({ parts }: { parts: readonly Difference[] }) {
	const { t } = useLanguage()
	return (
		<ul className="rule-inline">
			{parts.map((part, place) => (
				<li key={place}>
					<div className="muted">
						{t(`rules.change.${part.change}`)} {labelsOf(part)}
					</div>
					<Marked words={wordsTogether(part)} />
				</li>
			))}
		</ul>
	)
}

interface DifferencesProps {
	parts: readonly Difference[]
	older: string
	newer: string
	changes: number
}

/** Two texts beside each other, or in one. */
export function Differences({ parts, older, newer, changes }: DifferencesProps) {
	const { t } = useLanguage()
	const [isInline, setInline] = useState(() => innerWidth < 768)
	const [all, setAll] = useState(false)
	const shown = parts.filter(({ change }) => all || change !== 'same')
	return (
		<>
			<Space wrap className="filters no-print">
				<Segmented value={isInline ? 'inline' : 'sides'} onChange={(next) => setInline(next === 'inline')} options={(['sides', 'inline'] as const).map((each) => ({ value: each, label: t(`rules.compare.${each}`) }))} />
				<label>
					<Switch checked={all} onChange={setAll} aria-label={t('rules.compare.all')} /> {t('rules.compare.all')}
				</label>
				<span className="muted">{changes > 0 ? t('rules.compare.changes', { n: changes }) : t('rules.compare.same')}</span>
			</Space>
			{isInline ? <Inline parts={shown} /> : <Sides parts={shown} older={older} newer={newer} />}
		</>
	)
}

interface Props {
	rule: Schema['rule']
	from: number
	to: number
	choose: (from: number, to: number) => void
}

export function Compare({ rule, from, to, choose }: Props) {
	const { t, language } = useLanguage()
	const query = useQuery({ queryKey: ['rule', rule.rule, 'compare', from, to, language], queryFn: ({ signal }) => get('/api/v1/rules/{rule}/compare', { path: { rule: rule.rule }, query: { from, to }, signal }) })
	const named = (version: number) => t('rules.version.n', { n: version })
	const versions = rule.history.map(({ version }) => ({ value: version, label: named(version) }))
	return (
		<Card title={t('rules.compare')}>
			<Space wrap className="filters no-print">
				<Select aria-label={t('rules.compare.older')} style={{ width: 130 }} value={from} onChange={(next: number) => choose(next, to)} options={versions} />
				<Select aria-label={t('rules.compare.newer')} style={{ width: 130 }} value={to} onChange={(next: number) => choose(from, next)} options={versions} />
			</Space>
			<Loaded query={query} rows={6}>
				{({ parts, changes }) => <Differences parts={parts} older={named(from)} newer={named(to)} changes={changes} />}
			</Loaded>
		</Card>
	)
}
