// Units, posts, people and tenures as they were on any day: whoever held the post then answers for what was done then.
import { Button, Card, Checkbox, DatePicker, Grid, Input, Select, Space, Tabs, Tag } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useWords } from '../i18n'
import { mayEstablish, type Deed } from '../lib/establish'
import { ImportLink } from '../parts/ImportLink'
import { OrgSelect } from '../parts/OrgSelect'
import { PageHead } from '../parts/page'
import { useAddress } from '../parts/useAddress'
import type { Me } from '../session'
import { Establish, type Establishing } from './institution/Establish'
import { Functions, People, Posts, Tenures, Units, type Asked } from './institution/Lists'
import { Roster } from './institution/Roster'

const NAMES = ['tab', 'as_of', 'unit', 'post', 'person', 'q', 'held', 'ended', 'began_from', 'began_until', 'move'] as const
const TABS = ['units', 'posts', 'people', 'tenures', 'functions', 'figures'] as const
/** What can be made anew beside each list. */
const MADE: Record<(typeof TABS)[number], readonly Deed[]> = { units: ['unit'], posts: ['post'], people: ['person'], tenures: ['move', 'delegation'], functions: ['function'], figures: [] }
const LISTS = { units: Units, posts: Posts, people: People, tenures: Tenures, functions: Functions, figures: Roster }

export default function Institution({ me }: { me: Me }) {
	const t = useWords()
	const [asked, change] = useAddress(NAMES)
	const tab = TABS.find((each) => each === asked.tab) ?? 'units'
	const List = LISTS[tab]
	const wide = Grid.useBreakpoint().md ?? true
	const [doing, establish] = useState<Establishing>()
	const open = (wanted: Asked) => change({ unit: undefined, post: undefined, person: undefined, q: undefined, held: undefined, began_from: undefined, began_until: undefined, move: undefined, ...wanted })
	return (
		<>
			<PageHead title={t('nav.institution')}>
				<span className="muted grow">{t('institution.why')}</span>
				{MADE[tab]
					.filter((deed) => mayEstablish(deed, me.functions))
					.map((deed) => (
						<Button key={deed} type="primary" className="no-print" onClick={() => establish({ deed, begin: {} })}>
							{t(`establish.${deed}`)}
						</Button>
					))}
				{tab !== 'figures' && <ImportLink kind={tab} />}
			</PageHead>
			<Card>
				{wide ? (
					<Tabs activeKey={tab} onChange={(next) => open({ tab: next })} items={TABS.map((each) => ({ key: each, label: t(`institution.${each}`) }))} />
				) : (
					// Tabs that have no room hide some of themselves behind a button, which nobody finds.
					<Select className="filters no-print" style={{ width: '100%' }} aria-label={t('institution.list')} value={tab} onChange={(next) => open({ tab: next })} options={TABS.map((each) => ({ value: each, label: t(`institution.${each}`) }))} />
				)}
				{tab !== 'functions' && tab !== 'figures' && (
					<Space wrap className="filters no-print">
						<DatePicker allowClear aria-label={t('institution.asOf')} placeholder={t('institution.asOf')} value={asked.as_of ? dayjs(asked.as_of) : null} onChange={(day) => change({ as_of: day?.format('YYYY-MM-DD') })} />
						{tab !== 'tenures' && <Input.Search key={`${tab} ${asked.q ?? ''}`} allowClear defaultValue={asked.q} maxLength={100} aria-label={t('institution.search')} placeholder={t('institution.search')} onSearch={(q) => change({ q: q.trim() || undefined })} style={{ width: 220 }} />}
						<OrgSelect<string> kind="unit" value={asked.unit} aria-label={t('institution.unit')} onChange={(unit) => change({ unit })} placeholder={t(tab === 'units' ? 'institution.under' : 'institution.unit')} width={200} />
						{tab === 'posts' && <Select allowClear style={{ width: 140 }} aria-label={t('institution.held')} placeholder={t('institution.held')} value={asked.held} onChange={(held?: string) => change({ held })} options={[{ value: 'no', label: t('institution.vacant') }, { value: 'yes', label: t('institution.occupied') }]} />}
						{(tab === 'units' || tab === 'posts') && (
							<Checkbox checked={asked.ended === 'yes'} onChange={({ target }) => change({ ended: target.checked ? 'yes' : undefined })}>
								{t('institution.ended')}
							</Checkbox>
						)}
						{tab === 'tenures' && (
							<>
								{asked.began_from && asked.began_until && (
									<Tag closable onClose={() => open({ tab })}>
										{t('institution.began', { from: asked.began_from, until: asked.began_until })}
									</Tag>
								)}
								<OrgSelect<string> kind="post" aria-label={t('institution.post')} value={asked.post} onChange={(post) => change({ post })} placeholder={t('institution.post')} width={220} />
								<OrgSelect<string> kind="person" aria-label={t('institution.person')} value={asked.person} onChange={(person) => change({ person })} placeholder={t('institution.person')} width={200} />
							</>
						)}
					</Space>
				)}
				<List asked={asked} open={open} establish={establish} />
			</Card>
			{doing && <Establish {...doing} close={() => establish(undefined)} />}
		</>
	)
}
