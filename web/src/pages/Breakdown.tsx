// From a deployment to its programmes and their tasks: how far each is, its lamp, and where it stands in time.
import { Card, Segmented, Space } from 'antd'
import { useLocation, useSearch } from 'wouter'
import { useWords } from '../i18n'
import { levelsOf, type Level } from '../lib/breakdown'
import { scaleOf } from '../lib/gantt'
import { useToday } from '../parts/known'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { Branch, Months, TimeScale } from './breakdown/Tree'
import { useProgrammes } from './cockpit/Charts'

function Trees({ level }: { level: Level }) {
	const t = useWords()
	const today = useToday()
	if (!today) return null
	const scale = scaleOf(level.programmes.map(({ matter }) => matter), today)
	return (
		<TimeScale value={{ scale, today }}>
			<div className="tree">
				<div className="tree-row tree-head" aria-hidden="true">
					<span>{t('matters.name')}</span>
					<span>{t('matters.unit')}</span>
					<span>{t('matters.progress')}</span>
					<Months />
				</div>
				<ul className="tree-list">
					{level.programmes.map(({ matter, parts }, place) => (
						<Branch key={matter.id} line={matter} depth={0} isOpen={place === 0} parts={parts} />
					))}
				</ul>
			</div>
			<p className="muted">{t('breakdown.legend')}</p>
		</TimeScale>
	)
}

export default function Breakdown() {
	const t = useWords()
	const [, go] = useLocation()
	const wanted = new URLSearchParams(useSearch()).get('procedure')
	const query = useProgrammes()
	return (
		<>
			<PageHead title={t('nav.breakdown')}>
				<span className="muted">{t('breakdown.why')}</span>
			</PageHead>
			<Loaded query={query} rows={10} isEmpty={({ programmes }) => !programmes?.length} empty={t('cockpit.programmes.none')}>
				{({ programmes = [] }) => {
					const levels = levelsOf(programmes)
					const level = levels.find(({ procedure }) => procedure === wanted) ?? levels[0]!
					return (
						<Card>
							<Space orientation="vertical" size={16} style={{ width: '100%' }}>
								<div className="sideways no-print">
									<Segmented<string> value={level.procedure} onChange={(procedure) => go(`/breakdown?procedure=${procedure}`, { replace: true })} options={levels.map((each) => ({ value: each.procedure, label: `${each.title} ${each.programmes.length}` }))} />
								</div>
								<Trees key={level.procedure} level={level} />
							</Space>
						</Card>
					)
				}}
			</Loaded>
		</>
	)
}
