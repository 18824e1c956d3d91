// Meetings of a day, each by its page.
import { TeamOutlined } from '@ant-design/icons'
import { Link } from 'wouter'
import type { Schema } from '../../api/client'
import { useLanguage } from '../../i18n'

export type Meeting = Schema['meeting_line']

export function MeetingList({ meetings }: { meetings: readonly Meeting[] }) {
	const { t } = useLanguage()
	if (meetings.length === 0) return null
	return (
		<section>
			<h2 className="heap">
				<TeamOutlined aria-hidden /> {t('calendar.meetings')} <span className="muted">{meetings.length}</span>
			</h2>
			<ul className="rows">
				{meetings.map(({ matter, kind_label, body_name }) => (
					<li key={matter.id}>
						<Link href={`/matters/${matter.id}`}>{matter.title}</Link>
						<div className="muted">{[matter.number, kind_label, body_name].filter(Boolean).join(' · ')}</div>
					</li>
				))}
			</ul>
		</section>
	)
}
