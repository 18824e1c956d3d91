// Somebody was faster: what happened since this form was opened. What was typed is still there.
import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { get, type Schema } from '../../../api/client'
import { useLanguage } from '../../../i18n'
import { showInstant } from '../../../parts/format'
import { Loaded } from '../../../parts/Loaded'

/** A history is read from its beginning; what is new is at its end. */
async function eventsSince(matter: number, since: number, signal: AbortSignal): Promise<Schema['event'][]> {
	const found: Schema['event'][] = []
	for (let cursor: string | undefined, first = true; first || cursor; first = false) {
		const page: Schema['history'] = await get('/api/v1/matters/{matter}/history', { path: { matter }, query: { limit: 200, cursor }, signal })
		found.push(...page.events.filter(({ event }) => event > since))
		cursor = page.cursor
	}
	return found
}

export function Changed({ matter, since }: { matter: number; since: number }) {
	const { t, language } = useLanguage()
	const query = useQuery({ queryKey: ['history', matter, 'since', since, language], queryFn: ({ signal }) => eventsSince(matter, since, signal) })
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
