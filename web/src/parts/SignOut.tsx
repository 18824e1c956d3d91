import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { remove } from '../api/client'
import { useWords } from '../i18n'
import { dropAllDrafts } from '../lib/draft'
import { useSessionChanged } from '../session'

export function useSignOut() {
	const changed = useSessionChanged()
	return useMutation({
		mutationFn: () => remove('/api/v1/session'),
		onSettled: () => {
			dropAllDrafts()
			return changed(true)
		},
	})
}

export function SignOut() {
	const t = useWords()
	const signOut = useSignOut()
	return (
		<Button type="link" loading={signOut.isPending} onClick={() => signOut.mutate()}>
			{t('app.signOut')}
		</Button>
	)
}
