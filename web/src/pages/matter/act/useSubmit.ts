// Sending an act: under a name, so that it is done once; against the version that was read, so that nobody is overlooked; with a
// proof where the server wants one.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Problem } from '../../../api/problem'
import { sendAct, type Act, type Content, type Matter, type Receipt } from '../../../lib/act'
import { ActKey } from '../../../lib/key'
import { useProof } from '../../../parts/Proof'
import { useRecorded } from '../../../parts/recorded'

export function useSubmit(act: Act, matter: Matter, done: (receipt: Receipt) => void) {
	const withProof = useProof()
	const recorded = useRecorded()
	const client = useQueryClient()
	const [key] = useState(() => new ActKey())
	/** The version that whoever acts has in front of them, and the last event of it. */
	const base = useRef({ version: matter.version, event: matter.event })
	const [changedSince, setChangedSince] = useState<number>()

	const submit = useMutation({
		mutationFn: (content: Content) => {
			const { version } = base.current
			return withProof(() => sendAct(act, matter.id, content, { version, key: key.of([act, content, version]) }))
		},
		onSuccess: async (receipt) => {
			done(receipt)
			await recorded()
		},
		onError: async (error) => {
			if (!(error instanceof Problem && error.code === 'stale')) return
			await client.refetchQueries({ queryKey: ['matter', matter.id] })
			setChangedSince(base.current.event)
			const fresh = client.getQueriesData<Matter>({ queryKey: ['matter', matter.id] }).map(([, data]) => data)
			const newest = fresh.reduce<Matter>((best, each) => (each && each.version > best.version ? each : best), matter)
			base.current = { version: newest.version, event: newest.event }
		},
	})
	return { submit, changedSince }
}
