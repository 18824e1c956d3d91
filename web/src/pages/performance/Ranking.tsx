// Units by a formula, each beside its peers; beside a trial what the formula in force gives.
import { Link } from 'wouter'
import type { Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { partOf, pointsOf } from '../../lib/performance'
import { Rows, type Column } from '../../parts/Rows'

type Performance = Schema['performance']
type Unit = Schema['performance_unit']

interface Asked {
	from?: string
	to?: string
	kind?: string
}

export const factsOf = (code: string, { from, to }: Asked) => {
	const query = new URLSearchParams(Object.entries({ from, to }).filter((each): each is [string, string] => each[1] !== undefined)).toString()
	return `/performance/${encodeURIComponent(code)}${query && `?${query}`}`
}

/** `before`: what the formula in force gives, beside a trial. */
export function Ranking({ performance, asked, before }: { performance: Performance; asked: Asked; before?: Performance }) {
	const { t } = useLanguage()
	const units = performance.units.filter(({ kind }) => !asked.kind || kind === asked.kind)
	const was = (code: string) => before?.units.find((unit) => unit.code === code)
	const columns: Column<Unit>[] = [
		{ key: 'name', title: t('institution.unit'), render: ({ code, name }) => (before ? name : <Link href={factsOf(code, asked)}>{name}</Link>) },
		{ key: 'kind', title: t('institution.kind'), isShort: true, render: ({ kind_label: kind }) => kind },
		{ key: 'rank', title: t('performance.rank'), isShort: true, render: ({ rank, peers }) => t('performance.of', { rank, peers }) },
		{ key: 'points', title: t('performance.points'), isShort: true, render: ({ points }) => <strong>{pointsOf(points)}</strong> },
		...(before ? [{ key: 'was', title: t('performance.was'), isShort: true, render: ({ code }: Unit) => { const unit = was(code); return unit && `${pointsOf(unit.points)} · ${t('performance.of', { rank: unit.rank, peers: unit.peers })}` } }] : []),
		...performance.formula.items.map(({ name, label }, place) => ({ key: name, title: label, isShort: true, render: ({ parts }: Unit) => parts[place] && partOf(parts[place]) })),
	]
	return <Rows label={t('nav.performance')} rows={units} columns={columns} keyOf={({ code }) => code} empty={t('performance.none')} />
}
