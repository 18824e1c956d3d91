// The filters above the list of matters. What is chosen at once applies; a search applies on Enter or its button.
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, DatePicker, Input, Select, Space } from 'antd'
import dayjs from 'dayjs'
import { get } from '../api/client'
import { useLanguage } from '../i18n'
import { GRASPS, printQuery, SORTS, STANDINGS, type MatterQuery, type Standing } from '../lib/matterQuery'
import { LampMark, LAMPS } from './Lamp'
import { OrgSelect } from './OrgSelect'

interface Props {
	query: MatterQuery
	setQuery: (query: MatterQuery) => void
}

export function useProcedures() {
	const { language } = useLanguage()
	return useQuery({ queryKey: ['procedures', language], queryFn: ({ signal }) => get('/api/v1/procedures', { signal }), staleTime: 300_000 })
}

/** What a procedure is called, by its name. */
export function useTitleOf() {
	const procedures = useProcedures().data?.procedures
	return (name: string) => procedures?.find((each) => each.name === name)?.title ?? name
}

export function Filters({ query, setQuery }: Props) {
	const { t } = useLanguage()
	const procedures = useProcedures()
	const set = (change: Partial<MatterQuery>) => setQuery({ ...query, ...change })
	const isFiltered = printQuery({ ...query, sort: undefined }) !== ''
	return (
		<Space wrap size={[8, 8]} className="filters no-print">
			<Input.Search key={query.q ?? ''} allowClear defaultValue={query.q} placeholder={t('matters.search')} aria-label={t('matters.search')} maxLength={100} onSearch={(q) => set({ q: q.trim() || undefined })} style={{ width: 220 }} />
			<Select
				allowClear
				aria-label={t('matters.lamp')}
				placeholder={t('matters.lamp')}
				value={query.lamp}
				onChange={(lamp) => set({ lamp })}
				style={{ width: 110 }}
				options={LAMPS.map((colour) => ({
					value: colour,
					label: (
						<Space size={6}>
							<LampMark colour={colour} />
							{t(`lamp.${colour}`)}
						</Space>
					),
				}))}
			/>
			<Select
				allowClear
				showSearch={{ optionFilterProp: 'label' }}
				aria-label={t('matters.procedure')}
				placeholder={t('matters.procedure')}
				value={query.procedure}
				onChange={(procedure) => set({ procedure, state: undefined })}
				style={{ width: 180 }}
				loading={procedures.isPending}
				options={procedures.data?.procedures.map(({ name, title }) => ({ value: name, label: title }))}
			/>
			<Select allowClear aria-label={t('matters.grasp')} placeholder={t('matters.grasp')} value={query.grasp} onChange={(grasp) => set({ grasp })} style={{ width: 130 }} options={GRASPS.map((grasp) => ({ value: grasp, label: t(`grasp.${grasp}`) }))} />
			<OrgSelect<string> kind="unit" aria-label={t('matters.unit')} value={query.unit} onChange={(unit) => set({ unit })} placeholder={t('matters.unit')} width={180} />
			<DatePicker aria-label={t('matters.dueBefore')} placeholder={t('matters.dueBefore')} value={query.due_before ? dayjs(query.due_before) : null} onChange={(day) => set({ due_before: day?.format('YYYY-MM-DD') })} />
			<Select aria-label={t('matters.sort')} value={query.sort ?? '-id'} onChange={(sort) => set({ sort: sort === '-id' ? undefined : sort })} style={{ width: 170 }} options={SORTS.map((sort) => ({ value: sort, label: t(`matters.sort.${sort}`) }))} />
			<Select<Standing>
				allowClear
				aria-label={t('matters.standing')}
				placeholder={t('matters.standing')}
				value={query.standing ?? (query.open ? 'open' : undefined)}
				onChange={(standing?: Standing) => set({ standing, open: undefined })}
				style={{ width: 130 }}
				options={STANDINGS.map((each) => ({ value: each, label: t(`matters.standing.${each}`) }))}
			/>
			<Checkbox checked={query.followed ?? false} onChange={({ target }) => set({ followed: target.checked || undefined })}>
				{t('matters.followed')}
			</Checkbox>
			{isFiltered && (
				<Button type="link" onClick={() => setQuery({ sort: query.sort })}>
					{t('matters.clear')}
				</Button>
			)}
		</Space>
	)
}
