// The columns of the list of matters.
import { Progress, type TableColumnsType, type TableColumnType } from 'antd'
import { Link } from 'wouter'
import type { Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { columnWord, type ColumnName } from '../../lib/columns'
import type { Sort } from '../../lib/matterQuery'
import { showDay, showInstant } from '../../parts/format'
import { Lamp } from '../../parts/Lamp'

type Line = Schema['matter_line']

export function useColumns(sort: Sort | undefined, shown: readonly ColumnName[]): TableColumnsType<Line> {
	const { t, language } = useLanguage()
	const order = (name: 'due' | 'number') => (sort === name ? ('ascend' as const) : sort === `-${name}` ? ('descend' as const) : null)
	const day = (text: string | undefined) => <span className="nowrap">{showDay(text, language)}</span>
	const all: Record<ColumnName, TableColumnType<Line>> = {
		lamp: { width: 88, render: (_, { lamp }) => <Lamp colour={lamp} /> },
		number: { width: 150, sorter: true, sortOrder: order('number'), render: (_, { number }) => <span className="nowrap">{number}</span> },
		title: { render: (_, { id, title }) => <Link href={`/matters/${id}`}>{title}</Link> },
		procedure: { width: 140, dataIndex: 'procedure_title' },
		grasp: { width: 100, render: (_, { grasp }) => t(`grasp.${grasp}`) },
		state: { width: 100, dataIndex: 'state_label' },
		unit: { width: 150, dataIndex: 'unit_name' },
		commander: { width: 160, dataIndex: 'commander_name' },
		opened: { width: 160, render: (_, { opened }) => <span className="nowrap">{showInstant(opened, language)}</span> },
		due: { width: 136, sorter: true, sortOrder: order('due'), render: (_, { due_day }) => day(due_day) },
		ended: { width: 136, render: (_, { ended }) => day(ended) },
		progress: { width: 104, render: (_, { progress }) => progress !== undefined && <Progress percent={progress} size="small" aria-label={t('matters.progress')} /> },
	}
	return shown.map((name) => ({ key: name, title: t(columnWord(name)), ...all[name] }))
}
