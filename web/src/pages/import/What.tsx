// What the rows of the table are, and of matters by which procedure, where several may be meant.
import { Form, Select } from 'antd'
import { useLanguage } from '../../i18n'
import { GROUPS, isToChoose, KINDS, proceduresOf, type Kind } from '../../lib/import'
import { useProcedures } from '../../parts/Filters'
import { Refusal } from '../../parts/Loaded'

interface Props {
	kind: Kind | undefined
	procedure: string | undefined
	change: (to: { kind?: Kind; procedure?: string }) => void
}

function ProcedureSelect({ kind, procedure, change }: Props) {
	const { t } = useLanguage()
	const query = useProcedures()
	return (
		<Form.Item label={t('matters.procedure')} htmlFor="import-procedure">
			<Refusal error={query.error} />
			<Select id="import-procedure" showSearch={{ optionFilterProp: 'label' }} placeholder={t('open.choose')} value={procedure} loading={query.isPending} onChange={(next: string) => change({ procedure: next })} options={proceduresOf(kind, query.data?.procedures ?? []).map(({ name, title }) => ({ value: name, label: title }))} />
		</Form.Item>
	)
}

export function What({ kind, procedure, change }: Props) {
	const { t } = useLanguage()
	const procedures = useProcedures().data?.procedures ?? []
	return (
		<Form layout="vertical" className="fields-beside">
			<Form.Item label={t('import.kind')} htmlFor="import-kind">
				<Select<Kind> id="import-kind" placeholder={t('import.kind.choose')} value={kind} onChange={(next) => change({ kind: next, procedure: undefined })} options={GROUPS.map((group) => ({ label: t(`import.group.${group}`), options: KINDS[group].map((each) => ({ value: each, label: t(`import.kind.${each}`) })) }))} />
			</Form.Item>
			{isToChoose(kind, procedures) && <ProcedureSelect kind={kind} procedure={procedure} change={change} />}
		</Form>
	)
}
