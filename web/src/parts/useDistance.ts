// How far a day is, in words.
import { useLanguage } from '../i18n'
import type { Distance } from '../lib/calendar'

export function useDistance() {
	const { t } = useLanguage()
	return (distance: NonNullable<Distance>): string => {
		if (distance.kind === 'today') return t('distance.today')
		if (distance.kind === 'past') return t('distance.past', { n: distance.days })
		return t(distance.rests ? 'distance.working.rest' : 'distance.working', { n: distance.days })
	}
}
