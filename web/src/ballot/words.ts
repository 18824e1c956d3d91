// What all pages of a vote say of it.
import type { Schema } from '../api/client'
import type { Language, Translate } from '../i18n'

export type Ballot = Schema['ballot']

/** A label in the language of the page; Chinese where there is no other. */
export const said = (label: { zh: string; en?: string }, language: Language) => (language === 'en' && label.en ? label.en : label.zh)

/** A code as it was scanned or typed: what isn't a letter or digit left out. */
export const codeOf = (text: string) => text.toUpperCase().replace(/[^0-9A-Z]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')

/** In fours, as on the slip, while it is typed. */
export const inFours = (text: string) => (codeOf(text).slice(0, 16).match(/.{1,4}/g) ?? []).join('-')

/** A digit for each question of each subject; 0 where nothing is marked. */
export const marksOf = (choices: number[]) => choices.join('')

/** Hundredths of a point, as people read them. */
export const points = (score: number) => (score < 0 ? '—' : (score / 100).toFixed(2))

export function stateOf(state: Ballot['state'], t: Translate) {
	if (state === 'open') return t('hall.open')
	return state === 'closed' ? t('hall.closed') : t('hall.void')
}

export function outcomeOf(outcome: Schema['ballot_subject_result']['outcome'], t: Translate) {
	if (outcome === 'talk') return t('hall.outcome.talk')
	return outcome === 'account' ? t('hall.outcome.account') : t('hall.outcome.pass')
}

/** Why it doesn't count. */
export function voidOf(why: string, t: Translate) {
	if (why === 'too_many') return t('hall.void.too_many')
	return why === 'too_few' ? t('hall.void.too_few') : t('hall.void.unmarked')
}
