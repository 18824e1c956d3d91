// One procedure: its drawing, and what may, must and can be asked in it, as the definition says.
import { Card, Descriptions, Space, Tag } from 'antd'
import { Link } from 'wouter'
import { useLanguage } from '../i18n'
import { matterList } from '../lib/figures'
import { basisOf, type Procedure } from '../lib/procedure'
import { useProcedure } from '../parts/known'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { useTitleOf } from '../parts/Filters'
import { Actions, Duties, Fields, Requests, Roles, States } from './procedures/Parts'
import { Drawing } from './matter/Diagram'

function Facts({ procedure }: { procedure: Procedure }) {
	const { t } = useLanguage()
	const titleOf = useTitleOf()
	const flags = [procedure.close_before_parent && 'closeBefore', procedure.weighted && 'weighted', procedure.accountability && 'accountability'] as const
	const items = [
		{ key: 'grasp', label: t('matters.grasp'), children: t(`grasp.${procedure.grasp}`) },
		{ key: 'visibility', label: t('procedure.visibility'), children: t(`procedure.visibility.${procedure.visibility}`) },
		{ key: 'number', label: t('procedure.number'), children: procedure.number },
		...(procedure.parts_of ? [{ key: 'parts', label: t('matter.parts'), children: <Link href={`/procedures/${procedure.parts_of}`}>{titleOf(procedure.parts_of)}</Link> }] : []),
		...(procedure.basis?.length ? [{ key: 'basis', label: t('matter.duty.basis'), children: basisOf(procedure.basis).map((text) => <div key={text}>{text}</div>) }] : []),
		{
			key: 'text',
			label: t('procedure.text'),
			children: (
				<a href={`/api/v1/procedures/${procedure.definition}/text`} target="_blank" rel="noreferrer">
					{t('procedure.text.open')}
				</a>
			),
		},
	]
	return (
		<Card>
			<Descriptions column={1} size="small" bordered items={items} />
			<Space wrap style={{ marginTop: 12 }}>
				{flags.map((flag) => flag && <Tag key={flag}>{t(`procedure.flag.${flag}`)}</Tag>)}
			</Space>
		</Card>
	)
}

export default function ProcedurePage({ name }: { name: string }) {
	const { t } = useLanguage()
	const query = useProcedure(name)
	return (
		<Loaded query={query} rows={10}>
			{(procedure) => (
				<>
					<PageHead title={procedure.title}>
						<Tag color={procedure.in_force ? 'blue' : 'default'}>{t(procedure.in_force ? 'procedure.inForce' : 'procedure.replaced')}</Tag>
						<Link href={matterList({ procedure: procedure.name })}>{t('procedure.matters')}</Link>
					</PageHead>
					<Space orientation="vertical" size={16} style={{ width: '100%' }}>
						<Drawing definition={procedure.definition} alt={t('procedure.diagram', { name: procedure.title })} />
						<div className="pair">
							<Space orientation="vertical" size={16} style={{ width: '100%' }}>
								<Duties procedure={procedure} />
								<Actions procedure={procedure} />
								<Requests procedure={procedure} />
							</Space>
							<Space orientation="vertical" size={16} style={{ width: '100%' }}>
								<Facts procedure={procedure} />
								<Roles procedure={procedure} />
								<States procedure={procedure} />
								<Fields procedure={procedure} />
							</Space>
						</div>
					</Space>
				</>
			)}
		</Loaded>
	)
}
