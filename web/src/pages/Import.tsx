// A table of rows into the record: what it is of, the file, what each row would do, and only then the act.
import { Card } from 'antd'
import { useState } from 'react'
import { useWords } from '../i18n'
import { isToChoose, kindOf, procedureOf, type Said, type TableFile } from '../lib/import'
import { useProcedures } from '../parts/Filters'
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
	const procedures = useProcedures().data?.procedures
	const procedure = kind && procedures && procedureOf(kind, asked.procedure, procedures)
	const isOf = kind && procedures && (procedure || !isToChoose(kind, procedures))
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
				{file && kind && isOf && <Looked key={`${file.file} ${kind} ${procedure}`} file={file} kind={kind} procedure={procedure} said={said} say={setSaid} another={() => setFile(undefined)} />}
			</div>
		</>
	)
}
