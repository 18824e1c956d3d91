// The procedures in force: which grasp each serves, and of what its parts are.
import { Card, Select, Space } from 'antd'
import { Link } from 'wouter'
import type { Schema } from '../api/client'
import { useWords } from '../i18n'
import { GRASPS, type Grasp } from '../lib/matterQuery'
import { useProcedures, useTitleOf } from '../parts/Filters'
import { matterList } from '../lib/figures'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { Rows, type Column } from '../parts/Rows'
import { useAddress } from '../parts/useAddress'

type Line = Schema['procedures']['procedures'][number]
const NAMES = ['grasp'] as const

export default function Procedures() {
	const t = useWords()
	const [asked, change] = useAddress(NAMES)
	const query = useProcedures()
	const titleOf = useTitleOf()
	const columns: Column<Line>[] = [
		{ key: 'title', title: t('matters.procedure'), render: ({ name, title }) => <Link href={`/procedures/${name}`}>{title}</Link> },
		{ key: 'grasp', title: t('matters.grasp'), isShort: true, render: ({ grasp }) => t(`grasp.${grasp}`) },
		{ key: 'visibility', title: t('procedure.visibility'), isShort: true, render: ({ visibility }) => t(`procedure.visibility.${visibility}`) },
		{ key: 'number', title: t('procedure.number'), isShort: true, render: ({ number }) => number },
		{ key: 'parts', title: t('matter.parts'), isShort: true, render: ({ parts_of }) => parts_of && <Link href={`/procedures/${parts_of}`}>{titleOf(parts_of)}</Link> },
		{ key: 'matters', title: t('nav.matters'), isShort: true, render: ({ name }) => <Link href={matterList({ procedure: name })}>{t('procedure.matters')}</Link> },
	]
	return (
		<>
			<PageHead title={t('nav.procedures')}>
				<span className="muted">{t('procedure.why')}</span>
			</PageHead>
			<Card>
				<Space className="filters no-print">
					<Select<Grasp> allowClear style={{ width: 160 }} aria-label={t('matters.grasp')} placeholder={t('matters.grasp')} value={asked.grasp as Grasp | undefined} onChange={(grasp?: Grasp) => change({ grasp })} options={GRASPS.map((grasp) => ({ value: grasp, label: t(`grasp.${grasp}`) }))} />
				</Space>
				<Loaded query={query} rows={10}>
					{({ procedures }) => <Rows label={t('nav.procedures')} rows={procedures.filter(({ grasp }) => !asked.grasp || grasp === asked.grasp)} columns={columns} keyOf={({ name }) => name} empty={t('state.empty')} />}
				</Loaded>
			</Card>
		</>
	)
}
