// The first page: what I owe, the most pressing first, and what I was told.
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Card, Space, Tag } from 'antd'
import { Link, useLocation } from 'wouter'
import { get, type Schema } from '../api/client'
import { useLanguage } from '../i18n'
import { LampMark, type LampColour } from '../parts/Lamp'
import { showDay, showInstant } from '../parts/format'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'

type Duty = Schema['duty_line']
export type Pressure = 'overdue' | 'soon' | 'later'
const SOON_DAYS = 3

/** How pressing a duty is. The server counts the working days; here they are only put into three heaps. */
export function pressureOf(duty: Pick<Duty, 'overdue' | 'days_left'>): Pressure {
	if (duty.overdue) return 'overdue'
	return duty.days_left !== undefined && duty.days_left <= SOON_DAYS ? 'soon' : 'later'
}

const COLOURS: Record<Pressure, LampColour> = { overdue: 'red', soon: 'yellow', later: 'green' }

function DutyRow({ duty }: { duty: Duty }) {
	const { t, language } = useLanguage()
	const [, go] = useLocation()
	const pressure = pressureOf(duty)
	const left = duty.overdue ? t('duty.late') : duty.days_left === 0 ? t('duty.today') : duty.days_left === undefined ? '' : t('duty.left', { n: duty.days_left })
	return (
		<li className="duty">
			<div className="duty-lamp">
				<LampMark colour={COLOURS[pressure]} />
			</div>
			<div className="duty-text">
				<div>
					<strong>{duty.name}</strong> {duty.kind !== 'rule' && <Tag>{t(`duty.kind.${duty.kind}`)}</Tag>}
				</div>
				<Link href={`/matters/${duty.matter}`}>{duty.title}</Link>
				<div className="muted">
					{duty.number} · {duty.procedure_title}
					{duty.bearer && ` · ${duty.bearer}`}
				</div>
			</div>
			<div className="duty-due">
				<span className={`lamp-word lamp-${COLOURS[pressure]}`}>{left}</span>
				<div className="muted nowrap">{t('duty.due', { day: showDay(duty.due_day, language) })}</div>
			</div>
			<Button className="duty-act" onClick={() => go(`/matters/${duty.matter}`)}>
				{t('workbench.open')}
			</Button>
		</li>
	)
}

function Duties() {
	const { t, language } = useLanguage()
	const query = useInfiniteQuery({
		queryKey: ['duties', 'mine', language],
		queryFn: ({ pageParam, signal }) => get('/api/v1/duties', { query: { mine: true, open: true, limit: 100, cursor: pageParam }, signal }),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (page) => page.cursor,
		select: ({ pages }) => pages.flatMap((page) => page.duties),
	})
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
											<DutyRow key={`${duty.matter}.${duty.id}`} duty={duty} />
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

function Inbox() {
	const { t, language } = useLanguage()
	const query = useInfiniteQuery({
		queryKey: ['inbox', language],
		queryFn: ({ pageParam, signal }) => get('/api/v1/inbox', { query: { limit: 20, cursor: pageParam }, signal }),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (page) => page.cursor,
		select: ({ pages }) => pages.flatMap((page) => page.notices),
	})
	return (
		<Card title={t('workbench.inbox')}>
			<Loaded query={query} isEmpty={(notices) => notices.length === 0} empty={t('workbench.inbox.none')}>
				{(notices) => (
					<>
						<ul className="rows">
							{notices.map((notice) => (
								<li key={`${notice.event}.${notice.kind}.${notice.duty ?? ''}.${notice.post}`}>
									<Space size={6} wrap>
										<Tag color={notice.kind === 'breached' ? 'red' : notice.kind === 'instructed' || notice.kind === 'urged' ? 'orange' : 'default'}>{notice.kind_label}</Tag>
										<Link href={`/matters/${notice.matter}`}>{notice.title}</Link>
									</Space>
									<div className="muted">
										{showInstant(notice.time, language)} · {notice.post_name}
									</div>
								</li>
							))}
						</ul>
						{query.hasNextPage && (
							<Button block type="link" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
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
	return (
		<>
			<PageHead title={t('workbench.title')} />
			<div className="pair">
				<Duties />
				<Inbox />
			</div>
		</>
	)
}
