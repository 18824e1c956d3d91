// Files between levels: with whom they are exchanged, taking one, making one, and what went and came.
import { useQuery } from '@tanstack/react-query'
import { Card } from 'antd'
import { get } from '../api/client'
import { useLanguage } from '../i18n'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import type { Me } from '../session'
import { Exchanged } from './levels/Exchanged'
import { Make } from './levels/Make'
import { EnterPeer, Peers } from './levels/Peers'
import { Take } from './levels/Take'

export default function Levels({ me }: { me: Me }) {
	const { t } = useLanguage()
	const peers = useQuery({ queryKey: ['peers'], queryFn: ({ signal }) => get('/api/v1/peers', { signal }) })
	return (
		<>
			<PageHead title={t('nav.levels')}>
				<span className="muted">{t('levels.why')}</span>
			</PageHead>
			<div className="steps">
				{me.person && <Take />}
				{me.person && peers.data && <Make peers={peers.data.peers.filter(({ closed }) => !closed)} />}
				<Card title={t('levels.peers')}>
					<Loaded query={peers}>{(known) => <Peers known={known} />}</Loaded>
				</Card>
				{me.admin === 'security' && <EnterPeer />}
				{me.person && <Exchanged />}
			</div>
		</>
	)
}
