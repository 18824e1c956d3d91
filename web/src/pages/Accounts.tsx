// Accounts, for the three administrators: each sees how they stand, and does the half of the work that is theirs.
import { Button, Card, Input, Select, Space, Tag } from 'antd'
import { useState } from 'react'
import { get, type Schema } from '../api/client'
import { useLanguage } from '../i18n'
import { deedsFor } from '../lib/accounts'
import { showInstant } from '../parts/format'
import { Loaded } from '../parts/Loaded'
import { Once } from '../parts/Once'
import { PageHead } from '../parts/page'
import { Rows, type Column } from '../parts/Rows'
import { useAddress } from '../parts/useAddress'
import { usePages } from '../parts/usePages'
import { useOptions, type Me } from '../session'
import { DeedButton, type Half } from './accounts/Deeds'
import { Make } from './accounts/Make'
import { Policy } from './accounts/Policy'

type Account = Schema['account']
type State = Account['state']
const STATES: readonly State[] = ['waiting', 'active', 'disabled']
const COLOURS: Record<State, string> = { waiting: 'orange', active: 'green', disabled: 'default' }
const NAMES = ['state', 'q'] as const

function useColumns(me: Me, given: (half: Half) => void): Column<Account>[] {
	const { t, language } = useLanguage()
	const elsewhere = (useOptions().data?.ways.length ?? 0) > 0
	const columns: Column<Account>[] = [
		{
			key: 'account',
			title: t('signIn.account'),
			render: ({ account, name }) => (
				<>
					<strong>{account}</strong> {name && <span className="muted">{name}</span>}
				</>
			),
		},
		{ key: 'state', title: t('accounts.state'), isShort: true, render: ({ state }) => <Tag color={COLOURS[state]}>{t(`accounts.state.${state}`)}</Tag> },
		{ key: 'admin', title: t('accounts.admin'), isShort: true, render: ({ admin, keeper }) => admin && `${t(`admin.${admin}`)}${keeper ? ` (${keeper})` : ''}` },
		{
			key: 'security',
			title: t('me.security'),
			render: ({ one_time, totp, locked_until, issuer, subject, break_glass }) => (one_time || totp || locked_until || subject || break_glass) && (
				<>
					{subject && <Tag color="blue" style={{ whiteSpace: 'normal', wordBreak: 'break-all' }}>{t('accounts.tied', { subject, issuer: issuer ?? '' })}</Tag>}
					{break_glass && <Tag color="volcano">{t('accounts.breakGlass')}</Tag>}
					{totp && <Tag>{t('accounts.totp')}</Tag>}
					{one_time && <Tag color="gold">{t('accounts.oneTime')}</Tag>}
					{locked_until && <Tag color="red">{t('accounts.locked', { time: showInstant(locked_until, language) })}</Tag>}
				</>
			),
		},
	]
	if (me.admin !== 'audit')
		columns.push({
			key: 'deeds',
			title: t('accounts.deeds'),
			render: (account) => (
				<Space size={4} wrap>
					{deedsFor(me.admin, account, elsewhere).map((deed) => (
						<DeedButton key={deed} deed={deed} account={account} given={given} />
					))}
				</Space>
			),
		})
	return columns
}

export default function Accounts({ me }: { me: Me }) {
	const { t } = useLanguage()
	const [asked, change] = useAddress(NAMES)
	const [making, setMaking] = useState(false)
	const [half, setHalf] = useState<Half>()
	const columns = useColumns(me, setHalf)
	const state = STATES.find((each) => each === asked.state)
	const { query, more } = usePages(['accounts', state, asked.q], (cursor, signal) => get('/api/v1/accounts', { query: { state, q: asked.q, limit: 100, cursor }, signal }), (page) => page.accounts)
	return (
		<>
			<PageHead title={t('nav.accounts')}>
				<span className="muted">{t(`accounts.why.${me.admin ?? 'audit'}`)}</span>
			</PageHead>
			<Space orientation="vertical" size={16} style={{ width: '100%' }}>
				{me.admin === 'security' && <Policy me={me} />}
				<Card>
					<Space wrap className="filters no-print">
						<Input.Search key={asked.q ?? ''} allowClear defaultValue={asked.q} maxLength={64} aria-label={t('signIn.account')} placeholder={t('signIn.account')} onSearch={(q) => change({ q: q.trim() || undefined })} style={{ width: 220 }} />
						<Select<State> allowClear style={{ width: 140 }} aria-label={t('accounts.state')} placeholder={t('accounts.state')} value={state} onChange={(next?: State) => change({ state: next })} options={STATES.map((each) => ({ value: each, label: t(`accounts.state.${each}`) }))} />
						{me.admin === 'system' && (
							<Button type="primary" onClick={() => setMaking(true)}>
								{t('accounts.make')}
							</Button>
						)}
					</Space>
					<Loaded query={query} rows={10}>{(rows) => <Rows label={t('nav.accounts')} rows={rows} columns={columns} keyOf={({ id }) => id} empty={t('accounts.none')} more={more} />}</Loaded>
				</Card>
			</Space>
			{half && <Once title={t('accounts.half', { account: half.account })} text={half.text} why={t(`accounts.half.${half.which}`)} close={() => setHalf(undefined)} />}
			{making && <Make close={() => setMaking(false)} />}
		</>
	)
}
