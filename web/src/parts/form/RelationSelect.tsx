// How another matter is related to this one: a word of the institution's, or any where it has none.
import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { get } from '../../api/client'
import { useLanguage } from '../../i18n'

interface Props {
	id?: string
	value?: string
	onChange?: (value: string | undefined) => void
}

export function RelationSelect({ value, onChange, ...rest }: Props) {
	const { language } = useLanguage()
	const query = useQuery({ queryKey: ['relations', language], queryFn: ({ signal }) => get('/api/v1/relations', { signal }) })
	const relations = query.data?.relations
	if (relations?.length === 0) return <Input {...rest} value={value} onChange={(event) => onChange?.(event.target.value)} maxLength={21} />
	return <Select<string> {...rest} value={value} onChange={onChange} loading={query.isLoading} options={relations?.map(({ name, label }) => ({ value: name, label }))} />
}
