// The four lists. Each name leads to what belongs to it.
import { Button, Tag } from 'antd'
import { Link } from 'wouter'
import { get, type Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { matterList } from '../../lib/figures'
import { showDay } from '../../parts/format'
import { Loaded } from '../../parts/Loaded'
import { Rows, type Column } from '../../parts/Rows'
import { usePages } from '../../parts/usePages'

export interface Asked {
	tab?: string
	as_of?: string
	unit?: string
	post?: string
	person?: string
	q?: string
	held?: string
}
interface Props {
	asked: Asked
	open: (asked: Asked) => void
}

const LIMIT = 100

function Name({ text, go }: { text: string; go: () => void }) {
	return (
		<Button type="link" className="as-text" onClick={go}>
			{text}
		</Button>
	)
}

export function Units({ asked: { as_of, unit, q }, open }: Props) {
	const { t } = useLanguage()
	const { query, more } = usePages(['units', as_of, unit, q], (cursor, signal) => get('/api/v1/units', { query: { as_of, parent: unit, q, limit: LIMIT, cursor }, signal }), (page) => page.units)
	const columns: Column<Schema['unit']>[] = [
		{ key: 'name', title: t('institution.name'), render: ({ name, code }) => <Name text={name} go={() => open({ tab: 'posts', unit: code })} /> },
		{ key: 'code', title: t('institution.code'), render: ({ code }) => <span className="mono">{code}</span> },
		{ key: 'kind', title: t('institution.kind'), render: ({ kind }) => kind },
		{ key: 'head', title: t('institution.head'), render: ({ head }) => head && <Name text={head} go={() => open({ tab: 'tenures', post: head })} /> },
		{ key: 'leader', title: t('institution.leader'), render: ({ leader }) => leader && <Name text={leader} go={() => open({ tab: 'tenures', post: leader })} /> },
		{ key: 'under', title: t('institution.units'), isShort: true, render: ({ code }) => <Name text={t('institution.below')} go={() => open({ tab: 'units', unit: code })} /> },
		{ key: 'matters', title: t('nav.matters'), isShort: true, render: ({ code }) => <Link href={matterList({ unit: code, open: true })}>{t('institution.open')}</Link> },
	]
	return <Loaded query={query}>{(rows) => <Rows label={t('institution.units')} rows={rows} columns={columns} keyOf={({ code }) => code} empty={t('institution.none')} more={more} />}</Loaded>
}

export function Posts({ asked: { as_of, unit, q, held }, open }: Props) {
	const { t } = useLanguage()
	const vacant = held === undefined ? undefined : held === 'no'
	const { query, more } = usePages(['posts', as_of, unit, q, held], (cursor, signal) => get('/api/v1/posts', { query: { as_of, unit, q, vacant, limit: LIMIT, cursor }, signal }), (page) => page.posts)
	const columns: Column<Schema['post']>[] = [
		{ key: 'name', title: t('institution.post'), render: ({ name, code }) => <Name text={name} go={() => open({ tab: 'tenures', post: code })} /> },
		{
			key: 'holder',
			title: t('institution.holder'),
			render: ({ vacant: isVacant, holder, holder_name, acting }) =>
				isVacant ? (
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
	]
	return <Loaded query={query}>{(rows) => <Rows label={t('institution.posts')} rows={rows} columns={columns} keyOf={({ code }) => code} empty={t('institution.none')} more={more} />}</Loaded>
}

export function People({ asked: { as_of, unit, q }, open }: Props) {
	const { t, language } = useLanguage()
	const { query, more } = usePages(['people', as_of, unit, q], (cursor, signal) => get('/api/v1/people', { query: { as_of, unit, q, limit: LIMIT, cursor }, signal }), (page) => page.people)
	const columns: Column<Schema['person']>[] = [
		{ key: 'name', title: t('institution.person'), isShort: true, render: ({ name, code }) => <Name text={name} go={() => open({ tab: 'tenures', person: code })} /> },
		{ key: 'posts', title: t('institution.posts'), render: ({ posts }) => posts.map(({ name }) => name).join(language === 'zh' ? '；' : '; ') },
		{ key: 'code', title: t('signIn.account'), render: ({ code }) => <span className="mono">{code}</span> },
	]
	return <Loaded query={query}>{(rows) => <Rows label={t('institution.people')} rows={rows} columns={columns} keyOf={({ code }) => code} empty={t('institution.none')} more={more} />}</Loaded>
}

/** Of one post or person all there ever were, unless a day is asked for. */
export function Tenures({ asked: { as_of, unit, post, person }, open }: Props) {
	const { t, language } = useLanguage()
	const all = as_of === undefined && (post !== undefined || person !== undefined) ? true : undefined
	const { query, more } = usePages(['tenures', as_of, unit, post, person], (cursor, signal) => get('/api/v1/tenures', { query: { as_of, unit, post, person, all, limit: LIMIT, cursor }, signal }), (page) => page.tenures)
	const columns: Column<Schema['tenure']>[] = [
		{ key: 'person', title: t('institution.person'), isShort: true, render: (row) => <Name text={row.person_name} go={() => open({ tab: 'tenures', person: row.person })} /> },
		{ key: 'post', title: t('institution.post'), render: (row) => <Name text={row.post_name} go={() => open({ tab: 'tenures', post: row.post })} /> },
		{ key: 'kind', title: t('institution.kind'), isShort: true, render: ({ kind }) => t(`tenure.${kind}`) },
		{ key: 'from', title: t('institution.from'), isShort: true, render: ({ from }) => showDay(from, language) },
		{ key: 'until', title: t('institution.until'), isShort: true, render: ({ until }) => (until ? showDay(until, language) : t('institution.present')) },
	]
	return <Loaded query={query}>{(rows) => <Rows label={t('institution.tenures')} rows={rows} columns={columns} keyOf={({ id }) => id} empty={t('institution.none')} more={more} />}</Loaded>
}
