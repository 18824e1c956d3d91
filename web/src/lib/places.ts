// Which pages there are, and for whom. What somebody may see on them is the server's to say: here is only whose work a page is, so that
// nobody is led to a page that has nothing for them.
import type { Me } from '../session'

export const PLACES = {
	work: ['workbench', 'calendar', 'matters', 'breakdown', 'rectification', 'education', 'meetings', 'accountability', 'ballots', 'levels'],
	boards: ['cockpit', 'commanders', 'coverage', 'performance', 'reports', 'health'],
	institution: ['institution', 'procedures', 'rules'],
	administration: ['accounts', 'compartments', 'looks', 'signins', 'outbox'],
	record: ['ledger', 'account'],
} as const

export type Section = keyof typeof PLACES
export type Place = (typeof PLACES)[Section][number]
export const SECTIONS = Object.keys(PLACES) as Section[]

export const pathOf = (place: Place) => (place === 'workbench' ? '/' : `/${place}`)

type Sitter = Pick<Me, 'admin' | 'person'>

/** An administrator's account has no part in the institution's business, and others none in administration. */
export function isFor(place: Place, { admin, person }: Sitter): boolean {
	const isOf = (section: Section) => (PLACES[section] as readonly Place[]).includes(place)
	if (isOf('record')) return true
	if (place === 'levels') return person !== undefined || admin === 'security'
	if (place === 'health') return person !== undefined || admin === 'audit'
	if (place === 'accounts') return admin !== undefined
	if (place === 'compartments') return admin === 'security'
	if (place === 'outbox') return admin === 'system'
	if (isOf('administration')) return admin === 'audit'
	return person !== undefined
}

/** The menu: sections that have something for who is signed in. */
export function placesFor(sitter: Sitter): { section: Section; places: Place[] }[] {
	const sections = SECTIONS.map((section) => ({ section, places: PLACES[section].filter((place: Place) => isFor(place, sitter)) as Place[] }))
	return sections.filter(({ places }) => places.length > 0)
}

/** Where somebody begins. */
export const homeOf = (sitter: Sitter): Place => (sitter.person ? 'workbench' : 'accounts')
