// A drawer beside the page in which one thing is done, from the form to its receipt.
import { useQuery } from '@tanstack/react-query'
import { Drawer, Grid } from 'antd'
import { useRef, useState } from 'react'
import { get } from '../../../api/client'
import { useLanguage } from '../../../i18n'
import { actName, formOf, type Act, type Matter, type Receipt } from '../../../lib/act'
import { useProcedure } from '../../../parts/known'
import { Loaded } from '../../../parts/Loaded'
import { ActForm } from './ActForm'
import { Done } from './Done'

export function useMatter(id: number) {
	const { language } = useLanguage()
	return useQuery({ queryKey: ['matter', id, language], queryFn: ({ signal }) => get('/api/v1/matters/{matter}', { path: { matter: id }, signal }) })
}

function Doing({ matter, act, done }: { matter: Matter; act: Act; done: (receipt: Receipt) => void }) {
	const procedure = useProcedure(matter.definition)
	return <Loaded query={procedure}>{(known) => <ActForm matter={matter} procedure={known} act={act} done={done} />}</Loaded>
}

interface Props {
	matter: number
	act: Act
	close: () => void
	/** Shows which matter it is: where the page doesn't. */
	isElsewhere?: boolean
}

export function ActDrawer({ matter: id, act, close, isElsewhere }: Props) {
	const { t } = useLanguage()
	const wide = Grid.useBreakpoint().md ?? true
	const query = useMatter(id)
	const procedure = useProcedure(query.data?.definition)
	const [open, setOpen] = useState(true)
	const [receipt, setReceipt] = useState<Receipt>()
	const box = useRef<HTMLDivElement>(null)
	// Its title stays when it is done and can't be done again.
	const titled = useRef('')
	titled.current = (query.data && formOf(act, query.data, t, procedure.data?.roles ?? [])?.title) ?? titled.current
	const focus = () => box.current?.querySelector<HTMLElement>('input:not([type=file]):not([hidden]), textarea, button[type=submit]')?.focus()
	return (
		<Drawer open={open} onClose={() => setOpen(false)} afterOpenChange={(isOpen) => (isOpen ? focus() : close())} size={wide ? 600 : '100%'} title={titled.current} destroyOnHidden>
			<div ref={box}>
				{isElsewhere && query.data && (
					<p className="muted" style={{ marginTop: 0 }}>
						{query.data.number} {query.data.title}
					</p>
				)}
				<Loaded query={query}>{(matter) => (receipt ? <Done matter={matter} receipt={receipt} close={() => setOpen(false)} /> : <Doing key={actName(act)} matter={matter} act={act} done={setReceipt} />)}</Loaded>
			</div>
		</Drawer>
	)
}
