// One meeting as minutes: who was there, what was on the agenda, how each item was decided, what came of it, and what was done
// against the rules. It is filled in at its matter, by the forms of its procedure.
import { useQuery } from '@tanstack/react-query'
import { PrinterOutlined } from '@ant-design/icons'
import { Alert, Button, Card, Space, Tag } from 'antd'
import { Link } from 'wouter'
import { get, type Schema } from '../../api/client'
import { useLanguage, useWords } from '../../i18n'
import { absent, partOf, votesOf } from '../../lib/meetings'
import { showDay } from '../../parts/format'
import { Lamp } from '../../parts/Lamp'
import { Loaded } from '../../parts/Loaded'
import { PageHead } from '../../parts/page'

type Minutes = Schema['meeting_minutes']
type Record = Schema['meeting_record']
type Person = Schema['meeting_person']
type Line = Schema['matter_line']

/** Names with commas, or in their order with numbers. */
function People({ people, isOrdered }: { people: readonly Person[]; isOrdered?: boolean }) {
	const { t } = useLanguage()
	if (people.length === 0) return <span className="muted">{t('meetings.nobody')}</span>
	return <>{people.map(({ name }, i) => (isOrdered ? `${i + 1}. ${name}` : name)).join(isOrdered ? '  ' : t('meetings.and'))}</>
}

function Tasks({ tasks }: { tasks: readonly Line[] }) {
	const { t, language } = useLanguage()
	if (tasks.length === 0) return null
	return (
		<>
			<h3>{t('meetings.tasks')}</h3>
			<ul className="rows">
				{tasks.map(({ id, number, title, lamp, state_label, unit_name, due_day }) => (
					<li key={id}>
						<div className="duty-head">
							<Link href={`/matters/${id}`}>{title}</Link>
							<Lamp colour={lamp} />
							<span>{state_label}</span>
						</div>
						<div className="muted">{[number, unit_name, due_day && t('meetings.due', { day: showDay(due_day, language) })].filter(Boolean).join(' · ')}</div>
					</li>
				))}
			</ul>
		</>
	)
}

/** Who was expected, who came and who didn't; who kept out; in which order they spoke. */
function Attendance({ record }: { record: Record }) {
	const { t } = useLanguage()
	const expected = partOf(record, 'expected')?.people
	const present = partOf(record, 'present')?.people
	const recused = partOf(record, 'recused')?.people
	const spoke = partOf(record, 'spoke')?.people
	if (!expected || !present) return null
	const away = absent(expected, present)
	return (
		<dl className="facts">
			<dt>{t('meetings.present', { n: present.length, of: expected.length })}</dt>
			<dd>
				<People people={present} />
			</dd>
			{away.length > 0 && (
				<>
					<dt>{t('meetings.absent', { n: away.length })}</dt>
					<dd>
						<People people={away} />
					</dd>
				</>
			)}
			{recused && (
				<>
					<dt>{t('meetings.recused')}</dt>
					<dd>
						<People people={recused} />
					</dd>
				</>
			)}
			{spoke && (
				<>
					<dt>{t('meetings.spoke')}</dt>
					<dd>
						<People people={spoke} isOrdered />
					</dd>
				</>
			)}
		</dl>
	)
}

function Votes({ record }: { record: Record }) {
	const { t } = useLanguage()
	const votes = votesOf(record)
	if (votes.length === 0) return null
	return (
		<>
			<h3>{t('meetings.votes')}</h3>
			<dl className="facts">
				{votes.map(({ part, count, people }) => (
					<div key={part} className="meeting-vote">
						<dt>{t(`meetings.${part}`, { n: count })}</dt>
						<dd>{people && <People people={people} />}</dd>
					</div>
				))}
			</dl>
		</>
	)
}

function Said({ record, part }: { record: Record; part: 'decision' | 'dissent' | 'first_item' | 'agenda' }) {
	const t = useWords()
	const found = partOf(record, part)
	if (!found) return null
	return (
		<>
			<h3>{t(`meetings.part.${part}`)}</h3>
			{found.lines ? (
				<ol className="meeting-lines">
					{found.lines.map((line, i) => (
						<li key={i}>{line}</li>
					))}
				</ol>
			) : (
				<p className="said">{found.text}</p>
			)}
		</>
	)
}

