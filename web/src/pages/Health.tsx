// The three sentences on live data: does each hold, what breaks it, and which matter mends that.
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, Collapse, Space, Tag } from 'antd'
import { Fragment } from 'react'
import { Link } from 'wouter'
import { get, type Schema } from '../api/client'
import { useLanguage } from '../i18n'
import { brokenFirst, countBroken, pieceTarget } from '../lib/health'
import { LampMark } from '../parts/Lamp'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'

type Invariant = Schema['audit_invariant']
type Sentence = Schema['audit_sentence']

/** What breaks it as a sentence, its names as links. */
function Pieces({ pieces }: { pieces: Schema['audit_piece'][] }) {
	const { language } = useLanguage()
	return (
		<p className="pieces">
			{pieces.map((piece, place) => {
				const to = pieceTarget(piece)
				return (
					<Fragment key={place}>
						{place > 0 && (language === 'zh' ? '，' : ', ')}
						{to ? <Link href={to}>{piece.text}</Link> : piece.text}
					</Fragment>
				)
			})}
		</p>
	)
}

function Broken({ invariant }: { invariant: Invariant }) {
	const { t } = useLanguage()
	const more = invariant.broken - invariant.rows.length
	return (
		<>
			<ul className="rows">
				{invariant.rows.map((row, place) => (
					<li key={`${row.matter} ${place}`}>
						<div>
							<Link href={`/matters/${row.matter}`}>{row.title || row.number}</Link> <span className="muted">{row.title && row.number}</span>
						</div>
						<Pieces pieces={row.pieces} />
					</li>
				))}
			</ul>
			{more > 0 && <p className="muted">{t(invariant.rows.length > 0 ? 'health.more' : 'health.counted', { n: more })}</p>}
		</>
	)
}

function Heading({ invariant }: { invariant: Invariant }) {
	const { t } = useLanguage()
	const holds = invariant.broken === 0
	return (
		<span className="invariant">
			<LampMark colour={holds ? 'green' : 'red'} />
			<span>{invariant.text}</span>
			{!holds && <Tag color="red">{t('health.broken', { n: invariant.broken })}</Tag>}
		</span>
	)
}

function SentenceCard({ sentence }: { sentence: Sentence }) {
	const { t } = useLanguage()
	const { broken, held } = brokenFirst(sentence.invariants)
	const count = countBroken(sentence.invariants)
	const verdict = (
		<span className={sentence.holds ? 'lamp lamp-green' : 'lamp lamp-red'}>
			<LampMark colour={sentence.holds ? 'green' : 'red'} />
			<span className="lamp-word">{sentence.holds ? t('health.holds') : t('health.fails', { n: count })}</span>
		</span>
	)
	return (
		<Card title={<h2 className="card-title">{sentence.text}</h2>} extra={verdict}>
			{broken.length > 0 && <Collapse defaultActiveKey={broken.map(({ name }) => name)} items={broken.map((each) => ({ key: each.name, label: <Heading invariant={each} />, children: <Broken invariant={each} /> }))} style={{ marginBottom: 12 }} />}
			<ul className="rows tight">
				{held.map((each) => (
					<li key={each.name}>
						<Heading invariant={each} />
					</li>
				))}
			</ul>
		</Card>
	)
}

export default function Health() {
	const { t, language } = useLanguage()
	// It reads all there is, so it is asked for when somebody wants it, and not by every return to the page.
	const query = useQuery({ queryKey: ['audit', language], queryFn: ({ signal }) => get('/api/v1/audit', { signal }), staleTime: 60_000, refetchOnWindowFocus: false })
	return (
		<>
			<PageHead title={t('nav.health')}>
				<span className="muted">{t('health.why')}</span>
				<Button className="no-print" loading={query.isFetching} onClick={() => void query.refetch()}>
					{t('health.again')}
				</Button>
			</PageHead>
			<Loaded query={query} rows={12}>
				{({ sentences }) => (
					<Space orientation="vertical" size={16} style={{ width: '100%' }}>
						<Alert showIcon type={sentences.every(({ holds }) => holds) ? 'success' : 'error'} title={sentences.every(({ holds }) => holds) ? t('health.allHold') : t('health.someFail', { n: sentences.filter(({ holds }) => !holds).length })} />
						{sentences.map((sentence) => (
							<SentenceCard key={sentence.sentence} sentence={sentence} />
						))}
					</Space>
				)}
			</Loaded>
		</>
	)
}
