// Who must then do what, until when.
import type { Schema } from '../api/client'
import { useLanguage, type Translate } from '../i18n'
import { PERIODS, readTerm, type Follow } from '../lib/follows'
import { showDay } from './format'

export function termOf(term: string | undefined, t: Translate): string {
	const read = readTerm(term ?? '')
	return read ? t(`term.${read.unit}`, { n: read.n }) : (term ?? '')
}

function limitOf({ limit, day }: Pick<Follow, 'limit' | 'day'>, fields: readonly Schema['form_field'][], t: Translate, language: 'zh' | 'en'): string {
	const name = fields.find((field) => field.name === limit.field)?.label ?? limit.field ?? ''
	if (limit.kind === 'within') return t('limit.within', { term: termOf(limit.term, t) })
	if (limit.kind === 'by') return day ? t('limit.by.day', { day: showDay(day, language) }) : t('limit.by', { name })
	if (limit.kind === 'calendar') return t('limit.behind', { name, term: termOf(limit.term, t) })
	const period = PERIODS.find((each) => each === limit.period)
	return period ? t(`limit.every.${period}`) : (limit.period ?? '')
}

/** A limit in words. */
export function useLimit() {
	const { t, language } = useLanguage()
	return (limit: Schema['limit'], fields: readonly Schema['form_field'][]) => limitOf({ limit }, fields, t, language)
}

export function Follows({ follows, fields }: { follows: readonly Follow[]; fields: readonly Schema['form_field'][] }) {
	const { t, language } = useLanguage()
	return (
		<ul className="follows">
			{follows.map((follow) => (
				<li key={follow.name}>
					{follow.bearer && <>{follow.bearer} · </>}
					<strong>{follow.label}</strong> <span className="muted">{limitOf(follow, fields, t, language)}</span>
				</li>
			))}
		</ul>
	)
}
