// Which procedure: those one may open by grasp, each with who must do what first; then the rest.
import { useQueries } from '@tanstack/react-query'
import { Card, Collapse } from 'antd'
import { Link } from 'wouter'
import type { Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { owedIn, startOf } from '../../lib/follows'
import { GRASPS } from '../../lib/matterQuery'
import { useProcedures } from '../../parts/Filters'
import { Follows } from '../../parts/Follows'
import { procedureQuery } from '../../parts/known'
import { Loaded } from '../../parts/Loaded'

type Head = Schema['procedure_head']

function First({ procedure }: { procedure: Schema['procedure'] | undefined }) {
	const start = procedure && startOf(procedure)
	if (!start) return null
	return <Follows follows={owedIn(procedure, start.name, {})} fields={procedure.fields} />
}

function Grouped({ heads }: { heads: Head[] }) {
	const { t, language } = useLanguage()
	const details = useQueries({ queries: heads.map(({ name }) => procedureQuery(name, language)) })
	return GRASPS.filter((grasp) => heads.some((head) => head.grasp === grasp)).map((grasp) => (
		<section key={grasp}>
			<h2 className="heap">{t(`grasp.${grasp}`)}</h2>
			<ul className="rows">
				{heads.map((head, i) =>
					head.grasp === grasp ? (
						<li key={head.name}>
							<Link href={`/open/${head.name}`}>
								<strong>{head.title}</strong>
							</Link>
							<First procedure={details[i]?.data} />
						</li>
					) : null,
				)}
			</ul>
		</section>
	))
}

export function Choose() {
	const { t } = useLanguage()
	const query = useProcedures()
	return (
		<Loaded query={query} rows={8}>
			{({ procedures }) => {
				const mine = procedures.filter(({ may_open }) => may_open)
				const others = procedures.filter(({ may_open }) => !may_open)
				return (
					<Card title={t('open.choose')}>
						{mine.length === 0 && <p className="muted">{t('open.none')}</p>}
						<Grouped heads={mine} />
						{others.length > 0 && (
							<Collapse
								ghost
								className="cannot"
								items={[
									{
										key: 'others',
										label: t('open.others', { n: others.length }),
										children: (
											<>
												<p className="muted">{t('open.others.why')}</p>
												<ul className="rows">
													{others.map(({ name, title, grasp }) => (
														<li key={name}>
															{title} <span className="muted">{t(`grasp.${grasp}`)}</span>
														</li>
													))}
												</ul>
											</>
										),
									},
								]}
							/>
						)}
					</Card>
				)
			}}
		</Loaded>
	)
}
