// What the posts I hold were told and what happened in matters I follow, the newest first; what waits for an answer can be answered from here.
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Card, Tag } from 'antd'
import { Link } from 'wouter'
import { get, type Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { showInstant } from '../../parts/format'
import { Loaded } from '../../parts/Loaded'

export type Notice = Schema['notice']

export function useInbox() {
	const { language } = useLanguage()
	return useInfiniteQuery({
		queryKey: ['inbox', language],
		queryFn: ({ pageParam, signal }) => get('/api/v1/inbox', { query: { limit: 15, cursor: pageParam }, signal }),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (page) => page.cursor,
		select: ({ pages }) => pages.flatMap((page) => page.notices),
	})
}

const COLOURS: Record<string, string> = { breached: 'red', urged: 'orange', instructed: 'orange', requested: 'orange' }

interface Props {
	query: ReturnType<typeof useInbox>
	/** Does the sender still owe something in this matter? */
	owes: (matter: number, duty?: number) => boolean
	act: (matter: number, duty?: number) => void
}

export function Inbox({ query, owes, act }: Props) {
	const { t, language } = useLanguage()
	return (
		<Card title={t('workbench.inbox')}>
			<Loaded query={query} isEmpty={(notices) => notices.length === 0} empty={t('workbench.inbox.none')}>
				{(notices) => (
					<>
						<ul className="rows">
							{notices.map((notice) => (
								<li key={`${notice.event}.${notice.kind}.${notice.duty ?? ''}.${notice.post ?? ''}.${notice.matter}`}>
									<div className="duty-head">
										<Tag color={COLOURS[notice.kind]}>{notice.kind_label}</Tag>
										<Link className="grow" href={`/matters/${notice.matter}`}>
											{notice.title}
										</Link>
										{owes(notice.matter, notice.duty) && (
											<Button size="small" onClick={() => act(notice.matter, notice.duty)}>
												{t('workbench.act')}
											</Button>
										)}
									</div>
									<div className="muted">
										{[showInstant(notice.time, language), notice.post_name].filter(Boolean).join(' · ')}
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

