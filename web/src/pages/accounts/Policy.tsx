// Which rules passwords follow.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Card, Radio } from 'antd'
import { put } from '../../api/client'
import { useWords } from '../../i18n'
import { Refusal } from '../../parts/Loaded'
import { useProof } from '../../parts/Proof'
import type { Me } from '../../session'

type Profile = Me['profile']

export function Policy({ me }: { me: Me }) {
	const t = useWords()
	const { message } = App.useApp()
	const client = useQueryClient()
	const proof = useProof()
	const set = useMutation({
		mutationFn: (profile: Profile) => proof(() => put('/api/v1/policy/password', { body: { profile } })),
		onSuccess: () => {
			void message.success(t('accounts.done'))
			return Promise.all([client.invalidateQueries({ queryKey: ['me'] }), client.invalidateQueries({ queryKey: ['options'] })])
		},
	})
	return (
		<Card title={t('policy.title')}>
			<Refusal error={set.error} />
			<Radio.Group aria-label={t('policy.title')} value={me.profile} disabled={set.isPending} onChange={(event) => set.mutate(event.target.value as Profile)} options={(['asvs', 'djbh3'] as const).map((each) => ({ value: each, label: t(`policy.${each}`) }))} />
		</Card>
	)
}
