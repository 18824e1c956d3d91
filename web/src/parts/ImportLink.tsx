// To where a table is imported, with what its rows would be.
import { UploadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Link } from 'wouter'
import { address } from '../api/client'
import { useWords } from '../i18n'
import type { Kind } from '../lib/import'

export function ImportLink({ kind, procedure }: { kind?: Kind | ''; procedure?: string }) {
	const t = useWords()
	return (
		<Link href={address('/import', {}, { kind, procedure })} className="no-print">
			<Button icon={<UploadOutlined aria-hidden />}>{t('import.button')}</Button>
		</Link>
	)
}
