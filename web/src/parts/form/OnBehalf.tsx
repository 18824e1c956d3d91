// For whom one acts, where somebody delegated to the sender.
import { Form, Select } from 'antd'
import { useWords } from '../../i18n'
import { useMe } from '../../session'

export function OnBehalf() {
	const t = useWords()
	const me = useMe().data
	const from = me?.delegations?.filter(({ to }) => to === me.person?.code) ?? []
	if (from.length === 0) return null
	return (
		<Form.Item name="on_behalf" label={t('act.onBehalf')} extra={t('act.onBehalf.help')}>
			<Select allowClear options={from.map((each) => ({ value: each.from, label: each.from_name }))} />
		</Form.Item>
	)
}
