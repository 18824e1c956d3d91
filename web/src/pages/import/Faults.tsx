// All that is wrong with the file, place by place, to be worked off at the desk: it can be printed.
import { PrinterOutlined } from '@ant-design/icons'
import { Button, Card } from 'antd'
import { useLanguage } from '../../i18n'
import type { Fault, Preview } from '../../lib/import'
import { Rows } from '../../parts/Rows'

function Table({ label, faults }: { label: string; faults: readonly Fault[] }) {
	const { t, language } = useLanguage()
	return (
		<Rows
			label={label}
			rows={faults.map((fault, i) => ({ ...fault, i }))}
			keyOf={({ i }) => i}
			empty={t('state.empty')}
			columns={[
				{ key: 'place', title: t('import.place'), isShort: true, render: ({ place }) => <span className="mono">{place}</span> },
				{ key: 'text', title: t('import.fault'), render: ({ text, text_zh }) => (language === 'zh' ? text_zh : text) },
			]}
		/>
	)
}

export function Faults({ file, preview: { errors, more_errors, notes } }: { file: string; preview: Preview }) {
	const { t } = useLanguage()
	return (
		<>
			{errors.length > 0 && (
				<Card
					title={t('import.faults', { n: errors.length + more_errors, file })}
					extra={
						<Button className="no-print" icon={<PrinterOutlined aria-hidden />} onClick={() => print()}>
							{t('matter.print')}
						</Button>
					}
				>
					<Table label={t('import.faults.label')} faults={errors} />
					{more_errors > 0 && <p className="muted">{t('import.faults.more', { n: more_errors })}</p>}
				</Card>
			)}
			{notes.length > 0 && (
				<Card title={t('import.notes')} className="no-print">
					<Table label={t('import.notes')} faults={notes} />
				</Card>
			)}
		</>
	)
}
