// A drawer beside the page in which one thing is done, from the choice over the form to its receipt.
import { ArrowLeftOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Drawer, Grid } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { get } from '../../../api/client'
import { useLanguage } from '../../../i18n'
import { actName, formOf, type Act, type Matter, type Receipt } from '../../../lib/act'
import { useProcedure } from '../../../parts/known'
import { focusFirst } from '../../../parts/form/focusFirst'
import { Loaded } from '../../../parts/Loaded'
import { ActForm } from './ActForm'
import { Choosing } from './Choosing'
import { Done } from './Done'

export function useMatter(id: number) {
	const { language } = useLanguage()
	return useQuery({ queryKey: ['matter', id, language], queryFn: ({ signal }) => get('/api/v1/matters/{matter}', { path: { matter: id }, signal }) })
}

interface Props {
	matter: number
	/** null: it is still to be chosen. */
	act: Act | null
	/** The duty that it is about, where one was chosen. */
	duty?: number
	close: () => void
	/** From a list: which matter it is must be told, and another act can be chosen. */
	choose?: (act: Act | null) => void
}

function Inside({ matter, act, duty, choose, done }: { matter: Matter; act: Act | null; duty?: number; choose?: (act: Act | null) => void; done: (receipt: Receipt) => void }) {
	const procedure = useProcedure(matter.definition)
	return (
		<Loaded query={procedure}>
			{(known) => (act ? <ActForm key={actName(act)} matter={matter} procedure={known} act={act} done={done} /> : <Choosing matter={matter} procedure={known} duty={duty} choose={choose ?? (() => undefined)} />)}
		</Loaded>
	)
}

export function ActDrawer({ matter: id, act, duty, close, choose }: Props) {
	const { t } = useLanguage()
	const wide = Grid.useBreakpoint().md ?? true
	const query = useMatter(id)
	const procedure = useProcedure(query.data?.definition)
	const [open, setOpen] = useState(true)
	const [receipt, setReceipt] = useState<Receipt>()
	const box = useRef<HTMLDivElement>(null)
	// What was read some time ago is read again first: a form on it would say that somebody else acted meanwhile.
	const isShown = useRef(false)
	const isOld = !isShown.current && query.isStale && query.isFetching
	isShown.current ||= !!query.data && !isOld
	const isReady = isShown.current && !!procedure.data
	// Its title stays when it is done and can't be done again.
	const titled = useRef('')
	titled.current = act ? ((query.data && formOf(act, query.data, t, procedure.data?.roles ?? [])?.title) ?? titled.current) : t('workbench.act')
	useEffect(() => {
		if (!isReady) return
		const timer = setTimeout(() => focusFirst(box.current), 50)
		return () => clearTimeout(timer)
	}, [isReady, act && actName(act)])
	return (
		<Drawer
			open={open}
			onClose={() => setOpen(false)}
			afterOpenChange={(isOpen) => (isOpen ? focusFirst(box.current) : close())}
			size={wide ? 600 : '100%'}
			title={titled.current}
			destroyOnHidden
			extra={
				choose &&
				act &&
				!receipt && (
					<Button type="text" icon={<ArrowLeftOutlined aria-hidden />} onClick={() => choose(null)}>
						{t('act.back')}
					</Button>
				)
			}
		>
			<div ref={box}>
				{choose && query.data && (
					<p className="muted" style={{ marginTop: 0 }}>
						{query.data.number} {query.data.title}
					</p>
				)}
				<Loaded query={isOld ? { ...query, data: undefined, isPending: true } : query}>{(matter) => (receipt ? <Done matter={matter} receipt={receipt} close={() => setOpen(false)} /> : <Inside matter={matter} act={act} duty={duty} choose={choose} done={setReceipt} />)}</Loaded>
			</div>
		</Drawer>
	)
}
