// Somebody was faster: what happened since this form was opened. What was typed is still there.
import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useLanguage } from '../../../i18n'
import { eventsWhere } from '../../../lib/history'
import { showInstant } from '../../../parts/format'
import { Loaded } from '../../../parts/Loaded'

export function Changed({ matter, since }: { matter: number; since: number }) {
	const { t, language } = useLanguage()
	const query = useQuery({ queryKey: ['history', matter, 'since', since, language], queryFn: async ({ signal }) => (await eventsWhere(matter, ({ event }) => event > since, signal, { newest: true, last: ({ event }) => event <= since })).reverse() })
	return (
		<Alert
			role="alert"
			type="warning"
			showIcon
			style={{ marginBottom: 16 }}
			title={t('act.changed')}
			description={
				<Loaded query={query} rows={2}>
					{(events) => (
						<ul className="follows">
							{events.map((event) => (
								<li key={event.event}>
									<strong>{event.headline}</strong> {event.to_label && <>→ {event.to_label}</>}{' '}
									<span className="muted">
										{event.by_clock ? t('matter.event.clock') : event.actor} · {showInstant(event.time, language)}
									</span>
									{event.text && <div className="prose">{event.text}</div>}
								</li>
							))}
						</ul>
					)}
				</Loaded>
			}
		/>
	)
}
