// What came out of a closed vote, subject by subject, with what follows from it.
import { Card } from 'antd'
import type { Schema } from '../../api/client'
import { outcomeOf, points, said } from '../../ballot/words'
import { useLanguage } from '../../i18n'
import { Rows, type Column } from '../../parts/Rows'

type Ballot = Schema['ballot']
type Question = Schema['ballot_question_result']

export function Result({ ballot }: { ballot: Ballot }) {
	const { t, language } = useLanguage()
	return (ballot.result?.subjects ?? []).map((subject, at) => {
		const name = said(ballot.subjects[at]!.label, language)
		const columns: Column<Question>[] = [
			{ key: 'question', title: t('hall.question'), render: (question) => said(ballot.questions[subject.questions.indexOf(question)]!.label, language) },
			{ key: 'score', title: t('hall.score'), isShort: true, render: ({ score }) => <strong>{points(score)}</strong> },
			...ballot.choices.map(({ name: key, label }, i) => ({ key, title: said(label, language), isShort: true, render: ({ counts }: Question) => counts[i + 1] })),
			{ key: 'blank', title: t('vote.none'), isShort: true, render: ({ counts }) => counts[0] },
		]
		return (
			<Card key={at} title={name} extra={ballot.state === 'closed' && <strong>{outcomeOf(subject.outcome, t)}</strong>}>
				<Rows label={name} rows={subject.questions} columns={columns} keyOf={(question) => subject.questions.indexOf(question)} empty={t('state.empty')} />
			</Card>
		)
	})
}
