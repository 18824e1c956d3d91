// Meetings and what they decided, by their day: the latest first, month by month. One of them is read as minutes.
import { Button, Card, DatePicker, Select, Space, Tag } from 'antd'
import dayjs from 'dayjs'
import { Link } from 'wouter'
import { get, type Schema } from '../api/client'
import { useLanguage } from '../i18n'
import { byMonth, kindsOf } from '../lib/meetings'
import { showDay, showMonth } from '../parts/format'
import { Lamp } from '../parts/Lamp'
import { Loaded } from '../parts/Loaded'
import { OrgSelect } from '../parts/OrgSelect'
import { PageHead } from '../parts/page'
import { useAddress } from '../parts/useAddress'
import { usePages } from '../parts/usePages'

type Line = Schema['meeting_line']
const NAMES = ['from', 'to', 'body', 'kind'] as const
const LIMIT = 50

/** How far its tasks are, in words. */
function Tasks({ line }: { line: Pick<Line, 'tasks' | 'tasks_done' | 'tasks_overdue'> }) {
	const { t } = useLanguage()
	if (line.tasks === 0) return null
	return (
		<span className="muted">
			{t('meetings.tasks.of', { done: line.tasks_done, n: line.tasks })} {line.tasks_overdue > 0 && <Tag color="red">{t('meetings.overdue', { n: line.tasks_overdue })}</Tag>}
		</span>
	)
}

function Row({ line }: { line: Line }) {
	const { t, language } = useLanguage()
	const { matter, held_on, kind_label, body_name, items, irregularities } = line
	return (
		<li className="meeting-row">
			<time dateTime={held_on} className="meeting-day">
				{showDay(held_on, language)}
			</time>
			<div>
				<div className="duty-head">
					<Link href={`/meetings/${matter.id}`}>{matter.title}</Link>
					<Tag>{kind_label}</Tag>
					{irregularities > 0 && <Tag color="red">{t('meetings.irregular.n', { n: irregularities })}</Tag>}
				</div>
				<div className="duty-head">
					<span className="muted">{[matter.number, body_name, items > 0 && t('meetings.items.n', { n: items })].filter(Boolean).join(' · ')}</span>
					<Lamp colour={matter.lamp} />
					<span className="muted">{matter.state_label}</span>
					<Tasks line={line} />
				</div>
			</div>
		</li>
	)
}

export default function Meetings() {
	const { t, language } = useLanguage()
	const [asked, change] = useAddress(NAMES)
	const { from, to, body, kind } = asked
	const { query, more } = usePages(['meetings', from, to, body, kind], (cursor, signal) => get('/api/v1/meetings', { query: { from, to, body, kind, limit: LIMIT, cursor }, signal }), (page) => page.meetings)
	const day = (name: 'from' | 'to') => <DatePicker allowClear aria-label={t(`meetings.${name}`)} placeholder={t(`meetings.${name}`)} value={asked[name] ? dayjs(asked[name]) : null} onChange={(picked) => change({ [name]: picked?.format('YYYY-MM-DD') })} />
	return (
		<>
			<PageHead title={t('nav.meetings')}>
				<span className="muted">{t('meetings.why')}</span>
			</PageHead>
			<Card>
				<Space wrap className="filters no-print">
					{day('from')}
					{day('to')}
					<OrgSelect<string> kind="unit" value={body} onChange={(next) => change({ body: next })} placeholder={t('meetings.body')} width={200} />
					<Select allowClear style={{ width: 180 }} aria-label={t('meetings.kind')} placeholder={t('meetings.kind')} value={kind} onChange={(next?: string) => change({ kind: next })} options={kindsOf(query.data ?? [], kind)} />
				</Space>
				<Loaded query={query} rows={8} isEmpty={(rows) => rows.length === 0} empty={<p className="muted">{t('meetings.none')}</p>}>
					{(rows) => (
						<>
							{byMonth(rows).map(({ month, lines }) => (
								<section key={month} aria-label={showMonth(month, language)}>
									<h2 className="card-title">{showMonth(month, language)}</h2>
									<ul className="rows">
										{lines.map((line) => (
											<Row key={line.matter.id} line={line} />
										))}
									</ul>
								</section>
							))}
							{more.has && (
								<Button block className="no-print" loading={more.busy} onClick={() => void more.fetch()}>
									{t('workbench.more')}
								</Button>
							)}
						</>
					)}
				</Loaded>
			</Card>
		</>
	)
}
