// What each administrator may begin or complete with an account as it stands. The server decides again; here is only which buttons
// have a sense.
import type { Schema } from '../api/client'
import type { Me } from '../session'

type Account = Schema['account']
export type Deed = 'release' | 'reset' | 'unlock' | 'disable' | 'grant' | 'bind' | 'tie' | 'untie' | 'mark' | 'unmark'

/** `elsewhere`: people sign in elsewhere, too. */
export function deedsFor(admin: Me['admin'], account: Pick<Account, 'state' | 'admin' | 'person' | 'locked_until' | 'subject'> & { break_glass?: boolean }, elsewhere = false): Deed[] {
	if (admin === 'security') {
		const deeds: Deed[] = []
		if (account.state === 'waiting') deeds.push('release')
		if (account.locked_until) deeds.push('unlock')
		if (!account.person && !account.admin) deeds.push('grant')
		if (account.subject) deeds.push('untie')
		if (account.break_glass) deeds.push('unmark')
		else if (elsewhere && account.person && account.state !== 'disabled') deeds.push('mark')
		return deeds
	}
	if (admin !== 'system') return []
	const deeds: Deed[] = ['reset']
	if (account.state !== 'disabled') deeds.push('disable')
	if (account.admin) deeds.push('bind')
	if (elsewhere && account.person && account.state !== 'disabled') deeds.push('tie')
	return deeds
}