function Head({ record }: { record: Record }) {
	const { t, language } = useLanguage()
	const text = (part: 'chair' | 'place' | 'sent_on') => partOf(record, part)
	const sent = text('sent_on')
	return (
		<dl className="facts">
			<dt>{t('meetings.held')}</dt>
			<dd>{showDay(record.held_on, language)}</dd>
			{record.body_name && (
				<>
					<dt>{t('meetings.body')}</dt>
					<dd>{record.body_name}</dd>
				</>
			)}
			{(['chair', 'place'] as const).map((part) => {
				const found = text(part)
				return (
					found && (
						<div key={part} className="meeting-vote">
							<dt>{found.label}</dt>
							<dd>{found.text}</dd>
						</div>
					)
				)
			})}
			{sent && (
				<>
					<dt>{sent.label}</dt>
					<dd>{showDay(sent.text, language)}</dd>
				</>
			)}
		</dl>
	)
}

/** Whose breach of procedure, of which rule, and whether somebody has said what follows. */
function Irregular({ irregular }: { irregular: Minutes['irregular'] }) {
	const { t, language } = useLanguage()
	if (irregular.length === 0) return null
	return (
		<Alert
			type="error"
			showIcon
			title={t('meetings.irregular')}
			description={
				<ul className="rows">
					{irregular.map(({ matter, number, event, rule, bearer, person_name, day, answer, answer_by, answer_late }) => (
						<li key={`${event} ${rule}`}>
							<div>{rule}</div>
							<div className="duty-head">
								<span>{t('meetings.irregular.of', { who: person_name && !bearer?.includes(person_name) ? `${bearer} (${person_name})` : (bearer ?? person_name ?? '') })}</span>
								<span>{showDay(day, language)}</span>
								<Link href={`/matters/${matter}`}>{number}</Link>
							</div>
							{answer && (
								<div>
									{t(answer === 'done' ? 'meetings.answered' : 'meetings.answer', { who: answer_by ?? '' })} {answer_late && <Tag color="red">{t('matter.duty.overdue')}</Tag>}
								</div>
							)}
						</li>
					))}
				</ul>
			}
		/>
	)
}

function Item({ record, place }: { record: Record; place: number }) {
	const { t } = useLanguage()
	const { matter, kind_label } = record
	return (
		<Card title={<h2 className="card-title">{t('meetings.item', { n: place, title: matter.title })}</h2>} extra={<Link href={`/matters/${matter.id}`}>{matter.number}</Link>}>
			<Space wrap size={8}>
				<Tag>{kind_label}</Tag>
				<Lamp colour={matter.lamp} />
				<span>{matter.state_label}</span>
				<span className="muted">{matter.unit_name}</span>
			</Space>
			<Head record={record} />
			<Attendance record={record} />
			<Votes record={record} />
			<Said record={record} part="decision" />
			<Said record={record} part="dissent" />
			<Tasks tasks={record.given_out} />
		</Card>
	)
}

export default function MeetingPage({ id }: { id: number }) {
	const { t, language } = useLanguage()
	const query = useQuery({ queryKey: ['meeting', id, language], queryFn: ({ signal }) => get('/api/v1/meetings/{matter}', { path: { matter: id }, signal }) })
	return (
		<Loaded query={query} rows={12}>
			{({ meeting, items, irregular }) => (
				<>
					<PageHead title={meeting.matter.title}>
						<Space wrap size={8}>
							<Tag>{meeting.kind_label}</Tag>
							<Lamp colour={meeting.matter.lamp} />
							<span>{meeting.matter.state_label}</span>
							<Link href={`/matters/${meeting.matter.id}`}>{t('meetings.matter', { number: meeting.matter.number })}</Link>
							<Button className="no-print" icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
								{t('meetings.print')}
							</Button>
						</Space>
					</PageHead>
					<Space orientation="vertical" size={16} style={{ width: '100%' }}>
						<Irregular irregular={irregular} />
						<Card title={<h2 className="card-title">{t('meetings.minutes')}</h2>}>
							<Head record={meeting} />
							<Attendance record={meeting} />
							<Said record={meeting} part="first_item" />
							<Said record={meeting} part="agenda" />
							<Votes record={meeting} />
							<Said record={meeting} part="decision" />
							<Said record={meeting} part="dissent" />
							<Tasks tasks={meeting.given_out} />
						</Card>
						{items.map((item, i) => (
							<Item key={item.matter.id} record={item} place={i + 1} />
						))}
					</Space>
				</>
			)}
		</Loaded>
	)
}
