// It is recorded: its receipt, and the matters that it opened or changed.
import { Button, Card, Result, Space } from 'antd'
import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import type { Schema } from '../../api/client'
import { useWords } from '../../i18n'
import { matterList } from '../../lib/figures'
import { KINDS, nameOf, type Kind, type Row } from '../../lib/import'
import { Verify } from '../../parts/Verify'

interface Props {
	done: Schema['import_done']
	/** As they are read now: each knows its matter. */
	rows: readonly Row[]
	kind: Kind
	procedure: string | undefined
	another: () => void
}

function Receipt({ done: { index, receipt, count } }: Pick<Props, 'done'>) {
	const t = useWords()
	if (index === undefined) return null
	return (
		<Space wrap>
			<span>{t('import.events', { from: index, n: count })}</span>
			<a href={receipt} target="_blank" rel="noreferrer">
				{t('done.receipt')}
			</a>
			<Verify index={index} />
		</Space>
	)
}

function Where({ kind, procedure }: Pick<Props, 'kind' | 'procedure'>) {
	const t = useWords()
	if (procedure) return <Link href={matterList({ procedure })}>{t('import.toMatters')}</Link>
	const tab = (['units', 'posts', 'people', 'tenures'] as const).find((each) => each === kind)
	return (KINDS.institution as readonly Kind[]).includes(kind) ? <Link href={tab ? `/institution?tab=${tab}` : '/institution'}>{t('nav.institution')}</Link> : null
}

export function Recorded({ done, rows, kind, procedure, another }: Props) {
	const t = useWords()
	const button = useRef<HTMLButtonElement>(null)
	useEffect(() => button.current?.focus(), [])
	const matters = rows.filter(({ matter }) => matter !== undefined)
	return (
		<Card>
			<Result
				status="success"
				className="done"
				title={t(done.again ? 'done.again' : 'import.done', { n: done.recorded })}
				subTitle={<Receipt done={done} />}
				extra={
					<Space wrap>
						<Button ref={button} type="primary" onClick={another}>
							{t('import.another')}
						</Button>
						<Where kind={kind} procedure={procedure} />
					</Space>
				}
			/>
			{matters.length > 0 && (
				<ul className="rows" aria-label={t('import.opened')}>
					{matters.map((row) => (
						<li key={row.line}>
							<Link href={`/matters/${row.matter}`}>{nameOf(row)}</Link>
						</li>
					))}
				</ul>
			)}
		</Card>
	)
}
