// What will be owed once it is opened, with the days of what was filled in so far; and what comes behind that.
import { Collapse, Form } from 'antd'
import type { Schema } from '../../api/client'
import { useWords } from '../../i18n'
import { owedIn, startOf } from '../../lib/follows'
import type { Values } from '../../lib/values'
import { Follows } from '../../parts/Follows'

export function Preview({ procedure }: { procedure: Schema['procedure'] }) {
	const t = useWords()
	const values = (Form.useWatch([]) ?? {}) as Values
	const start = startOf(procedure)
	if (!start) return null
	const later = procedure.states.filter((state) => !state.end && state !== start && owedIn(procedure, state.name, values).length > 0)
	return (
		<div className="leads">
			{t('open.owed')} <strong>{start.label}</strong>
			<Follows follows={owedIn(procedure, start.name, values)} fields={procedure.fields} />
			{later.length > 0 && (
				<Collapse
					ghost
					size="small"
					items={[
						{
							key: 'later',
							label: t('open.later'),
							children: later.map((state) => (
								<div key={state.name}>
									<strong>{state.label}</strong>
									<Follows follows={owedIn(procedure, state.name, values)} fields={procedure.fields} />
								</div>
							)),
						},
					]}
				/>
			)}
		</div>
	)
}
