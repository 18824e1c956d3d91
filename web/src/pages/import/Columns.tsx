// Which header is which column, and by what that is known; each may be said otherwise or left out.
import { Card, Checkbox, Select, Space, Tag } from 'antd'
import { useLanguage } from '../../i18n'
import { chosenOf, LEFT_OUT, maySay, saying, type Asked, type Column, type Preview, type Said } from '../../lib/import'
import { Rows } from '../../parts/Rows'

interface Props {
	preview: Preview
	said: readonly Said[]
	forget: boolean
	say: (said: Said[]) => void
	change: (to: Partial<Pick<Asked, 'sheet' | 'forget'>>) => void
}

const COLOURS: Record<Column['basis'], string> = { unknown: 'red', said: 'blue', remembered: 'blue', named: 'green', usual: 'gold' }

function useTargets(targets: Preview['targets']) {
	const { t } = useLanguage()
	const named = targets.map(({ name, label, required }) => {
		const text = label || name
		return { value: name, label: required ? t('import.target.required', { name: text }) : text }
	})
	return [...named, { value: LEFT_OUT, label: t('import.target.none') }]
}

function Target({ column, options, say }: { column: Column; options: { value: string; label: string }[]; say: (column: string) => void }) {
	const { t } = useLanguage()
	const isUnknown = column.basis === 'unknown'
	return <Select className="target" aria-label={t('import.target.of', { name: column.header || column.at })} status={isUnknown ? 'error' : undefined} disabled={!maySay(column)} showSearch={{ optionFilterProp: 'label' }} placeholder={t('import.target.choose')} value={chosenOf(column)} onChange={say} options={options} />
}

export function Columns({ preview, said, forget, say, change }: Props) {
	const { t } = useLanguage()
	const options = useTargets(preview.targets)
	const mayForget = forget || preview.columns.some(({ basis }) => basis === 'remembered')
	return (
		<Card title={t('import.columns')} className="no-print">
			<Space wrap className="filters">
				{preview.sheets.length > 0 && <Select className="target" aria-label={t('import.sheet')} placeholder={t('import.sheet')} value={preview.sheet || undefined} onChange={(sheet) => change({ sheet })} options={preview.sheets.map(({ name }) => ({ value: name, label: t('form.pair', { name: t('import.sheet'), value: name }) }))} />}
				{mayForget && (
					<Checkbox checked={forget} onChange={({ target }) => change({ forget: target.checked })}>
						{t('import.forget')}
					</Checkbox>
				)}
			</Space>
			<Rows<Column>
				label={t('import.columns')}
				rows={preview.columns}
				keyOf={({ at }) => at}
				empty={t('import.columns.none')}
				columns={[
					{ key: 'header', title: t('import.header'), render: ({ at, header }) => <><span className="mono muted">{at}</span> {header || <span className="muted">{t('import.header.none')}</span>}</> },
					{ key: 'target', title: t('import.target'), render: (column) => <Target column={column} options={options} say={(next) => say(saying(said, column.header, next))} /> },
					{ key: 'basis', title: t('import.basis'), isShort: true, render: ({ basis }) => <Tag color={COLOURS[basis]}>{t(`import.basis.${basis}`)}</Tag> },
				]}
			/>
		</Card>
	)
}
