// The four lists. Each name leads to what belongs to it.
import { Button, Tag } from 'antd'
import { Link } from 'wouter'
import { get, type Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { beginOf, mayEstablish, type Begin, type Deed } from '../../lib/establish'
import { matterList } from '../../lib/figures'
import { showDay } from '../../parts/format'
import { useFunctions } from '../../parts/known'
import { Loaded } from '../../parts/Loaded'
import { Rows, type Column } from '../../parts/Rows'
import { usePages } from '../../parts/usePages'
import { useMe } from '../../session'
import type { Establishing } from './Establish'

export interface Asked {
	tab?: string
	as_of?: string
	unit?: string
	post?: string
	person?: string
	q?: string
	held?: string
	began_from?: string
	began_until?: string
	move?: string
	ended?: string
}
interface Props {
	asked: Asked
	open: (asked: Asked) => void
	/** Begins to change the institution. */
	establish: (what: Establishing) => void
}

const LIMIT = 100

function Name({ text, go }: { text: string; go: () => void }) {
	return (
		<Button type="link" className="as-text" onClick={go}>
			{text}
		</Button>
	)
}

/** From when on it is no more, where it is. */
function Ended({ until }: { until?: string }) {
	const { t, language } = useLanguage()
	return until && <Tag>{t('institution.endedFrom', { day: showDay(until, language) })}</Tag>
}

/** The last column: what whoever sits here may do with a row. None for who may not. */
function useDeeds(establish: Props['establish']) {
	const { t } = useLanguage()
	const functions = useMe().data?.functions
	return function column<T>(...deeds: { deed: Deed; word: string; begin: (row: T) => Begin | undefined }[]): Column<T>[] {
		const mine = deeds.filter(({ deed }) => mayEstablish(deed, functions))
		if (mine.length === 0) return []
		const buttons = (row: T) =>
			mine.map(({ deed, word, begin }) => {
				const from = begin(row)
				return from && <Name key={word} text={word} go={() => establish({ deed, begin: from })} />
			})
		return [{ key: 'deeds', title: t('accounts.deeds'), isShort: true, render: (row) => <span className="duty-head no-print">{buttons(row)}</span> }]
	}
}

export function Units({ asked: { as_of, unit, q, ended }, open, establish }: Props) {
	const { t } = useLanguage()
	const isWhole = ended === 'yes' || undefined
	const { query, more } = usePages(['units', as_of, unit, q, isWhole], (cursor, signal) => get('/api/v1/units', { query: { as_of, parent: unit, q, ended: isWhole, limit: LIMIT, cursor }, signal }), (page) => page.units)
	const deeds = useDeeds(establish)
	const columns: Column<Schema['unit']>[] = [
		{ key: 'name', title: t('institution.name'), render: ({ name, code, until }) => <><Name text={name} go={() => open({ tab: 'posts', unit: code, ended: until && 'yes' })} /> <Ended until={until} /></> },
		{ key: 'code', title: t('institution.code'), render: ({ code }) => <span className="mono">{code}</span> },
		{ key: 'kind', title: t('institution.kind'), render: ({ kind_label: kind }) => kind },
		{ key: 'head', title: t('institution.head'), render: ({ head }) => head && <Name text={head} go={() => open({ tab: 'tenures', post: head })} /> },
		{ key: 'leader', title: t('institution.leader'), render: ({ leader }) => leader && <Name text={leader} go={() => open({ tab: 'tenures', post: leader })} /> },
		{ key: 'under', title: t('institution.units'), isShort: true, render: ({ code }) => <Name text={t('institution.below')} go={() => open({ tab: 'units', unit: code })} /> },
		{ key: 'matters', title: t('nav.matters'), isShort: true, render: ({ code }) => <Link href={matterList({ unit: code, open: true })}>{t('institution.open')}</Link> },
		...deeds<Schema['unit']>({ deed: 'unit', word: t('establish.change'), begin: beginOf.unit }, { deed: 'unitEnd', word: t('establish.end'), begin: beginOf.end }),
	]
	return <Loaded query={query}>{(rows) => <Rows label={t('institution.units')} rows={rows} columns={columns} keyOf={({ code }) => code} empty={t('institution.none')} more={more} />}</Loaded>
}

export function Posts({ asked: { as_of, unit, q, held, ended }, open, establish }: Props) {
	const { t } = useLanguage()
	const isWhole = ended === 'yes' || undefined
	const vacant = held === undefined ? undefined : held === 'no'
	const { query, more } = usePages(['posts', as_of, unit, q, held, isWhole], (cursor, signal) => get('/api/v1/posts', { query: { as_of, unit, q, vacant, ended: isWhole, limit: LIMIT, cursor }, signal }), (page) => page.posts)
	const deeds = useDeeds(establish)
	const columns: Column<Schema['post']>[] = [
		{ key: 'name', title: t('institution.post'), render: ({ name, code }) => <Name text={name} go={() => open({ tab: 'tenures', post: code })} /> },
		{
			key: 'holder',
			title: t('institution.holder'),
			render: ({ vacant: isVacant, holder, holder_name, acting, until }) =>
				until && isVacant ? (
					<Ended until={until} />
				) : isVacant ? (
					<Tag color="red">{t('matter.vacant')}</Tag>
				) : (
					<>
						<Name text={holder_name ?? holder ?? ''} go={() => open({ tab: 'tenures', person: holder })} /> {acting && <Tag>{t('me.acting')}</Tag>}
					</>
				),
		},
		{ key: 'kind', title: t('institution.kind'), isShort: true, render: ({ kind }) => t(`post.${kind}`) },
		{ key: 'rank', title: t('institution.rank'), render: ({ rank }) => rank },
		{ key: 'code', title: t('institution.code'), render: ({ code }) => <span className="mono">{code}</span> },
		...deeds<Schema['post']>(
			{ deed: 'post', word: t('establish.change'), begin: beginOf.post },
			{ deed: 'move', word: t('establish.take'), begin: ({ code, until }) => (until === undefined ? { values: { way: 'holder', post: code } } : undefined) },
			{ deed: 'postEnd', word: t('establish.end'), begin: beginOf.end },
		),
	]
	return <Loaded query={query}>{(rows) => <Rows label={t('institution.posts')} rows={rows} columns={columns} keyOf={({ code }) => code} empty={t('institution.none')} more={more} />}</Loaded>
}

export function People({ asked: { as_of, unit, q }, open, establish }: Props) {
	const { t, language } = useLanguage()
	const { query, more } = usePages(['people', as_of, unit, q], (cursor, signal) => get('/api/v1/people', { query: { as_of, unit, q, limit: LIMIT, cursor }, signal }), (page) => page.people)
	const deeds = useDeeds(establish)
	const columns: Column<Schema['person']>[] = [
		{ key: 'name', title: t('institution.person'), isShort: true, render: ({ name, code }) => <Name text={name} go={() => open({ tab: 'tenures', person: code })} /> },
		{ key: 'posts', title: t('institution.posts'), render: ({ posts }) => posts.map(({ name }) => name).join(language === 'zh' ? '；' : '; ') },
		{ key: 'code', title: t('signIn.account'), render: ({ code }) => <span className="mono">{code}</span> },
		{ key: 'record', title: t('person.record'), isShort: true, render: ({ code, record }) => record && <Link href={`/people/${encodeURIComponent(code)}`}>{t('person.open')}</Link> },
		...deeds<Schema['person']>(
			{ deed: 'person', word: t('establish.change'), begin: beginOf.person },
			{ deed: 'move', word: t('establish.take'), begin: ({ code, posts }) => ({ values: { way: 'holder', person: code, leave: posts[0]?.code } }) },
		),
	]
	return <Loaded query={query}>{(rows) => <Rows label={t('institution.people')} rows={rows} columns={columns} keyOf={({ code }) => code} empty={t('institution.none')} more={more} />}</Loaded>
}

/** Of one post or person all there ever were, unless a day is asked for. */
export function Tenures({ asked: { as_of, unit, post, person, began_from, began_until, move }, open, establish }: Props) {
	const { t, language } = useLanguage()
	const all = as_of === undefined && (post !== undefined || person !== undefined) ? true : undefined
	const { query, more } = usePages(['tenures', as_of, unit, post, person, began_from, began_until, move], (cursor, signal) => get('/api/v1/tenures', { query: { as_of, unit, post, person, all, began_from, began_until, move, limit: LIMIT, cursor }, signal }), (page) => page.tenures)
	const deeds = useDeeds(establish)
	const columns: Column<Schema['tenure']>[] = [
		{ key: 'person', title: t('institution.person'), isShort: true, render: (row) => <Name text={row.person_name} go={() => open({ tab: 'tenures', person: row.person })} /> },
		{ key: 'post', title: t('institution.post'), render: (row) => <Name text={row.post_name} go={() => open({ tab: 'tenures', post: row.post })} /> },
		{ key: 'kind', title: t('institution.kind'), isShort: true, render: ({ kind }) => t(`tenure.${kind}`) },
		{ key: 'from', title: t('institution.from'), isShort: true, render: ({ from }) => showDay(from, language) },
		{ key: 'move', title: t('institution.move'), isShort: true, render: ({ move_label }) => move_label },
		{ key: 'until', title: t('institution.until'), isShort: true, render: ({ until }) => (until ? showDay(until, language) : t('institution.present')) },
		...deeds<Schema['tenure']>({ deed: 'move', word: t('establish.leave'), begin: ({ person: code, post: held, until }) => (until === undefined ? { values: { way: 'ends', person: code, post: held } } : undefined) }),
	]
	return <Loaded query={query}>{(rows) => <Rows label={t('institution.tenures')} rows={rows} columns={columns} keyOf={({ id }) => id} empty={t('institution.none')} more={more} />}</Loaded>
}

/** What the procedures name instead of units, and who has each. */
export function Functions({ open, establish }: Props) {
	const { t } = useLanguage()
	const query = useFunctions()
	const deeds = useDeeds(establish)
	const columns: Column<Schema['function']>[] = [
		{ key: 'label', title: t('institution.function'), render: ({ label }) => <strong>{label}</strong> },
		{ key: 'unit', title: t('institution.carrier'), render: ({ unit, unit_name, post, post_name }) => (unit ? <Name text={unit_name ?? unit} go={() => open({ tab: 'posts', unit })} /> : post && <Name text={post_name ?? post} go={() => open({ tab: 'tenures', post })} />) },
		{ key: 'name', title: t('institution.code'), render: ({ name }) => <span className="mono">{name}</span> },
		...deeds<Schema['function']>({ deed: 'function', word: t('establish.change'), begin: beginOf.function }),
	]
	return <Loaded query={query}>{({ functions }) => <Rows label={t('institution.functions')} rows={functions} columns={columns} keyOf={({ name }) => name} empty={t('institution.none')} />}</Loaded>
}
