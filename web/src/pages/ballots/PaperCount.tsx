// The count of paper ballots. Two people enter it, each without seeing what the other did; where they differ, both count again.
import { useMutation } from '@tanstack/react-query'
import { Alert, App, Button, Card, Form, InputNumber } from 'antd'
import { useState } from 'react'
import { post, type Schema } from '../../api/client'
import { said } from '../../ballot/words'
import { useLanguage } from '../../i18n'
import { emptyPaper, type Paper } from '../../lib/vote'
import { Refusal } from '../../parts/Loaded'
import { useProof } from '../../parts/Proof'
import { useRecorded } from '../../parts/recorded'

type Ballot = Schema['ballot']

function Sheet({ ballot, group }: { ballot: Ballot; group: number }) {
	const { t, language } = useLanguage()
	const name = said(ballot.groups[group]!.label, language)
	const items = ballot.subjects.flatMap((subject) => ballot.questions.map((question) => t('vote.choose', { subject: said(subject.label, language), question: said(question.label, language) })))
	const marks = [t('vote.none'), ...ballot.choices.map(({ label }) => said(label, language))]
	const number = (path: (string | number)[], label: string) => (
		<Form.Item name={['groups', group, ...path]} noStyle>
			<InputNumber min={0} precision={0} aria-label={label} style={{ width: 76 }} />
		</Form.Item>
	)
	return (
		<fieldset className="sheet">
			<legend>
				<strong>{name}</strong>
			</legend>
			<p>
				{t('ballots.returned')} {number(['returned'], t('ballots.paper.returned', { group: name }))}
			</p>
			<div className="sideways" tabIndex={0} role="region" aria-label={name}>
				<table className="figure-table">
					<thead>
						<tr>
							<th scope="col">{t('hall.question')}</th>
							{marks.map((mark, i) => (
								<th scope="col" key={i}>
									{mark}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{items.map((item, row) => (
							<tr key={row}>
								<th scope="row">{item}</th>
								{marks.map((mark, i) => (
									<td key={i}>{number(['counts', row, i], t('ballots.paper.cell', { group: name, item, mark }))}</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</div>
		</fieldset>
	)
}

function Entry({ ballot, done }: { ballot: Ballot; done: () => void }) {
	const { t } = useLanguage()
	const { message } = App.useApp()
	const proof = useProof()
	const recorded = useRecorded()
	const enter = useMutation({
		mutationFn: (paper: Paper) => proof(() => post('/api/v1/ballots/{ballot}/paper', { path: { ballot: ballot.ballot }, body: { paper: { ...paper } } })),
		onSuccess: () => {
			void message.success(t('ballots.paper.entered'))
			done()
			return recorded()
		},
	})
	return (
		<Form<Paper> initialValues={emptyPaper(ballot)} onFinish={(paper) => enter.mutate(paper)}>
			{ballot.groups.map(({ name }, group) => (
				<Sheet key={name} ballot={ballot} group={group} />
			))}
			<Refusal error={enter.error} />
			<Button type="primary" htmlType="submit" loading={enter.isPending}>
				{t('ballots.paper.send')}
			</Button>
		</Form>
	)
}

export function PaperCount({ ballot }: { ballot: Ballot }) {
	const { t } = useLanguage()
	const [isEntering, setEntering] = useState(false)
	const stands = ballot.paper_agreed ? t('ballots.paper.agreed') : ballot.paper_waits ? t('hall.paper') : t('ballots.paper.none')
	return (
		<Card title={t('ballots.paper.title')}>
			<Alert type={ballot.paper_agreed ? 'success' : ballot.paper_waits ? 'warning' : 'info'} showIcon title={stands} style={{ marginBottom: 12 }} />
			{!ballot.paper_agreed && <p className="muted">{t('ballots.paper.why')}</p>}
			{!ballot.paper_agreed && !isEntering && <Button onClick={() => setEntering(true)}>{t('ballots.paper.enter')}</Button>}
			{!ballot.paper_agreed && isEntering && <Entry ballot={ballot} done={() => setEntering(false)} />}
		</Card>
	)
}
