// The button that verifies an event of the ledger in this browser, and shows each step of it.
import { CheckCircleFilled, CloseCircleFilled, QuestionCircleFilled, SafetyCertificateOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Modal } from 'antd'
import { useState } from 'react'
import { useWords, type Translate } from '../i18n'
import { serverSource, verifyEvent, type Step, type Verdict } from '../lib/verify'
import { Problem } from '../api/problem'
import { Loaded } from './Loaded'

function said(step: Step, t: Translate): string {
	if (step.name !== 'pinned') return t(`verify.${step.name}`)
	return t(step.good ? 'verify.pinned' : 'verify.changed')
}

function Mark({ good }: { good: boolean | null }) {
	if (good === null) return <QuestionCircleFilled style={{ color: 'var(--lamp-yellow)' }} />
	return good ? <CheckCircleFilled style={{ color: 'var(--lamp-green)' }} /> : <CloseCircleFilled style={{ color: 'var(--lamp-red)' }} />
}

function Steps({ verdict }: { verdict: Verdict }) {
	const t = useWords()
	const unable = verdict.steps.some((step) => step.good === null)
	const title = !verdict.good ? t('verify.bad') : t(unable ? 'verify.unable' : 'verify.good')
	return (
		<>
			<Alert type={!verdict.good ? 'error' : unable ? 'warning' : 'success'} showIcon title={title} description={verdict.good ? t('verify.size', { n: verdict.size }) : t('verify.bad.why')} />
			<ol className="rows">
				{verdict.steps.map((step) => (
					<li key={step.name}>
						<Mark good={step.good} /> {said(step, t)}
						{step.found && <div className="mono muted">{step.found}</div>}
					</li>
				))}
			</ol>
		</>
	)
}

function Verification({ index }: { index: number }) {
	const t = useWords()
	const query = useQuery({
		queryKey: ['verify', index],
		queryFn: () => verifyEvent(index, serverSource),
		staleTime: 0,
		// The event was acknowledged; the next checkpoint, which has it, is a moment away.
		retry: (count, error) => error instanceof Problem && error.status === 404 && count < 3,
		retryDelay: 700,
	})
	if (!crypto.subtle) return <Alert type="warning" showIcon title={t('verify.insecure')} />
	if (query.error instanceof Problem && query.error.status === 404) return <Alert type="info" showIcon title={t('verify.pending')} />
	return <Loaded query={query}>{(verdict) => <Steps verdict={verdict} />}</Loaded>
}

export function Verify({ index, size = 'small' }: { index: number; size?: 'small' | 'middle' }) {
	const t = useWords()
	const [open, setOpen] = useState(false)
	return (
		<>
			<Button size={size} icon={<SafetyCertificateOutlined aria-hidden />} onClick={() => setOpen(true)}>
				{t('verify.button')}
			</Button>
			<Modal open={open} onCancel={() => setOpen(false)} footer={null} title={t('verify.title', { n: index })} destroyOnHidden>
				<p className="muted">{t('verify.why')}</p>
				{open && <Verification index={index} />}
			</Modal>
		</>
	)
}
