// Proving again who sits here, in place: what was to be done goes on behind it and nothing that was typed is lost.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Divider, Form, Input, Modal, Radio } from 'antd'
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react'
import { post } from '../api/client'
import { Problem } from '../api/problem'
import { useLanguage, useWords } from '../i18n'
import { nameOf } from '../lib/elsewhere'
import { useMe, useOptions } from '../session'
import { Elsewhere } from './Elsewhere'
import { Refusal } from './Loaded'

interface Fields {
	password: string
	totp?: string
	way?: 'local' | 'ldap'
	/** The name one has in the directory. */
	name?: string
}

export function ProofForm({ done }: { done: () => void }) {
	const { t, language } = useLanguage()
	const me = useMe()
	const ways = useOptions().data?.ways ?? []
	const oidc = ways.find(({ way }) => way === 'oidc')
	const ldap = me.data?.person ? ways.find(({ way }) => way === 'ldap') : undefined
	const [form] = Form.useForm<Fields>()
	const way = Form.useWatch('way', form) ?? (ldap ? 'ldap' : 'local')
	const client = useQueryClient()
	const prove = useMutation({
		mutationFn: ({ password, totp, name }: Fields) => post('/api/v1/session/proof', { body: { password, totp: totp?.trim() || undefined, way, ...(way === 'ldap' ? { account: name?.trim() } : {}) } }),
		onSuccess: async () => {
			await client.invalidateQueries({ queryKey: ['me'] })
			done()
		},
	})
	return (
		<Form form={form} layout="vertical" requiredMark={false} onFinish={(fields: Fields) => prove.mutate(fields)}>
			<Refusal error={prove.error} />
			<p>{t('proof.why')}</p>
			{oidc && me.data?.person && (
				<>
					<Elsewhere way={oidc} prove />
					<Divider plain>{t('elsewhere.or')}</Divider>
				</>
			)}
			{ldap && (
				<Form.Item name="way" label={t('elsewhere.whose')} initialValue="ldap">
					<Radio.Group options={[{ value: 'ldap', label: nameOf(ldap, language, t('elsewhere.ldap')) }, { value: 'local', label: t('elsewhere.local') }]} />
				</Form.Item>
			)}
			{ldap && way === 'ldap' && (
				<Form.Item name="name" label={t('elsewhere.name')} initialValue={me.data?.account} rules={[{ required: true, whitespace: true, message: t('signIn.needAccount') }]}>
					<Input autoComplete="off" spellCheck={false} maxLength={100} />
				</Form.Item>
			)}
			<input type="text" name="username" autoComplete="username" value={me.data?.account ?? ''} readOnly hidden />
			<Form.Item name="password" label={t('signIn.password')} rules={[{ required: true, message: t('signIn.needPassword') }]}>
				<Input.Password autoComplete="current-password" maxLength={128} autoFocus />
			</Form.Item>
			{me.data?.totp && (
				<Form.Item name="totp" label={t('signIn.totp')} rules={[{ required: true, message: t('totp.code') }]}>
					<Input autoComplete="one-time-code" maxLength={40} />
				</Form.Item>
			)}
			<Button type="primary" htmlType="submit" block loading={prove.isPending}>
				{t('proof.submit')}
			</Button>
		</Form>
	)
}

type WithProof = <T>(act: () => Promise<T>) => Promise<T>
const ProofContext = createContext<WithProof | null>(null)

export function ProofProvider({ children }: { children: ReactNode }) {
	const t = useWords()
	const [open, setOpen] = useState(false)
	// A drawer below it takes the keyboard from what only asks for it at first.
	const box = useRef<HTMLDivElement>(null)
	const answer = useRef<(proved: boolean) => void>(undefined)
	const ask = useCallback(
		() =>
			new Promise<boolean>((resolve) => {
				answer.current = resolve
				setOpen(true)
			}),
		[],
	)
	const end = useCallback((proved: boolean) => {
		setOpen(false)
		answer.current?.(proved)
	}, [])
	const withProof = useMemo<WithProof>(
		() => async (act) => {
			try {
				return await act()
			} catch (error) {
				if (!(error instanceof Problem && error.code === 'step_up') || !(await ask())) throw error
				return act()
			}
		},
		[ask],
	)
	return (
		<ProofContext.Provider value={withProof}>
			{children}
			<Modal open={open} title={t('proof.title')} footer={null} onCancel={() => end(false)} destroyOnHidden width={420} zIndex={1200} afterOpenChange={(isOpen) => isOpen && box.current?.querySelector<HTMLElement>('input[type=password]')?.focus()}>
				<div ref={box}>
					<ProofForm done={() => end(true)} />
				</div>
			</Modal>
		</ProofContext.Provider>
	)
}

/** Does something; asks for a proof when the server wants one, and then does it again. */
export function useProof(): WithProof {
	const withProof = useContext(ProofContext)
	if (!withProof) throw new Error('useProof outside of ProofProvider')
	return withProof
}
