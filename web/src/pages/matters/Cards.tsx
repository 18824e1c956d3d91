// The list on a phone.
import { Checkbox, Empty, Space } from 'antd'
import { Link } from 'wouter'
import type { Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { showDay } from '../../parts/format'
import { Lamp } from '../../parts/Lamp'

interface Props {
	lines: Schema['matter_line'][]
	chosen: readonly number[]
	choose: (ids: number[]) => void
}

export function Cards({ lines, chosen, choose }: Props) {
	const { t, language } = useLanguage()
	if (lines.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('matters.none')} />
	return (
		<ul className="rows">
			{lines.map((line) => (
				<li key={line.id}>
					<Space size={10} wrap>
						<Checkbox aria-label={t('bulk.choose', { name: line.title })} checked={chosen.includes(line.id)} onChange={({ target }) => choose(target.checked ? [...chosen, line.id] : chosen.filter((id) => id !== line.id))} />
						<Lamp colour={line.lamp} />
						<span className="muted">{line.number}</span>
						<span className="muted">{line.state_label}</span>
					</Space>
					<div>
						<Link href={`/matters/${line.id}`}>{line.title}</Link>
					</div>
					<div className="muted">{[line.unit_name, line.due_day && t('duty.due', { day: showDay(line.due_day, language) })].filter(Boolean).join(' · ')}</div>
				</li>
			))}
		</ul>
	)
}
