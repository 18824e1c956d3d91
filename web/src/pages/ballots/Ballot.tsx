// One vote as the office sees it: what is asked and of whom, how many came back, then what came out. Of marks nothing stands here
// before the closing, nor does the server tell any.
import { useQuery } from '@tanstack/react-query'
import { Alert, Card, Descriptions, Progress, Space } from 'antd'
import { Link } from 'wouter'
import { get, type Schema } from '../../api/client'
import { points, said, stateOf, voidOf } from '../../ballot/words'
import { useLanguage } from '../../i18n'
import { isTooFew } from '../../lib/vote'
import { Loaded } from '../../parts/Loaded'
import { PageHead } from '../../parts/page'
import { Rows, type Column } from '../../parts/Rows'
import { Closing } from './Closing'
import { PaperCount } from './PaperCount'
import { Result } from './Result'

type Ballot = Schema['ballot']
const EVERY_MS = 3000

function Links({ ballot }: { ballot: Ballot }) {
	const { t } = useLanguage()
	const api = `/api/v1/ballots/${ballot.ballot}`
	return (
		<Space wrap size={[16, 4]}>
			<a href={`/hall/${ballot.ballot}`} target="_blank" rel="noreferrer">{t('ballots.hall')}</a>
			{ballot.result?.subjects && <a href={`${api}/lines`} target="_blank" rel="noreferrer">{t('hall.lines')}</a>}
			<a href={`${api}/codes`} target="_blank" rel="noreferrer">{t('hall.codes')}</a>
			<a href={api} target="_blank" rel="noreferrer">{t('hall.data')}</a>
		</Space>
	)
}

function Standing({ ballot }: { ballot: Ballot }) {
	const { t } = useLanguage()
	const why = ballot.result?.void
	return (
		<Card title={stateOf(ballot.state, t)} extra={<Link href="/ballots">{t('ballots.all')}</Link>}>
			<p className="standing">
				{t('hall.received')} <strong>{ballot.returned}</strong> <span className="muted">{t('hall.of', { n: ballot.issued })}</span>
			</p>
			<Progress percent={Math.min(100, Math.floor((ballot.returned / ballot.issued) * 100))} aria-label={t('hall.received')} />
			{ballot.state === 'open' && <p className="muted">{isTooFew(ballot) ? t('ballots.few', { n: ballot.least }) : t('ballots.nothing')}</p>}
			{why && <Alert type="warning" showIcon title={voidOf(why, t)} style={{ marginBottom: 12 }} />}
			<Links ballot={ballot} />
		</Card>
	)
}

function Rules({ ballot }: { ballot: Ballot }) {
	const { t } = useLanguage()
	const below = (score: number) => (score > 0 ? t('ballots.below', { n: points(score) }) : t('ballots.never'))
	return (
		<Card title={t('ballots.rules')}>
			<Descriptions
				column={{ xs: 1, md: 2 }}
				size="small"
				items={[
					{ key: 'entitled', label: t('ballots.entitled'), children: ballot.entitled },
					{ key: 'present', label: t('ballots.present'), children: ballot.present },
					{ key: 'issued', label: t('ballots.issued'), children: ballot.issued },
					{ key: 'codes', label: t('ballots.codes'), children: ballot.codes },
					{ key: 'talk', label: t('hall.outcome.talk'), children: below(ballot.talk_below) },
					{ key: 'account', label: t('hall.outcome.account'), children: below(ballot.account_below) },
					{ key: 'least', label: t('ballots.least'), children: ballot.least },
					{ key: 'root', label: t('ballots.root'), span: 'filled', children: <span className="mono">{ballot.root}</span> },
				]}
			/>
			<p className="muted">{t('hall.root')}</p>
		</Card>
	)
}

function Groups({ ballot }: { ballot: Ballot }) {
	const { t, language } = useLanguage()
	type Group = Ballot['groups'][number]
	const of = (group: Group) => ballot.result?.groups?.[ballot.groups.indexOf(group)]
	const columns: Column<Group>[] = [
		{ key: 'label', title: t('ballots.group'), render: ({ label }) => said(label, language) },
		{ key: 'weight', title: t('ballots.weight'), isShort: true, render: ({ weight }) => weight },
		{ key: 'issued', title: t('ballots.issued'), isShort: true, render: ({ issued }) => issued },
		...(ballot.result?.groups
			? [
					{ key: 'lines', title: t('ballots.lines'), isShort: true, render: (group: Group) => of(group)?.lines },
					{ key: 'paper', title: t('ballots.paper'), isShort: true, render: (group: Group) => of(group)?.paper },
				]
			: []),
	]
	return (
		<Card title={t('ballots.groups')}>
			<Rows label={t('ballots.groups')} rows={ballot.groups} columns={columns} keyOf={({ name }) => name} empty={t('state.empty')} />
		</Card>
	)
}

function Asked({ ballot }: { ballot: Ballot }) {
	const { t, language } = useLanguage()
	return (
		<Card title={t('ballots.asked')}>
			<ul className="rows tight">
				{ballot.subjects.map(({ label, matter }, i) => (
					<li key={i}>{matter ? <Link href={`/matters/${matter}`}>{said(label, language)}</Link> : said(label, language)}</li>
				))}
			</ul>
			<p>{ballot.questions.map(({ label }) => said(label, language)).join(t('ballots.and'))}</p>
			<p className="muted">{ballot.choices.map((choice) => t('ballots.choice', { name: said(choice.label, language), n: choice.points })).join(t('ballots.and'))}</p>
		</Card>
	)
}

function Shown({ ballot }: { ballot: Ballot }) {
	return (
		<Space orientation="vertical" size={16} style={{ width: '100%' }}>
			<Standing ballot={ballot} />
			<Result ballot={ballot} />
			{ballot.state === 'open' && (
				<>
					<PaperCount ballot={ballot} />
					<Closing ballot={ballot} />
				</>
			)}
			<Asked ballot={ballot} />
			<Groups ballot={ballot} />
			<Rules ballot={ballot} />
		</Space>
	)
}

export default function BallotPage({ id }: { id: number }) {
	const { t, language } = useLanguage()
	const query = useQuery({
		queryKey: ['ballot', id, language],
		queryFn: ({ signal }) => get('/api/v1/ballots/{ballot}', { path: { ballot: id }, signal }),
		refetchInterval: ({ state }) => (state.data?.state === 'open' ? EVERY_MS : false),
	})
	return (
		<>
			<PageHead title={query.data ? said(query.data.title, language) : t('nav.ballots')} />
			<Loaded query={query} rows={8}>{(ballot) => <Shown ballot={ballot} />}</Loaded>
		</>
	)
}
