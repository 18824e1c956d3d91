// How many notices were not seen yet, and a quiet word when one comes. They are seen on the workbench.
import { BellOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { App, Badge, Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { get } from '../api/client'
import { useLanguage } from '../i18n'
import { countUnseen, newestOf } from '../lib/live'

const SHOWN = 50
const READ_MS = 2_500

/** The index of the newest event that this account has seen on this device. */
function useSeen(account: string): [number, (event: number) => void] {
	const name = `bihuan.seen.${account}`
	const [seen, setSeen] = useState(() => Number(localStorage.getItem(name) ?? -1))
	return [
		seen,
		(event) => {
			localStorage.setItem(name, String(event))
			setSeen(event)
		},
	]
}

export function Bell({ account }: { account: string }) {
	const { t, language } = useLanguage()
	const { notification } = App.useApp()
	const [location, go] = useLocation()
	const [seen, setSeen] = useSeen(account)
	const notices = useQuery({ queryKey: ['inbox', 'newest', language], queryFn: ({ signal }) => get('/api/v1/inbox', { query: { limit: SHOWN }, signal }) }).data?.notices
	const newest = newestOf(notices ?? [])
	const unseen = countUnseen(notices ?? [], seen)
	const told = useRef<number>(undefined)

	useEffect(() => {
		if (!notices) return
		const isNew = told.current !== undefined && newest > told.current
		told.current = Math.max(newest, told.current ?? -1)
		const notice = notices.find(({ event }) => event === newest)
		if (!isNew || !notice) return
		notification.info({
			key: 'notice',
			role: 'status',
			placement: 'bottomRight',
			duration: 6,
			title: notice.kind_label,
			description: `${notice.number} ${notice.title}`,
			onClick: () => go(`/matters/${notice.matter}`),
		})
	}, [notices, newest, notification, go])

	const isThere = location === '/'
	useEffect(() => {
		if (!isThere || newest <= seen) return
		const timer = setTimeout(() => setSeen(newest), READ_MS)
		return () => clearTimeout(timer)
	})
	const label = unseen > 0 ? t('bell.unseen', { n: unseen }) : t('bell.none')
	return (
		<Badge count={unseen} size="small" overflowCount={SHOWN - 1} offset={[-6, 8]} title="">
			<Button type="text" aria-label={label} title={label} icon={<BellOutlined aria-hidden />} onClick={() => go('/')} />
		</Badge>
	)
}
