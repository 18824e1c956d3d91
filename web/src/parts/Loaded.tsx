// Each thing that is read is in one of a few states; all pages show them alike.
import { Alert, Button, Empty, Result, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Problem } from '../api/problem'
import { useLanguage } from '../i18n'
import { ProofForm } from './Proof'

interface Query<T> {
	data: T | undefined
	error: Error | null
	isPending: boolean
	refetch: () => unknown
}

/** Why it can't be shown, and what to do about it. */
export function Failure({ error, retry }: { error: Error; retry?: () => unknown }) {
	const { t, language } = useLanguage()
	const problem = error instanceof Problem ? error : null
	const again = retry && (
		<Button onClick={() => void retry()} type="primary">
			{t('state.retry')}
		</Button>
	)
	if (problem?.isOffline) return <Result status="warning" title={t('state.offline')} subTitle={t('state.offline.why')} extra={again} />
	if (problem?.code === 'step_up' && retry)
		return (
			<div className="narrow">
				<ProofForm done={() => void retry()} />
			</div>
		)
	if (problem?.status === 403) return <Result status="403" title={t('state.forbidden')} subTitle={problem.say(language) || t('state.forbidden.why')} extra={<Link href="/">{t('state.home')}</Link>} />
	if (problem?.status === 404) return <Result status="404" title={t('state.missing')} subTitle={t('state.missing.why')} extra={<Link href="/">{t('state.home')}</Link>} />
	const request = problem?.details?.request
	return (
		<Result status="error" title={t('state.failed')} subTitle={problem?.say(language) || t('state.failed.why')} extra={again}>
			{request && <p className="muted mono">{t('state.request', { id: request })}</p>}
		</Result>
	)
}

/** `children` once there is something; until then, or instead, what stands in its way. */
export function Loaded<T>({ query, isEmpty, empty, rows = 4, children }: {
	query: Query<T>
	isEmpty?: (data: T) => boolean
	empty?: ReactNode
	rows?: number
	children: (data: T) => ReactNode
}) {
	const { t } = useLanguage()
	if (query.data === undefined) {
		if (query.error) return <Failure error={query.error} retry={query.refetch} />
		return (
			<div role="status" aria-label={t('state.loading')}>
				<Skeleton active title={false} paragraph={{ rows }} />
			</div>
		)
	}
	return (
		<>
			{query.error instanceof Problem && query.error.isOffline && <Alert type="warning" showIcon title={t('app.offline')} style={{ marginBottom: 12 }} />}
			{isEmpty?.(query.data) ? (typeof empty === 'string' || empty === undefined ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty ?? t('state.empty')} /> : empty) : children(query.data)}
		</>
	)
}

/** What a form was answered, above it. */
export function Refusal({ error }: { error: Error | null }) {
	const { t, language } = useLanguage()
	if (!error) return null
	const problem = error instanceof Problem ? error : null
	const text = problem?.isOffline ? `${t('state.offline')} ${t('state.offline.why')}` : problem?.say(language) || t('state.failed.why')
	return <Alert role="alert" type="error" showIcon title={text} style={{ marginBottom: 16 }} />
}
