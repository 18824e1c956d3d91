// What was opened, ended and breached, period by period.
import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { get } from '../../api/client'
import { useLanguage } from '../../i18n'
import { trendFigures } from '../../lib/figures'
import { Chart } from '../../parts/Chart'
import { Loaded } from '../../parts/Loaded'

type By = 'week' | 'month'

export function Trend() {
	const { t, language } = useLanguage()
	const [by, setBy] = useState<By>('month')
	const query = useQuery({ queryKey: ['trend', by, language], queryFn: ({ signal }) => get('/api/v1/dashboard/trend', { query: { by, periods: 12 }, signal }), placeholderData: (before) => before })
	return (
		<Loaded query={query} rows={8}>
			{({ periods }) => (
				<Chart
					title={t('cockpit.trend')}
					empty={t('cockpit.none')}
					extra={<Segmented<By> size="small" value={by} onChange={setBy} options={(['week', 'month'] as const).map((each) => ({ value: each, label: t(`cockpit.trend.${each}`) }))} />}
					figures={trendFigures(periods, by, { label: t('cockpit.trend'), of: t(`cockpit.trend.${by}`), opened: t('cockpit.trend.opened'), closed: t('cockpit.closed'), late: t('cockpit.late'), breached: t('cockpit.trend.breached') })}
				/>
			)}
		</Loaded>
	)
}
