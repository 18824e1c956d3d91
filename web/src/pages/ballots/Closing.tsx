// Closing: what follows is told in the matter of each subject at once, and with it what only people know: the advice, the day.
import { useMutation } from '@tanstack/react-query'
import { App, Button, Card, Form, Popconfirm } from 'antd'
import { post, type Schema } from '../../api/client'
import { points } from '../../ballot/words'
import { useLanguage } from '../../i18n'
import { filledOf, type Values } from '../../lib/values'
import { fieldsToClose, isTooFew, REPORT } from '../../lib/vote'
import { Fields } from '../../parts/form/Fields'
import { useProcedure, useToday } from '../../parts/known'
import { Refusal } from '../../parts/Loaded'
import { useProof } from '../../parts/Proof'
import { useRecorded } from '../../parts/recorded'

export function Closing({ ballot }: { ballot: Schema['ballot'] }) {
	const { t } = useLanguage()
	const { message } = App.useApp()
	const [form] = Form.useForm<Values>()
	const proof = useProof()
	const recorded = useRecorded()
	const today = useToday()
	const procedure = useProcedure(REPORT)
	// Of a vote that will be void nothing is told in the matters.
	const fields = fieldsToClose(ballot, procedure.data).map((field) => ({ ...field, required: field.required && !isTooFew(ballot) }))
	const close = useMutation({
		mutationFn: (values: Values) => {
			const texts = Object.fromEntries(Object.entries(filledOf(values)).map(([name, value]) => [name, String(value)]))
			return proof(() => post('/api/v1/ballots/{ballot}/close', { path: { ballot: ballot.ballot }, body: { fields: texts } }))
		},
		onSuccess: () => {
			void message.success(t('ballots.closed'))
			return recorded()
		},
	})
	return (
		<Card title={t('ballots.close')}>
			<ul className="rows tight">
				<li>{t('ballots.follows.pass')}</li>
				{ballot.talk_below > 0 && <li>{t('ballots.follows.talk', { n: points(ballot.talk_below) })}</li>}
				{ballot.account_below > 0 && <li>{t('ballots.follows.account', { n: points(ballot.account_below) })}</li>}
				<li>{t('ballots.follows.few', { n: ballot.least })}</li>
			</ul>
			<Form<Values> form={form} layout="vertical" scrollToFirstError={{ focus: true }} onFinish={(values) => close.mutate(values)}>
				<Fields fields={fields} today={today} />
				<Refusal error={close.error} />
				<Popconfirm title={isTooFew(ballot) ? t('ballots.close.few') : t('ballots.close.sure')} okText={t('ballots.close')} onConfirm={form.submit}>
					<Button type="primary" danger loading={close.isPending}>
						{t('ballots.close')}
					</Button>
				</Popconfirm>
			</Form>
		</Card>
	)
}
