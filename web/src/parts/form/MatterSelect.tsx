// Another matter, found by words of its number or title.
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { get } from '../../api/client'
import { useLanguage } from '../../i18n'
import { useSettled } from '../OrgSelect'

interface Props {
	id?: string
	value?: number
	onChange?: (value: number | undefined) => void
	/** What is known of a value before anything was searched. */
	known?: string
}

export function MatterSelect({ value, onChange, known, ...rest }: Props) {
	const { t, language } = useLanguage()
	const [typed, setTyped] = useState('')
	const [chosen, setChosen] = useState<{ value: number; label: string }>()
	const q = useSettled(typed.trim(), 250)
	const query = useQuery({
		queryKey: ['find', 'matter', q, language],
		queryFn: async ({ signal }) => (await get('/api/v1/matters', { query: { q: q || undefined, limit: 20 }, signal })).matters.map(({ id, number, title }) => ({ value: id, label: `${number} ${title}` })),
		placeholderData: (before) => before,
	})
	const options = [...(query.data ?? [])]
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
			loading={query.isFetching}
			showSearch={{ filterOption: false, onSearch: setTyped }}
			allowClear
			placeholder={t('form.matter')}
		/>
	)
}
