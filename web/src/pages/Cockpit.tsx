// The figures that a leader looks at before a meeting. Each opens the list that it counts.
import { useQuery } from '@tanstack/react-query'
import { Space } from 'antd'
import { get } from '../api/client'
import { useLanguage } from '../i18n'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { BoardTable } from './cockpit/BoardTable'
import { LampsBy, NotTakenUp, Programmes } from './cockpit/Charts'
import { Summary } from './cockpit/Summary'
import { Trend } from './cockpit/Trend'

export default function Cockpit() {
	const { t, language } = useLanguage()
	const query = useQuery({ queryKey: ['dashboard', language], queryFn: ({ signal }) => get('/api/v1/dashboard', { signal }) })
	return (
		<>
			<PageHead title={t('cockpit.title')} />
			<Space orientation="vertical" size={16} style={{ width: '100%' }}>
				<Loaded query={query}>{(dashboard) => <Summary dashboard={dashboard} />}</Loaded>
				<div className="boards">
					<LampsBy by="unit" />
					<LampsBy by="grasp" />
					<Programmes />
					<NotTakenUp />
					<Trend />
				</div>
				<BoardTable />
			</Space>
		</>
	)
}
