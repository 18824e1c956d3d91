// One's own account: posts and delegations of today, password, second factor, where it is signed in.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Card, Modal, Space, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'wouter'
import { get, remove, type Schema } from '../api/client'
import { useLanguage } from '../i18n'
import { EnrolTotp } from '../parts/EnrolTotp'
import { showDay, showInstant } from '../parts/format'
import { useFunctions } from '../parts/known'
import { Loaded, Refusal } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { PasswordForm } from '../parts/PasswordForm'
import type { Me } from '../session'
import { Telling } from './account/Telling'
import { Tokens } from './account/Tokens'
import { Establish } from './institution/Establish'

function Posts({ me }: { me: Me }) {
	const { t, language } = useLanguage()
	const functions = useFunctions(me.person !== undefined).data?.functions
	const [isDelegating, setDelegating] = useState(false)
	const delegate = me.person && (
		<Button size="small" className="no-print" onClick={() => setDelegating(true)}>
			{t('establish.delegation')}
		</Button>
	)
	return (
		<Card title={t('me.posts')} extra={delegate}>
			{isDelegating && <Establish deed="delegation" begin={{}} close={() => setDelegating(false)} />}
			{!me.posts?.length && <span className="muted">{t('me.posts.none')}</span>}
			<ul className="rows">
				{me.posts?.map((post) => (
					<li key={post.code}>
						{post.name} {post.acting && <Tag>{t('me.acting')}</Tag>}
						<div className="muted">{post.unit_name}</div>
					</li>
				))}
			</ul>
			{!!me.functions?.length && (
				<>
					<h3>{t('me.functions')}</h3>
					<ul className="rows tight">
						{me.functions.map((name) => (
							<li key={name}>{functions?.find((each) => each.name === name)?.label ?? name}</li>
						))}
					</ul>
				</>
			)}
			{!!me.delegations?.length && (
				<>
					<h3>{t('me.delegations')}</h3>
					<ul className="rows">
						{me.delegations.map((each) => (
							<li key={`${each.from} ${each.to}`}>{t('me.delegation', { from: each.from_name, to: each.to_name, until: showDay(each.until, language) })}</li>
						))}
					</ul>
				</>
			)}
		</Card>
	)
}

function Security({ me }: { me: Me }) {
	const { t } = useLanguage()
	const [open, setOpen] = useState<'password' | 'totp'>()
	const close = () => setOpen(undefined)
	return (
		<Card title={t('me.security')}>
			<p style={{ marginTop: 0 }}>{me.totp ? t('me.totp.on', { n: me.recovery_left }) : t('me.totp.off')}</p>
			<Space wrap>
				<Button onClick={() => setOpen('password')}>{t('password.submit')}</Button>
				{!me.totp && <Button onClick={() => setOpen('totp')}>{t('totp.title')}</Button>}
			</Space>
			<Modal open={open === 'password'} title={t('password.title')} footer={null} onCancel={close} destroyOnHidden>
				<PasswordForm account={me.account} done={close} />
			</Modal>
			<Modal open={open === 'totp'} title={t('totp.title')} footer={null} onCancel={close} destroyOnHidden>
				<EnrolTotp me={me} done={close} />
			</Modal>
		</Card>
	)
}

/** "Chrome · Windows" out of what a browser says of itself. */
export function agentName(agent: string): string {
	const browser = [/Edg\//, /Firefox\//, /Chrome\//, /Safari\//].find((each) => each.test(agent))
	const system = /Windows|Android|iPhone|iPad|Mac OS X|Linux|HarmonyOS/.exec(agent)?.[0]
	const names: Record<string, string> = { 'Edg\\/': 'Edge', 'Firefox\\/': 'Firefox', 'Chrome\\/': 'Chrome', 'Safari\\/': 'Safari' }
	return [browser && names[browser.source], system].filter(Boolean).join(' · ')
}

function Session({ session }: { session: Schema['me_session'] }) {
	const { t, language } = useLanguage()
	const { message } = App.useApp()
	const client = useQueryClient()
	const end = useMutation({
		mutationFn: () => remove('/api/v1/me/sessions/{handle}', { path: { handle: session.handle } }),
		onSuccess: () => {
			void message.success(t('me.session.ended'))
			return client.invalidateQueries({ queryKey: ['sessions'] })
		},
	})
	return (
		<li>
			<Refusal error={end.error} />
			<Space style={{ float: 'inline-end' }}>
				{session.present ? (
					<Tag color="blue">{t('me.session.present')}</Tag>
				) : (
					<Button size="small" loading={end.isPending} onClick={() => end.mutate()}>
						{t('me.session.end')}
					</Button>
				)}
			</Space>
			{agentName(session.agent) || t('me.session.unknown')}
			<div className="muted">{t('me.session.seen', { made: showInstant(session.made, language), seen: showInstant(session.seen, language), address: session.address })}</div>
		</li>
	)
}

function Sessions() {
	const { t } = useLanguage()
	const query = useQuery({ queryKey: ['sessions'], queryFn: ({ signal }) => get('/api/v1/me/sessions', { signal }) })
	return (
		<Card title={t('me.sessions')}>
			<Loaded query={query}>
				{({ sessions }) => (
					<ul className="rows">
						{sessions.map((session) => (
							<Session key={session.handle} session={session} />
						))}
					</ul>
				)}
			</Loaded>
		</Card>
	)
}

export default function Account({ me }: { me: Me }) {
	const { t } = useLanguage()
	return (
		<>
			<PageHead title={me.person?.name ?? (me.admin ? t(`admin.${me.admin}`) : me.account)}>
				<span className="muted grow">{me.account}</span>
				{me.person && <Link href={`/people/${encodeURIComponent(me.person.code)}`}>{t('person.mine')}</Link>}
			</PageHead>
			<div className="pair">
				<Space orientation="vertical" size={16} style={{ width: '100%' }}>
					{me.person && <Posts me={me} />}
					<Sessions />
					{me.person && <Telling />}
					{me.person && <Tokens />}
				</Space>
				<Security me={me} />
			</div>
		</>
	)
}
