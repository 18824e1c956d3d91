// A warning before it is sent: a day by which something is owed is over already.
import { Alert, Form } from 'antd'
import type { Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import type { Field } from '../../lib/act'
import { overDays } from '../../lib/follows'
import type { Values } from '../../lib/values'
import { useToday } from '../known'

export function PastDue({ procedure, fields }: { procedure: Schema['procedure']; fields: readonly Field[] }) {
	const { t } = useLanguage()
	const values = Form.useWatch<Values | undefined>([], Form.useFormInstance()) ?? {}
	const today = useToday()
	if (!today) return null
	return overDays(procedure, fields, values, today).map(({ name, label }) => <Alert key={name} role="alert" type="warning" showIcon title={t('distance.over', { name: label })} style={{ marginBottom: 16 }} />)
}
