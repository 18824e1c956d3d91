// Another matter, found by words of its number or title.
import { Select } from 'antd'
import { useState } from 'react'
import { get } from '../../api/client'
import { useLanguage } from '../../i18n'
import { useSearch } from '../useSearch'

interface Props {
	id?: string
	value?: number
	onChange?: (value: number | undefined) => void
	/** What is known of a value before anything was searched. */
	known?: string
}

export function MatterSelect({ value, onChange, known, ...rest }: Props) {
	const { t } = useLanguage()
	const [typed, setTyped] = useState('')
	const [chosen, setChosen] = useState<{ value: number; label: string }>()
	const { found, isSearching } = useSearch('matter', typed, async (q, signal) => (await get('/api/v1/matters', { query: { q, limit: 20 }, signal })).matters.map(({ id, number, title }) => ({ value: id, label: `${number} ${title}` })))
	const options = [...found]
	const present = chosen?.value === value ? chosen : value !== undefined && known ? { value, label: known } : undefined
	if (present && !options.some((option) => option.value === present.value)) options.unshift(present)
	return (
		<Select<number>
			{...rest}
			value={value}
			onChange={(next, option) => {
				if (option && !Array.isArray(option)) setChosen({ value: next, label: String(option.label) })
				onChange?.(next)
			}}
			options={options}
			loading={isSearching}
			notFoundContent={isSearching ? t('state.loading') : undefined}
			showSearch={{ filterOption: false, onSearch: setTyped }}
			allowClear
			placeholder={t('form.matter')}
		/>
	)
}
