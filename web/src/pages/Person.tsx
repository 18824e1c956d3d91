// What stands on record of a person: what was theirs to do and how it came out, what of it others verified, and the posts they held. The
// server tells it to themselves, to the organisation office and to those above; to others there is nothing here.
import { useQuery } from '@tanstack/react-query'
import { Card, DatePicker, Segmented, Space, Tag } from 'antd'
import dayjs from 'dayjs'
import { Link } from 'wouter'
import { get, type Schema } from '../api/client'
import { useLanguage } from '../i18n'
import { showDay, showInstant } from '../parts/format'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { Rows, type Column } from '../parts/Rows'
import { useAddress } from '../parts/useAddress'
import { usePages } from '../parts/usePages'
import { Figure } from './cockpit/Summary'
import { TakeReport } from './reports/TakeReport'

const NAMES = ['from', 'to', 'fate'] as const
const FATES = ['in_time', 'late', 'failed', 'owed'] as const
type Fate = (typeof FATES)[number]
const COLOURS: Record<Fate, string> = { in_time: 'green', late: 'gold', failed: 'red', owed: 'red' }

interface Asked {
	person: string
	from?: string
	to?: string
}

function Sums({ sums }: { sums: Schema['record_sums'] }) {
	const { t } = useLanguage()
	return (
		<Card>
			<div className="figures">
				<Figure label={t('person.duties')} value={sums.duties} note={sums.duties > 0 && t('person.rate', { n: Math.floor((100 * sums.in_time) / sums.duties) })} />
				{FATES.map((fate) => (
					<Figure key={fate} label={t(`person.fate.${fate}`)} value={sums[fate]} />
				))}
				<Figure label={t('person.verified')} value={sums.verified} />
			</div>
		</Card>
	)
}

function Years({ years }: { years: Schema['record_year'][] }) {
	const { t } = useLanguage()
	const columns: Column<Schema['record_year']>[] = [
		{ key: 'year', title: t('person.year'), render: ({ year }) => year },
		{ key: 'duties', title: t('person.duties'), isShort: true, render: ({ sums }) => sums.duties },
		...FATES.map((fate) => ({ key: fate, title: t(`person.fate.${fate}`), isShort: true, render: ({ sums }: Schema['record_year']) => sums[fate] })),
		{ key: 'verified', title: t('person.verified'), isShort: true, render: ({ sums }) => sums.verified },
	]
	return (
		<Card title={t('person.years')}>
			<Rows label={t('person.years')} rows={years} columns={columns} keyOf={({ year }) => year} empty={t('person.none')} />
		</Card>
	)
}

function Duties({ asked, fate, choose }: { asked: Asked; fate?: Fate; choose: (fate?: Fate) => void }) {
	const { t, language } = useLanguage()
	const { person, from, to } = asked
	const { query, more } = usePages(['record', 'duties', person, from, to, fate], (cursor, signal) => get('/api/v1/people/{person}/record/duties', { path: { person }, query: { from, to, fate, cursor }, signal }), (page) => page.duties)
	const columns: Column<Schema['record_duty']>[] = [
		{
			key: 'duty',
			title: t('person.duty'),
			render: (duty) => (
				<>
					<Link href={`/matters/${duty.matter}`}>{duty.title}</Link>
					<div>{duty.name}</div>
					<div className="muted">{duty.number}</div>
				</>
			),
		},
		{ key: 'fate', title: t('person.fate'), isShort: true, render: (duty) => <Tag color={COLOURS[duty.fate]}>{t(`person.fate.${duty.fate}`)}</Tag> },
		{ key: 'post', title: t('institution.post'), render: ({ post_name }) => post_name },
		{ key: 'due', title: t('person.due'), isShort: true, render: ({ due_day }) => showDay(due_day, language) },
		{ key: 'done', title: t('person.done'), isShort: true, render: ({ done }) => showInstant(done, language) },
	]
	return (
		<Card title={t('person.duties')}>
			<div className="sideways no-print filters">
				<Segmented<string>
					aria-label={t('person.fate')}
					value={fate ?? ''}
					onChange={(chosen) => choose((chosen || undefined) as Fate | undefined)}
					options={[{ value: '', label: t('person.fate.all') }, ...FATES.map((each) => ({ value: each, label: t(`person.fate.${each}`) }))]}
				/>
			</div>
			<Loaded query={query}>{(rows) => <Rows label={t('person.duties')} rows={rows} columns={columns} keyOf={({ matter, duty }) => `${matter} ${duty}`} empty={t('person.none')} more={more} />}</Loaded>
		</Card>
	)
}

