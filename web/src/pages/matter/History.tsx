// What happened, the oldest or the newest first, each event with what it opened and closed and the means to verify it.
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Card, Segmented, Space, Tag, Timeline } from 'antd'
import { useState } from 'react'
import { Link } from 'wouter'
import { get, type Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { showDay, showInstant } from '../../parts/format'
import { Loaded } from '../../parts/Loaded'
import { Verify } from '../../parts/Verify'
import { Shown } from './About'

type Event = Schema['event']

function Consequences({ event }: { event: Event }) {
	const { t, language } = useLanguage()
	return (
		<>
			{event.breach?.in_post && <div>{t('matter.event.inPost', { who: event.breach.in_post })}</div>}
			{!!event.breach?.told.length && <div>{t('matter.event.told', { who: event.breach.told.map(({ bearer }) => bearer).join(language === 'zh' ? '、' : ', ') })}</div>}
			{event.breach?.not_opened && <div>{event.breach.not_opened}</div>}
			{event.closed?.map((duty) => (
				<div key={duty.duty} className="muted">
					{t('matter.event.closed', { name: duty.name })}
				</div>
			))}
			{event.opened?.map((duty) => (
				<div key={duty.duty} className="muted">
					{t('matter.event.opened', { name: duty.name, bearer: duty.bearer })} {duty.due_day && t('duty.due', { day: showDay(duty.due_day, language) })}
				</div>
			))}
		</>
	)
}

/** Who did it; a way to their record for whom it is open to. */
function Actor({ event }: { event: Event }) {
	const { t } = useLanguage()
	if (event.by_clock) return t('matter.event.clock')
	return event.person ? <Link href={`/people/${encodeURIComponent(event.person)}`}>{event.actor}</Link> : event.actor
}

function EventItem({ event }: { event: Event }) {
	const { t, language } = useLanguage()
	return (
		<div className="event">
			<div className="duty-head">
				<strong>{event.headline}</strong>
				{event.to_label && <Tag>→ {event.to_label}</Tag>}
			</div>
			<div className="muted">
				{showInstant(event.time, language)} · <Actor event={event} />
				{event.came && ` · ${t('matter.event.came', { day: showDay(event.came, language) })}`}
			</div>
			{event.text && <p className="prose">{event.text}</p>}
			{event.shown.length > 0 && <Shown fields={event.shown} />}
			{event.cause && (
				<div className="in-words">
					<Link href={`/matters/${event.cause.id}`}>{event.cause.number}</Link> {event.cause.name}
				</div>
			)}
			{!!event.evidence?.length && (
				<Space wrap size={4}>
					{event.evidence.map((file) => (
						<Tag key={file.hash}>{file.name}</Tag>
					))}
				</Space>
			)}
			<Consequences event={event} />
			<div className="event-proof no-print">
				<span className="muted">{t('matter.event.number', { n: event.event })}</span> <Verify index={event.event} />
			</div>
		</div>
	)
}

export function History({ id, version }: { id: number; version: number }) {
	const { t, language } = useLanguage()
	const [sort, setSort] = useState<'event' | '-event'>('event')
	const query = useInfiniteQuery({
		queryKey: ['history', id, version, sort, language],
		queryFn: ({ pageParam, signal }) => get('/api/v1/matters/{matter}/history', { path: { matter: id }, query: { sort, limit: 50, cursor: pageParam }, signal }),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (page) => page.cursor,
		select: ({ pages }) => pages.flatMap((page) => page.events),
		placeholderData: (before) => before,
	})
	return (
		<Card
			title={t('matter.history')}
			extra={
				<Segmented
					size="small"
					className="no-print"
					aria-label={t('matter.history.order')}
					value={sort}
					onChange={setSort}
					options={[
						{ value: 'event', label: t('matter.history.oldest') },
						{ value: '-event', label: t('matter.history.newest') },
					]}
				/>
			}
		>
			<Loaded query={query} rows={6}>
				{(events) => (
					<>
						<Timeline items={events.map((event) => ({ key: event.event, color: event.breach ? 'red' : event.by_clock ? 'gray' : 'blue', content: <EventItem event={event} /> }))} />
						{query.hasNextPage && (
							<Button block loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
								{t('matter.history.more')}
							</Button>
						)}
					</>
				)}
			</Loaded>
		</Card>
	)
}
