// Units, posts and people are chosen by typing part of a name: an institution has hundreds, and the server searches.
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { get } from '../api/client'
import { useLanguage } from '../i18n'
import { useSearch } from './useSearch'

export type Kind = 'unit' | 'post' | 'person'
interface Choice {
	value: string
	label: string
}

/** Units, posts or people by part of a name, or by their code. */
export async function findOrg(kind: Kind, q: string | undefined, signal?: AbortSignal): Promise<Choice[]> {
	const query = { q, limit: 50 }
	if (kind === 'unit') return (await get('/api/v1/units', { query, signal })).units.map(({ code, name }) => ({ value: code, label: name }))
	if (kind === 'post') return (await get('/api/v1/posts', { query, signal })).posts.map(({ code, name, holder_name }) => ({ value: code, label: holder_name ? `${name} (${holder_name})` : name }))
	return (await get('/api/v1/people', { query, signal })).people.map(({ code, name, posts }) => ({ value: code, label: posts[0] ? `${name} (${posts[0].name})` : name }))
}

interface Props<V> {
	kind: Kind
	id?: string
	value?: V
	onChange?: (value: V | undefined) => void
	multiple?: boolean
	placeholder?: string
	width?: number | string
	/** What the value it begins with is called, where that is an id or ids of rows and no code. */
	known?: string
	'aria-label'?: string
}

type One = string | number

/** Ids beside their names out of "A、B". */
function pairsOf(chosen: readonly One[], known: string | undefined): { value: One; label: string }[] {
	const names = chosen.length > 1 ? (known ?? '').split(/、|, /) : [known ?? '']
	return chosen.flatMap((value, i) => (typeof value === 'number' ? [{ value, label: names[i] || String(value) }] : []))
}

export function OrgSelect<V extends One | One[]>({ kind, value, onChange, multiple, placeholder, width = '100%', known, ...rest }: Props<V>) {
	const { t, language } = useLanguage()
	const [typed, setTyped] = useState('')
	const { found, isSearching } = useSearch(kind, typed, (q, signal) => findOrg(kind, q, signal))
	// What is chosen keeps its name although the search goes elsewhere.
	const chosen = (value === undefined ? [] : Array.isArray(value) ? value : [value]) as One[]
	const [ids] = useState(() => pairsOf(chosen, known))
	const codes = chosen.filter((each) => typeof each === 'string')
	const named = useQuery({
		queryKey: ['named', kind, codes, language],
		enabled: codes.length > 0,
		queryFn: async ({ signal }) => (await Promise.all(codes.map((code) => findOrg(kind, code, signal)))).flat().filter((choice) => codes.includes(choice.value)),
	})
	const options: { value: One; label: string }[] = [...found]
	for (const choice of [...(named.data ?? []), ...ids]) if (chosen.includes(choice.value) && !options.some(({ value: code }) => code === choice.value)) options.unshift(choice)
	return (
		<Select<V>
			// Where no form gives it a label, what it asks for is one.
			aria-label={rest.id === undefined ? placeholder : undefined}
			{...rest}
			value={value}
			onChange={(next) => onChange?.(next)}
			mode={multiple ? 'multiple' : undefined}
			options={options}
			loading={isSearching}
			notFoundContent={isSearching ? t('state.loading') : undefined}
			showSearch={{ filterOption: false, onSearch: setTyped }}
			allowClear
			placeholder={placeholder ?? t('form.search')}
			style={{ width }}
		/>
	)
}
