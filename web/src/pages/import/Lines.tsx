// The rows as they would be read: what each would do, and at each bad cell its address and what is wrong with it.
import { Button, Card, Checkbox, Space, Tag } from 'antd'
import { useMemo } from 'react'
import { Link } from 'wouter'
import { useLanguage } from '../../i18n'
import { columnsRead, faultsByCell, faultsOfRow, type Fault, type Preview, type Row } from '../../lib/import'
import { useProcedure } from '../../parts/known'
import { Rows, type Column } from '../../parts/Rows'

export const SHOWN = 50
const COLOURS: Record<Row['does'], string> = { wrong: 'red', nothing: 'default', sets: 'blue', opens: 'green', changes: 'gold' }
const ORDER = ['opens', 'changes', 'sets', 'nothing', 'wrong'] as const

function Said({ faults }: { faults: readonly Fault[] }) {
	const { language } = useLanguage()
	return faults.map(({ place, text, text_zh }, i) => (
		<div key={i} className="cell-fault">
			<span className="mono">{place}</span> {language === 'zh' ? text_zh : text}
		</div>
	))
}

function Cell({ text, faults }: { text: string; faults: readonly Fault[] }) {
	if (faults.length === 0) return text
	return (
		<div className="bad-cell">
			<strong>{text || '—'}</strong>
			<Said faults={faults} />
		</div>
	)
}

function useLineColumns(preview: Preview, procedure: string | undefined): Column<Row>[] {
	const { t } = useLanguage()
	const actions = useProcedure(procedure).data?.actions
	return useMemo(() => {
		const at = faultsByCell(preview.errors)
		const read = columnsRead(preview.columns)
		const what = ({ does, action }: Row) => (does === 'changes' && actions?.find(({ name }) => name === action)?.label) || t(`import.does.${does}`)
		return [
			{
				key: 'does',
				title: t('import.does'),
				render: (row) => (
					<>
						<span className="mono muted">{t('import.line', { n: row.line })}</span> <Tag color={COLOURS[row.does]}>{what(row)}</Tag>
						{row.matter && <Link href={`/matters/${row.matter}`}>{t('open.view')}</Link>}
						<Said faults={faultsOfRow(at, row.line, read, preview.columns.length)} />
					</>
				),
			},
			...read.map<Column<Row>>(({ name, header, cell }) => ({ key: name, title: header, render: ({ line, cells }) => <Cell text={String(cells[name] ?? '')} faults={at(line, cell)} /> })),
		]
	}, [preview, actions, t])
}

interface Props {
	preview: Preview
	procedure: string | undefined
	skip: number
	go: (skip: number) => void
	/** The lines that are recorded, where they are chosen one by one. */
	chosen: readonly number[] | undefined
	choose: (lines: number[]) => void
}

export function Lines({ preview, procedure, skip, go, chosen, choose }: Props) {
	const { t } = useLanguage()
	const read = useLineColumns(preview, procedure)
	const columns: Column<Row>[] = chosen
		? [
				{
					key: 'take',
					title: t('import.take'),
					isShort: true,
					render: ({ line }) => (
						<Checkbox checked={chosen.includes(line)} onChange={({ target }) => choose(target.checked ? [...chosen, line] : chosen.filter((other) => other !== line))}>
							{t('import.line', { n: line })}
						</Checkbox>
					),
				},
				...read,
			]
		: read
	return (
		<Card title={t('import.rows', { n: preview.rows })} className={preview.errors.length > 0 ? 'no-print' : undefined}>
			<Space wrap className="filters">
				{ORDER.filter((does) => preview[does] > 0).map((does) => (
					<Tag key={does} color={COLOURS[does]}>
						{t('form.pair', { name: t(`import.does.${does}`), value: preview[does] })}
					</Tag>
				))}
			</Space>
			<Rows label={t('import.rows.label')} rows={preview.shown} columns={columns} keyOf={({ line }) => line} empty={t('import.rows.none')} />
			{preview.rows > SHOWN && (
				<div className="pager no-print">
					<span className="muted">{t('import.rows.part', { from: skip + 1, to: Math.min(skip + SHOWN, preview.rows), n: preview.rows })}</span>
					<Space>
						<Button disabled={skip === 0} onClick={() => go(Math.max(0, skip - SHOWN))}>
							{t('matters.previous')}
						</Button>
						<Button disabled={skip + SHOWN >= preview.rows} onClick={() => go(skip + SHOWN)}>
							{t('matters.next')}
						</Button>
					</Space>
				</div>
			)}
		</Card>
	)
}
