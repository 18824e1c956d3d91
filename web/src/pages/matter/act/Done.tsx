// It is recorded: where its receipt is, the means to verify it, and what is owed now.
import { Button, Result } from 'antd'
import { useEffect, useRef } from 'react'
import { useLanguage } from '../../../i18n'
import type { Matter, Receipt } from '../../../lib/act'
import { showDay } from '../../../parts/format'
import { ReceiptLine } from '../../../parts/ReceiptLine'
import { openDuties } from '../Owed'

export function Done({ matter, receipt, close }: { matter: Matter; receipt: Receipt; close: () => void }) {
	const { t, language } = useLanguage()
	const button = useRef<HTMLButtonElement>(null)
	const owed = openDuties(matter.duties)
	useEffect(() => button.current?.focus(), [])
	return (
		<Result
			status="success"
			className="done"
			title={t(receipt.again ? 'done.again' : 'done.title')}
			subTitle={<ReceiptLine receipt={receipt} />}
			extra={
				<Button ref={button} type="primary" onClick={close}>
					{t('done.close')}
				</Button>
			}
		>
			<p>
				{t('done.state')} <strong>{matter.state_label}</strong>
			</p>
			{owed.length > 0 && <div className="muted">{t('done.owed')}</div>}
			<ul className="follows">
				{owed.map((duty) => (
					<li key={duty.id}>
						{duty.bearer && <>{duty.bearer} · </>}
						<strong>{duty.name}</strong> <span className="muted">{duty.due_day && t('duty.due', { day: showDay(duty.due_day, language) })}</span>
					</li>
				))}
			</ul>
		</Result>
	)
}
