// Back from the institution's own sign-in: what the browser brings is handed over once, and taken out of the address.
import { useMutation } from '@tanstack/react-query'
import { Button, Result, Spin } from 'antd'
import { useEffect, useState } from 'react'
import { post } from '../api/client'
import { Problem } from '../api/problem'
import { useLanguage } from '../i18n'
import { RETURN, returned, takePlace } from '../lib/elsewhere'

export function Return() {
	const { t, language } = useLanguage()
	const [brought] = useState(() => returned(location.search))
	const [place] = useState(takePlace)
	const hand = useMutation({
		mutationFn: (body: { state: string; code: string; iss?: string }) => post('/api/v1/session/oidc/return', { body }),
		onSuccess: () => location.replace(place),
	})
	const { mutate } = hand
	useEffect(() => {
		history.replaceState(null, '', RETURN)
		if ('code' in brought) mutate(brought)
	}, [brought, mutate])
	if ('code' in brought && !hand.error) return <Spin style={{ display: 'block', margin: '30vh auto' }} size="large" aria-label={t('elsewhere.waits')} />
	const why = 'error' in brought ? brought.error && t('elsewhere.said', { why: brought.error }) : hand.error instanceof Problem ? hand.error.say(language) : ''
	return (
		<main className="sign-in">
			<Result status="warning" title={<h1 style={{ margin: 0, font: 'inherit' }}>{t('elsewhere.failed')}</h1>} subTitle={why || t('state.failed.why')} extra={<Button type="primary" href={place}>{t('elsewhere.again')}</Button>} />
		</main>
	)
}
