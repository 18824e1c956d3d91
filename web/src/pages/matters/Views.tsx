// Lists that one keeps under a name: filters, order and columns. Which columns there are is chosen here too.
import { AppstoreOutlined, DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Divider, Form, Input, Modal, Popover } from 'antd'
import { useState } from 'react'
import { get, patch, post, remove, type Schema } from '../../api/client'
import { useWords } from '../../i18n'
import { COLUMNS, columnWord, knownColumns, type ColumnName } from '../../lib/columns'
import { printQuery, readQuery, type MatterQuery } from '../../lib/matterQuery'
import { Loaded, Refusal } from '../../parts/Loaded'

type View = Schema['view']

export interface Shown {
	query: MatterQuery
	columns: readonly ColumnName[]
}

/** What a view asks for, read like an address: what isn't known any more is left out. */
const queryOf = (view: View) => readQuery(new URLSearchParams(Object.entries(view.query ?? {}).map(([name, value]) => [name, String(value)])))

function useViews() {
	return useQuery({ queryKey: ['views'], queryFn: async ({ signal }) => (await get('/api/v1/me/views', { signal })).views.filter(({ list }) => list === 'matters') })
}

/** A name for the present list (`view` undefined), or another one for a view. */
function Naming({ view, shown, close }: { view?: View; shown: Shown; close: () => void }) {
	const t = useWords()
	const client = useQueryClient()
	const keep = useMutation({
		mutationFn: ({ name }: { name: string }): Promise<unknown> => {
			if (view) return patch('/api/v1/me/views/{view}', { path: { view: view.name }, body: { name: name.trim() } })
			const query = Object.fromEntries(Object.entries(shown.query).filter(([, value]) => value !== undefined && value !== ''))
			return post('/api/v1/me/views', { body: { name: name.trim(), list: 'matters', query, columns: [...shown.columns] } })
		},
		onSuccess: () => client.invalidateQueries({ queryKey: ['views'] }).then(close),
	})
	return (
		<Modal open title={t(view ? 'views.rename' : 'views.keep')} footer={null} onCancel={close} destroyOnHidden width={420}>
			<Form layout="vertical" requiredMark={false} initialValues={{ name: view?.name }} onFinish={(fields: { name: string }) => keep.mutate(fields)}>
				<Refusal error={keep.error} />
				<Form.Item name="name" label={t('views.name')} extra={view ? undefined : t('views.same')} rules={[{ required: true, whitespace: true, message: t('form.required', { name: t('views.name') }) }]}>
					<Input maxLength={40} autoFocus />
				</Form.Item>
				<Button type="primary" htmlType="submit" block loading={keep.isPending}>
					{t('views.submit')}
				</Button>
			</Form>
		</Modal>
	)
}

function Row({ view, apply, rename }: { view: View; apply: () => void; rename: () => void }) {
	const t = useWords()
	const client = useQueryClient()
	const drop = useMutation({ mutationFn: () => remove('/api/v1/me/views/{view}', { path: { view: view.name } }), onSettled: () => client.invalidateQueries({ queryKey: ['views'] }) })
	return (
		<li className="duty-head">
			<Button type="link" className="grow view" onClick={apply}>
				{view.name}
			</Button>
			<Button type="text" size="small" icon={<EditOutlined aria-hidden />} aria-label={t('views.rename.of', { name: view.name })} onClick={rename} />
			<Button type="text" size="small" icon={<DeleteOutlined aria-hidden />} aria-label={t('views.drop', { name: view.name })} loading={drop.isPending} onClick={() => drop.mutate()} />
		</li>
	)
}

export function Views({ shown, apply, setColumns }: { shown: Shown; apply: (shown: Shown) => void; setColumns: (columns: ColumnName[]) => void }) {
	const t = useWords()
	const views = useViews()
	const [open, setOpen] = useState(false)
	const [naming, setNaming] = useState<{ view?: View }>()
	const name = (view?: View) => {
		setOpen(false)
		setNaming({ view })
	}
	const inside = (
		<div className="views">
			<Loaded query={views} rows={2} isEmpty={(list) => list.length === 0} empty={<span className="muted">{t('views.none')}</span>}>
				{(list) => (
					<ul className="rows">
						{list.map((view) => (
							<Row
								key={view.name}
								view={view}
								rename={() => name(view)}
								apply={() => {
									setOpen(false)
									apply({ query: queryOf(view), columns: knownColumns(view.columns) })
								}}
							/>
						))}
					</ul>
				)}
			</Loaded>
			<Button block icon={<PlusOutlined aria-hidden />} onClick={() => name()}>
				{t('views.keep')}
			</Button>
			<Divider plain>{t('views.columns')}</Divider>
			<Checkbox.Group
				className="columns"
				value={[...shown.columns]}
				onChange={(names) => setColumns(COLUMNS.filter((column) => names.includes(column)))}
				options={COLUMNS.map((column) => ({ value: column, label: t(columnWord(column)), disabled: column === 'title' }))}
			/>
		</div>
	)
	return (
		<>
			<Popover open={open} onOpenChange={setOpen} trigger="click" placement="bottomLeft" content={inside}>
				<Button icon={<AppstoreOutlined aria-hidden />}>{t('views.title')}</Button>
			</Popover>
			{naming && <Naming view={naming.view} shown={{ ...shown, query: readQuery(new URLSearchParams(printQuery(shown.query))) }} close={() => setNaming(undefined)} />}
		</>
	)
}