function Verified({ asked: { person, from, to } }: { asked: Asked }) {
	const { t, language } = useLanguage()
	const { query, more } = usePages(['record', 'verified', person, from, to], (cursor, signal) => get('/api/v1/people/{person}/record/verified', { path: { person }, query: { from, to, cursor }, signal }), (page) => page.verified)
	const columns: Column<Schema['verified']>[] = [
		{
			key: 'matter',
			title: t('person.matter'),
			render: ({ matter, title, number }) => (
				<>
					<Link href={`/matters/${matter}`}>{title}</Link>
					<div className="muted">{number}</div>
				</>
			),
		},
		{ key: 'action', title: t('person.action'), render: ({ action }) => action },
		{ key: 'ended', title: t('person.ended'), isShort: true, render: ({ ended }) => showDay(ended, language) },
	]
	return (
		<Card title={t('person.verified')}>
			<Loaded query={query}>{(rows) => <Rows label={t('person.verified')} rows={rows} columns={columns} keyOf={({ matter }) => matter} empty={t('person.none')} more={more} />}</Loaded>
		</Card>
	)
}

/** What was decided about me, and what was served on me: nobody else is told. */
function Decisions() {
	const { t, language } = useLanguage()
	const query = useQuery({ queryKey: ['me', 'decisions', language], queryFn: async ({ signal }) => (await get('/api/v1/me/decisions', { signal })).decisions })
	const said = (shown: Schema['shown'][]) => shown.map(({ label, text }) => t('form.pair', { name: label, value: text })).join('\n')
	return (
		<Card title={t('person.decisions')}>
			<Loaded query={query} isEmpty={(decisions) => decisions.length === 0} empty={t('person.decisions.none')} rows={2}>
				{(decisions) => (
					<ul className="rows">
						{decisions.map((each) => (
							<li key={`${each.matter}.${each.until ?? ''}`}>
								<div className="duty-head">
									<strong className="grow">{each.title}</strong>
									{each.until && <Tag>{t('person.until', { day: showDay(each.until, language) })}</Tag>}
									{each.appeal && <Tag color="blue">{t('person.appeal')}</Tag>}
								</div>
								<div className="muted">{[each.number, each.procedure_title, each.state_label].filter(Boolean).join(' · ')}</div>
								{each.shown.length > 0 && <p className="prose">{said(each.shown)}</p>}
								{each.served.map((one) => (
									<p key={one.event} className="prose">
										{[`${showInstant(one.time, language)} ${one.headline}`, one.text, said(one.shown)].filter(Boolean).join('\n')}
									</p>
								))}
							</li>
						))}
					</ul>
				)}
			</Loaded>
			<p className="muted flat">{t('person.appeal.how')}</p>
		</Card>
	)
}

function Tenures({ tenures }: { tenures: Schema['tenure'][] }) {
	const { t, language } = useLanguage()
	const columns: Column<Schema['tenure']>[] = [
		{ key: 'post', title: t('institution.post'), render: ({ post_name }) => post_name },
		{ key: 'kind', title: t('institution.kind'), isShort: true, render: ({ kind }) => t(`tenure.${kind}`) },
		{ key: 'from', title: t('institution.from'), isShort: true, render: ({ from }) => showDay(from, language) },
		{ key: 'until', title: t('institution.until'), isShort: true, render: ({ until }) => (until ? showDay(until, language) : t('institution.present')) },
	]
	return (
		<Card title={t('institution.tenures')}>
			<Rows label={t('institution.tenures')} rows={tenures} columns={columns} keyOf={({ id }) => id} empty={t('institution.none')} />
		</Card>
	)
}

export default function Person({ code, isMine }: { code: string; isMine: boolean }) {
	const { t, language } = useLanguage()
	const [chosen, change] = useAddress(NAMES)
	const asked = { person: code, from: chosen.from, to: chosen.to }
	const query = useQuery({ queryKey: ['record', code, asked.from, asked.to, language], queryFn: ({ signal }) => get('/api/v1/people/{person}/record', { path: { person: code }, query: { from: asked.from, to: asked.to }, signal }), placeholderData: (before) => before })
	const day = (name: 'from' | 'to') => <DatePicker allowClear aria-label={t(`reports.${name}`)} placeholder={t(`reports.${name}`)} value={asked[name] ? dayjs(asked[name]) : null} onChange={(picked) => change({ [name]: picked?.format('YYYY-MM-DD') })} />
	const name = query.data?.person.name
	return (
		<>
			<PageHead title={name ? t('person.title', { name }) : t('person.record')}>
				<span className="muted grow">{query.data?.person.posts.map((post) => post.name).join(language === 'zh' ? '；' : '; ')}</span>
			</PageHead>
			<Loaded query={query} rows={12}>
				{({ sums, years, tenures }) => (
					<Space orientation="vertical" size={16} style={{ width: '100%' }}>
						<Space wrap className="no-print">
							{day('from')}
							{day('to')}
							<TakeReport name="results" query={asked} />
						</Space>
						<p className="muted flat">{t('person.why')}</p>
						<Sums sums={sums} />
						{years.length > 1 && <Years years={years} />}
						<Duties asked={asked} fate={FATES.find((fate) => fate === chosen.fate)} choose={(fate) => change({ fate })} />
						<Verified asked={asked} />
						{isMine && <Decisions />}
						<Tenures tenures={tenures} />
					</Space>
				)}
			</Loaded>
		</>
	)
}
