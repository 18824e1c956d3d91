// A table of rows into the record: what it is of, the file, what each row would do, and only then the act.
import { Card } from 'antd'
import { useState } from 'react'
import { useWords } from '../i18n'
import { kindOf, procedureOf, type Said, type TableFile } from '../lib/import'
import { PageHead } from '../parts/page'
import { useAddress } from '../parts/useAddress'
import { Looked } from './import/Looked'
import { TableInput } from './import/TableInput'
import { What } from './import/What'

const NAMES = ['kind', 'procedure'] as const

export default function Import() {
	const t = useWords()
	const [asked, change] = useAddress(NAMES)
	const [file, setFile] = useState<TableFile>()
	// It stays when a corrected file takes the place of this one.
	const [said, setSaid] = useState<Said[]>([])
	const kind = kindOf(asked.kind)
	const isOf = kind && (kind !== 'matters' || asked.procedure)
	return (
		<>
			<PageHead title={t('import.title')}>
				<span className="muted">{t('import.why')}</span>
			</PageHead>
			<div className="steps">
				<Card className="no-print">
					<What
						kind={kind}
						procedure={asked.procedure}
						change={(next) => {
							setSaid([])
							change(next)
						}}
					/>
					<TableInput file={file} taken={setFile} />
				</Card>
				{file && !isOf && <p>{t('import.needKind')}</p>}
				{file && kind && isOf && <Looked key={`${file.file} ${kind} ${asked.procedure}`} file={file} kind={kind} procedure={procedureOf(kind, asked.procedure)} said={said} say={setSaid} another={() => setFile(undefined)} />}
			</div>
		</>
	)
}
