// Who tried to sign in and what came of it: for the audit administrator.
import { useQuery } from '@tanstack/react-query'
import { Alert, Card, Input, Space, Tag } from 'antd'
import { Link } from 'wouter'
import { get, type Schema } from '../api/client'
import { useLanguage } from '../i18n'
import { showInstant } from '../parts/format'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { Rows, type Column } from '../parts/Rows'
import { useAddress } from '../parts/useAddress'

type Attempt = Schema['sign_in']
const NAMES = ['account'] as const
const MOST = 500

export default function SignIns() {
	const { t, language } = useLanguage()
	const [{ account }, change] = useAddress(NAMES)
	const query = useQuery({ queryKey: ['signins', account], queryFn: ({ signal }) => get('/api/v1/sign-ins', { query: { account, limit: MOST }, signal }) })
	const glass = useQuery({ queryKey: ['looks', 'break_glass'], queryFn: ({ signal }) => get('/api/v1/looks', { query: { object: 'break_glass', limit: 1 }, signal }) })
	const last = glass.data?.looks[0]
	const columns: Column<Attempt>[] = [
		{ key: 'account', title: t('signIn.account'), isShort: true, render: (row) => row.account ?? <span className="muted">{t('signins.nobody')}</span> },
		{ key: 'reason', title: t('signins.reason'), isShort: true, render: ({ reason }) => <Tag color={reason === 'passed' ? 'green' : reason === 'locked' || reason === 'replay' ? 'red' : 'orange'}>{t(`signins.${reason}`)}</Tag> },
		{ key: 'time', title: t('signins.time'), isShort: true, render: ({ time }) => showInstant(time, language) },
		{ key: 'address', title: t('signins.address'), isShort: true, render: ({ address }) => <span className="mono">{address}</span> },
	]
	return (
		<>
			<PageHead title={t('nav.signins')}>
				<span className="muted">{t('signins.why', { n: MOST })}</span>
			</PageHead>
			{last && (
				<Alert
					type="warning"
					showIcon
					style={{ marginBottom: 16 }}
					title={t('signins.breakGlass', { account: last.account ?? '', time: showInstant(last.last, language) })}
					action={<Link href="/looks?object=break_glass">{t('signins.breakGlass.all')}</Link>}
				/>
			)}
			<Card>
				<Space className="filters no-print">
					<Input.Search key={account ?? ''} allowClear defaultValue={account} maxLength={100} aria-label={t('signIn.account')} placeholder={t('signIn.account')} onSearch={(text) => change({ account: text.trim() || undefined })} style={{ width: 240 }} />
				</Space>
				<Loaded query={query} rows={10}>
					{({ sign_ins }) => <Rows label={t('nav.signins')} rows={sign_ins.map((row, place) => ({ ...row, place }))} columns={columns} keyOf={({ place }) => place} empty={t('state.empty')} />}
				</Loaded>
			</Card>
		</>
	)
}
