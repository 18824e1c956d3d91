// The first page: what I owe, the most pressing first, done without leaving it; and what I was told.
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Card, Space } from 'antd'
import { get } from '../api/client'
import { useLanguage } from '../i18n'
import { LampMark } from '../parts/Lamp'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { ActDrawer } from './matter/act/ActDrawer'
import { useActingElsewhere } from './matter/act/useActing'
import { COLOURS, DutyRow, pressureOf } from './workbench/DutyRow'
import { Followed } from './workbench/Followed'
import { Inbox, useInbox } from './workbench/Inbox'
import { Waiting } from './workbench/Waiting'

function useDuties() {
	const { language } = useLanguage()
	return useInfiniteQuery({
		queryKey: ['duties', 'mine', language],
		queryFn: ({ pageParam, signal }) => get('/api/v1/duties', { query: { mine: true, open: true, limit: 100, cursor: pageParam }, signal }),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (page) => page.cursor,
		select: ({ pages }) => pages.flatMap((page) => page.duties),
	})
}

interface DutiesProps {
	query: ReturnType<typeof useDuties>
	isUrged: (matter: number) => boolean
	act: (matter: number, duty: number) => void
}

function Duties({ query, isUrged, act }: DutiesProps) {
	const { t } = useLanguage()
	const none = (
		<div style={{ textAlign: 'center', padding: 32 }}>
			<p style={{ fontSize: 16 }}>{t('workbench.duties.none')}</p>
			<p className="muted">{t('workbench.duties.none.why')}</p>
		</div>
	)
	const count = query.data && t(query.hasNextPage ? 'workbench.atLeast' : 'workbench.count', { n: query.data.length })
	return (
		<Card title={t('workbench.duties')} extra={<span className="muted">{count}</span>}>
			<Loaded query={query} rows={8} isEmpty={(duties) => duties.length === 0} empty={none}>
				{(duties) => (
					<>
						{(['overdue', 'soon', 'later'] as const).map((pressure) => {
							const heap = duties.filter((duty) => pressureOf(duty) === pressure)
							if (heap.length === 0) return null
							return (
								<section key={pressure}>
									<h2 className="heap">
										<LampMark colour={COLOURS[pressure]} /> {t(`workbench.${pressure}`)} <span className="muted">{heap.length}</span>
									</h2>
									<ul className="rows">
										{heap.map((duty) => (
											<DutyRow key={`${duty.matter}.${duty.id}`} duty={duty} isUrged={isUrged(duty.matter)} act={() => act(duty.matter, duty.id)} />
										))}
									</ul>
								</section>
							)
						})}
						{query.hasNextPage && (
							<Button block loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
								{t('workbench.more')}
							</Button>
						)}
					</>
				)}
			</Loaded>
		</Card>
	)
}

export default function Workbench() {
	const { t } = useLanguage()
	const duties = useDuties()
	const inbox = useInbox()
	const { acting, open, choose, close } = useActingElsewhere()
	const owes = (matter: number, duty?: number) => !!duties.data?.some((each) => each.matter === matter && (duty === undefined || each.id === duty))
	const urged = new Set(inbox.data?.filter(({ kind }) => kind === 'urged').map(({ matter }) => matter))
	return (
		<>
			<PageHead title={t('workbench.title')} />
			<div className="pair">
				<Duties query={duties} isUrged={(matter) => urged.has(matter)} act={open} />
				<Space orientation="vertical" size={16} style={{ width: '100%' }}>
					<Waiting urge={(matter) => open(matter, undefined, { kind: 'urge' })} />
					<Inbox query={inbox} owes={owes} act={open} />
					<Followed />
				</Space>
			</div>
			{acting && <ActDrawer key={acting.matter} {...acting} choose={choose} close={close} />}
		</>
	)
}
