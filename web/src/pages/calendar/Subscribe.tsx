// One's duties in one's own calendar program: an address with a token that opens nothing else, shown once, ended among the tokens.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Card, Checkbox } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { Link } from 'wouter'
import { address, post } from '../../api/client'
import { useWords } from '../../i18n'
import { Refusal } from '../../parts/Loaded'
import { Once } from '../../parts/Once'
import { useProof } from '../../parts/Proof'

const DAYS = 365
const FEED = '/api/v1/calendar.ics'

export function Subscribe() {
	const t = useWords()
	const client = useQueryClient()
	const proof = useProof()
	const [alarm, setAlarm] = useState(true)
	const make = useMutation({
		mutationFn: () => proof(() => post('/api/v1/me/tokens', { body: { name: t('calendar.feed.name'), scope: 'feed', ends: dayjs().add(DAYS, 'day').format('YYYY-MM-DDTHH:mm:ssZ') } })),
		onSuccess: () => client.invalidateQueries({ queryKey: ['tokens'] }),
	})
	return (
		<Card title={<h2 className="card-title">{t('calendar.feed')}</h2>} className="no-print">
			<Refusal error={make.error} />
			<p>{t('calendar.feed.why')}</p>
			<p>
				<Checkbox checked={alarm} onChange={(event) => setAlarm(event.target.checked)}>
					{t('calendar.feed.alarm')}
				</Checkbox>
			</p>
			<Button type="primary" loading={make.isPending} onClick={() => make.mutate()}>
				{t('calendar.feed.make')}
			</Button>
			<p className="muted">
				{t('calendar.feed.end')} <Link href="/account">{t('nav.account')}</Link>
			</p>
			{make.data && <Once title={t('calendar.feed.made')} text={location.origin + address(FEED, {}, { token: make.data.token, alarm: alarm || undefined })} why={t('calendar.feed.made.why')} close={make.reset} />}
		</Card>
	)
}
