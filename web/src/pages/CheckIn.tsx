// Checking in at a meeting or a session. Opened by the code on the wall it asks whoever is expected to confirm; without one it is the
// wall: the code in large, renewed before it is old, for whoever keeps the list.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Card, QRCode, Result } from 'antd'
import { useState } from 'react'
import { Link } from 'wouter'
import { get, post, type Schema } from '../api/client'
import { useLanguage, useWords } from '../i18n'
import { codeOf, pathWithCode } from '../lib/checkIn'
import { ActKey } from '../lib/key'
import { Loaded, Refusal } from '../parts/Loaded'
import { PageHead } from '../parts/page'

type Session = Schema['check_in_page']

/** A new one is asked for a little before the shown one is replaced, so that no old one stays on the wall. */
const AHEAD_SECONDS = 2

function Wall({ matter }: { matter: Session }) {
	const t = useWords()
	const code = useQuery({
		queryKey: ['check-in-code', matter.id],
		queryFn: ({ signal }) => get('/api/v1/matters/{matter}/check-in-code', { path: { matter: matter.id }, signal }),
		refetchInterval: ({ state }) => Math.max(1, (state.data?.seconds ?? AHEAD_SECONDS + 5) - AHEAD_SECONDS) * 1000,
		refetchIntervalInBackground: true,
		gcTime: 0,
	})
	return (
		<Loaded query={code}>
			{({ code }) => (
				<Card className="check-in-wall">
					<QRCode aria-label={t('checkIn.picture')} value={pathWithCode(location.origin, matter.id, code)} type="svg" bgColor="#fff" color="#000" size={320} style={{ margin: '0 auto' }} />
					<p>{t('checkIn.how')}</p>
					<p className="muted">{t('checkIn.changes')}</p>
				</Card>
			)}
		</Loaded>
	)
}

function Confirm({ matter, code }: { matter: Session; code: string }) {
	const t = useWords()
	const client = useQueryClient()
	const [key] = useState(() => new ActKey())
	const confirm = useMutation({
		mutationFn: () => post('/api/v1/matters/{matter}/check-in', { path: { matter: matter.id }, body: { code }, key: key.of(code) }),
		onSuccess: () => client.invalidateQueries(),
	})
	if (confirm.isSuccess || matter.check_in?.came) return <Result status="success" title={t('checkIn.mine')} extra={matter.sees && <Link href={`/matters/${matter.id}`}>{t('checkIn.matter')}</Link>} />
	return (
		<Card>
			<Refusal error={confirm.error} />
			<p>{t('checkIn.confirm')}</p>
			<Button type="primary" size="large" block loading={confirm.isPending} onClick={() => confirm.mutate()}>
				{t('checkIn.here')}
			</Button>
			<p className="muted">{t('checkIn.kept')}</p>
		</Card>
	)
}

function Here({ matter }: { matter: Session }) {
	const t = useWords()
	const code = codeOf(location.hash)
	const state = matter.check_in
	if (!state) return <Alert type="info" showIcon title={t('checkIn.none')} />
	if (code) return <Confirm matter={matter} code={code} />
	if (!state.goes_on) return <Alert type="info" showIcon title={state.why} />
	return (
		<>
			<p>{t('checkIn.came', { n: state.came_count, of: state.expected_count })}</p>
			{state.keeps ? <Wall matter={matter} /> : <Alert type="info" showIcon title={state.came ? t('checkIn.mine') : t('checkIn.scan')} />}
		</>
	)
}

export default function CheckIn({ id }: { id: number }) {
	const { t, language } = useLanguage()
	// Whoever is expected may hold no post, and then sees no more of the matter than this.
	const query = useQuery({ queryKey: ['check-in', id, language], queryFn: ({ signal }) => get('/api/v1/matters/{matter}/check-in', { path: { matter: id }, signal }) })
	return (
		<Loaded query={query}>
			{(matter) => (
				<div className="narrow">
					<PageHead title={t('checkIn.title')} />
					<p>
						<strong>{matter.title}</strong>
					</p>
					<Here matter={matter} />
				</div>
			)}
		</Loaded>
	)
}
