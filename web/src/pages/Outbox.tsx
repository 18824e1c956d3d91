// What is sent outside the house: how it is set up, and what didn't arrive. For the system administrator; no content, no secret.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Card, Descriptions } from 'antd'
import { get, post, type Schema } from '../api/client'
import { useLanguage } from '../i18n'
import { showInstant } from '../parts/format'
import { Loaded, Refusal } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { useProof } from '../parts/Proof'
import { Rows, type Column } from '../parts/Rows'

type Message = Schema['outbox_message']

function SetUp({ outbox }: { outbox: Schema['outbox'] }) {
	const { t } = useLanguage()
	if (!outbox.set_up) return <Alert type="info" showIcon title={t('outbox.none')} />
	return (
		<>
			{outbox.fault && <Alert type="error" showIcon title={t('outbox.fault')} description={outbox.fault} />}
			<Descriptions
				column={{ xs: 1, md: 2 }}
				items={[
					{ key: 'mail', label: t('telling.mail'), children: outbox.mail ?? t('outbox.without') },
					{ key: 'from', label: t('outbox.from'), children: outbox.from ?? '' },
					{ key: 'hooks', label: t('outbox.hooks'), children: outbox.hooks.map(({ name, kind, host }) => `${name} (${t(`outbox.hook.${kind}`)}, ${host})`).join(' · ') || t('outbox.without') },
					{ key: 'counts', label: t('outbox.counts'), children: t('outbox.counts.of', { sent: outbox.sent, waiting: outbox.waiting, failed: outbox.failed, unclear: outbox.unclear }) },
				]}
			/>
		</>
	)
}

export default function Outbox() {
	const { t, language } = useLanguage()
	const { message: toast } = App.useApp()
	const client = useQueryClient()
	const proof = useProof()
	const query = useQuery({ queryKey: ['outbox', language], queryFn: ({ signal }) => get('/api/v1/outbox', { signal }) })
	const again = useMutation({
		mutationFn: (message: number) => proof(() => post('/api/v1/outbox/{message}/again', { path: { message } })),
		onSuccess: () => {
			void toast.success(t('outbox.again.done'))
			return client.invalidateQueries({ queryKey: ['outbox'] })
		},
	})
	const columns: Column<Message>[] = [
		{ key: 'account', title: t('signIn.account'), isShort: true, render: ({ account }) => account },
		{ key: 'what', title: t('outbox.what'), isShort: true, render: ({ what }) => t(`outbox.what.${what}`) },
		{ key: 'way', title: t('telling.way'), isShort: true, render: ({ way }) => (way === 'mail' ? t('telling.mail') : way) },
		{ key: 'state', title: t('outbox.state'), isShort: true, render: ({ state, tries }) => t('outbox.state.tries', { state: t(`outbox.state.${state}`), n: tries }) },
		{ key: 'why', title: t('outbox.why'), render: ({ why, made, next }) => [why, t('outbox.made', { time: showInstant(made, language) }), next && t('outbox.next', { time: showInstant(next, language) })].filter(Boolean).join(' · ') },
		{
			key: 'again',
			title: '',
			isShort: true,
			render: ({ message, state }) =>
				(state === 'failed' || state === 'unclear') && (
					<Button size="small" loading={again.isPending && again.variables === message} onClick={() => again.mutate(message)}>
						{t('outbox.again')}
					</Button>
				),
		},
	]
	return (
		<>
			<PageHead title={t('nav.outbox')}>
				<span className="muted">{t('outbox.help')}</span>
			</PageHead>
			<Card>
				<Refusal error={again.error} />
				<Loaded query={query} rows={6}>
					{(outbox) => (
						<>
							<SetUp outbox={outbox} />
							<Rows label={t('nav.outbox')} rows={outbox.messages} columns={columns} keyOf={({ message }) => message} empty={t('outbox.empty')} />
						</>
					)}
				</Loaded>
			</Card>
		</>
	)
}
