// A name in Chinese, and in English where there is one.
import { Form, Input } from 'antd'
import { useWords } from '../../i18n'

export function LabelInput({ name, label }: { name: (string | number)[]; label: string }) {
	const t = useWords()
	return (
		<div className="both">
			<Form.Item name={[...name, 'zh']} label={t('ballots.in.zh', { name: label })} rules={[{ required: true, whitespace: true, message: t('form.required', { name: label }) }]}>
				<Input maxLength={100} />
			</Form.Item>
			<Form.Item name={[...name, 'en']} label={t('ballots.in.en', { name: label })}>
				<Input maxLength={100} />
			</Form.Item>
		</div>
	)
}
