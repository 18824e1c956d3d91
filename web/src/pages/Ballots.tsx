// Secret votes on reports on duty and integrity: those that were held, and the way to another.
import { useQuery } from '@tanstack/react-query'
import { Button, Card } from 'antd'
import { Link, useLocation } from 'wouter'
import { get, type Schema } from '../api/client'
import { outcomeOf, said, stateOf } from '../ballot/words'
import { useLanguage } from '../i18n'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { Rows, type Column } from '../parts/Rows'

type Ballot = Schema['ballot']

export default function Ballots() {
	const { t, language } = useLanguage()
	const [, go] = useLocation()
	const query = useQuery({ queryKey: ['ballots', language], queryFn: ({ signal }) => get('/api/v1/ballots', { signal }) })
	const columns: Column<Ballot>[] = [
		{ key: 'title', title: t('ballots.title'), render: ({ ballot, title }) => <Link href={`/ballots/${ballot}`}>{said(title, language)}</Link> },
		{ key: 'state', title: t('ballots.state'), isShort: true, render: ({ state }) => stateOf(state, t) },
		{ key: 'subjects', title: t('ballots.subjects'), render: ({ subjects }) => subjects.map(({ label }) => said(label, language)).join(t('ballots.and')) },
		{ key: 'returned', title: t('ballots.returned'), isShort: true, render: ({ returned, issued }) => t('ballots.returned.of', { n: returned, issued }) },
		{ key: 'outcome', title: t('ballots.outcome'), render: ({ state, result }) => (state === 'closed' ? result?.subjects?.map(({ outcome }) => outcomeOf(outcome, t)).join(t('ballots.and')) : undefined) },
	]
	return (
		<>
			<PageHead title={t('nav.ballots')}>
				<span className="muted">{t('ballots.why')}</span>
			</PageHead>
			<Card
				extra={
					<Button type="primary" onClick={() => go('/ballots/open')}>
						{t('ballots.open')}
					</Button>
				}
				title={t('ballots.list')}
			>
				<Loaded query={query} rows={6}>{({ ballots }) => <Rows label={t('nav.ballots')} rows={ballots} columns={columns} keyOf={({ ballot }) => ballot} empty={t('ballots.none')} />}</Loaded>
			</Card>
		</>
	)
}
