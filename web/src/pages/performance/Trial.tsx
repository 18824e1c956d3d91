// What another formula would have given: its text, written here or taken from a file. Nothing of it is kept.
import { Button, Card } from 'antd'
import { useState } from 'react'
import { useLanguage } from '../../i18n'
import { Refusal } from '../../parts/Loaded'
import { FormulaText } from './FormulaText'

interface Props {
	trial: { mutate: (text: string) => void; isPending: boolean; error: Error | null }
	/** Version to begin with. */
	start?: number
}

export function Trial({ trial, start }: Props) {
	const { t } = useLanguage()
	const [text, setText] = useState('')
	return (
		<Card title={t('performance.trial')} className="no-print">
			<p className="muted flat">{t('performance.trial.why')}</p>
			<Refusal error={trial.error} />
			<FormulaText text={text} setText={setText} start={start}>
				<Button type="primary" disabled={!text.trim()} loading={trial.isPending} onClick={() => trial.mutate(text)}>
					{t('performance.trial.go')}
				</Button>
			</FormulaText>
		</Card>
	)
}
