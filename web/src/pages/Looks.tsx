// Who looked at what is recorded to be looked at: for the audit administrator.
import { useQuery } from '@tanstack/react-query'
import { Card, Input, Space } from 'antd'
import { get, type Schema } from '../api/client'
import { useLanguage } from '../i18n'
import { showInstant } from '../parts/format'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { Rows, type Column } from '../parts/Rows'
import { useAddress } from '../parts/useAddress'

type Look = Schema['look']
const NAMES = ['object'] as const
const MOST = 500

export default function Looks() {
	const { t, language } = useLanguage()
	const [{ object }, change] = useAddress(NAMES)
	const query = useQuery({ queryKey: ['looks', object], queryFn: ({ signal }) => get('/api/v1/looks', { query: { object, limit: MOST }, signal }) })
	const columns: Column<Look>[] = [
		{ key: 'object', title: t('looks.object'), isShort: true, render: (row) => (row.object === 'break_glass' ? t('looks.breakGlass') : <span className="mono">{row.object}</span>) },
		{ key: 'account', title: t('signIn.account'), isShort: true, render: ({ account }) => account },
		{ key: 'times', title: t('looks.times'), isShort: true, render: ({ times }) => times },
		{ key: 'first', title: t('looks.first'), isShort: true, render: ({ first }) => showInstant(first, language) },
		{ key: 'last', title: t('looks.last'), isShort: true, render: ({ last }) => showInstant(last, language) },
	]
	return (
		<>
			<PageHead title={t('nav.looks')}>
				<span className="muted">{t('looks.why', { n: MOST })}</span>
			</PageHead>
			<Card>
				<Space className="filters no-print">
					<Input.Search key={object ?? ''} allowClear defaultValue={object} maxLength={100} aria-label={t('looks.object')} placeholder={t('looks.example')} onSearch={(text) => change({ object: text.trim() || undefined })} style={{ width: 260 }} />
				</Space>
				<Loaded query={query} rows={10}>
					{({ looks }) => <Rows label={t('nav.looks')} rows={looks.map((row, place) => ({ ...row, place }))} columns={columns} keyOf={({ place }) => place} empty={t('looks.none')} />}
				</Loaded>
			</Card>
		</>
	)
}
