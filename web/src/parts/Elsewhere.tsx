// The button that leads to the institution's own sign-in; and, with `prove`, there to show again who sits here.
import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { post } from '../api/client'
import { useLanguage } from '../i18n'
import { keepPlace, nameOf, type Way } from '../lib/elsewhere'
import { Refusal } from './Loaded'

export function Elsewhere({ way, prove = false, primary = false }: { way: Way; prove?: boolean; primary?: boolean }) {
	const { t, language } = useLanguage()
	const go = useMutation({
		mutationFn: () => post('/api/v1/session/oidc', { body: { prove } }),
		onSuccess: ({ location: there }) => {
			keepPlace()
			location.assign(there)
		},
	})
	const name = nameOf(way, language, t('elsewhere.oidc'))
	return (
		<>
			<Refusal error={go.error} />
			<Button block size="large" type={primary ? 'primary' : 'default'} loading={go.isPending || go.isSuccess} onClick={() => go.mutate()}>
				{t(prove ? 'elsewhere.prove' : 'elsewhere.signIn', { name })}
			</Button>
			{prove && <p className="muted">{t('elsewhere.prove.why')}</p>}
		</>
	)
}
