// What brought a duty: the instruction that is to be answered, or the breach.
import { useQuery } from '@tanstack/react-query'
import type { Schema } from '../../../api/client'
import { useLanguage } from '../../../i18n'
import { eventsWhere } from '../../../lib/history'
import { showInstant } from '../../../parts/format'

export function Origin({ matter, duty }: { matter: number; duty: number }) {
	const { language } = useLanguage()
	const brought = ({ opened }: Schema['event']) => !!opened?.some((each) => each.duty === duty)
	const query = useQuery({ queryKey: ['history', matter, 'of', duty, language], queryFn: ({ signal }) => eventsWhere(matter, brought, signal, { newest: true, last: brought }) })
	const event = query.data?.[0]
	if (!event) return null
	return (
		<div className="about">
			<strong>{event.headline}</strong>{' '}
			<span className="muted">
				{!event.by_clock && `${event.actor} · `}
				{showInstant(event.time, language)}
			</span>
			{event.text && <div className="prose">{event.text}</div>}
		</div>
	)
}
