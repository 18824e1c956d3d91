// A compartment as whom it is about is told of it: what was served on them, what they owe, what they may do, and what they wrote.
import { Alert, Card, Space } from 'antd'
import type { Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import type { Act } from '../../lib/act'
import { showInstant } from '../../parts/format'
import { PageHead } from '../../parts/page'
import { Shown } from './About'
import { Evidence } from './Evidence'
import { Owed } from './Owed'
import { Possible } from './Possible'

type Told = Schema['door_event']

function Events({ title, events, none }: { title: string; events: readonly Told[]; none: string }) {
	const { t, language } = useLanguage()
	return (
		<Card title={title}>
			{events.length === 0 && <p className="muted">{none}</p>}
			<ul className="rows">
				{events.map(({ event, time, headline, text, shown }) => (
					<li key={event}>
						<div className="duty-head">
							<strong>{headline}</strong>
							<span className="muted">{showInstant(time, language)}</span>
							<span className="muted">{t('matter.event.number', { n: event })}</span>
						</div>
						{text && <p className="prose">{text}</p>}
						{shown.length > 0 && <Shown fields={shown} />}
					</li>
				))}
			</ul>
		</Card>
	)
}

export function Door({ matter, open }: { matter: Schema['matter']; open: (act: Act) => void }) {
	const { t } = useLanguage()
	return (
		<>
			<PageHead title={matter.title}>
				<span className="muted">{matter.number}</span>
			</PageHead>
			<Space orientation="vertical" size={16} style={{ width: '100%' }}>
				<Alert type="info" showIcon title={t('door.why')} />
				<div className="pair">
					<Space orientation="vertical" size={16} style={{ width: '100%' }}>
						<Owed matter={matter} open={open} />
						<Possible matter={matter} open={open} />
					</Space>
					<Space orientation="vertical" size={16} style={{ width: '100%' }}>
						<Events title={t('door.served')} events={matter.served ?? []} none={t('door.served.none')} />
						<Events title={t('door.written')} events={matter.written ?? []} none={t('door.written.none')} />
						<Evidence matter={matter} />
					</Space>
				</div>
			</Space>
		</>
	)
}
