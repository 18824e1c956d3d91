// One matter: the heart. What is owed stands first, then what I can do; the rest explains it.
import { Space } from 'antd'
import type { Schema } from '../api/client'
import { actName, type Act } from '../lib/act'
import { Loaded } from '../parts/Loaded'
import { CheckInCard } from './matter/CheckInCard'
import { About, Handovers, Links, Packages, Parts, Requests } from './matter/About'
import { ActDrawer, useMatter } from './matter/act/ActDrawer'
import { useActing } from './matter/act/useActing'
import { Diagram } from './matter/Diagram'
import { Door } from './matter/Door'
import { Evidence } from './matter/Evidence'
import { Head } from './matter/Head'
import { History } from './matter/History'
import { Owed } from './matter/Owed'
import { Possible } from './matter/Possible'

function Whole({ matter, open }: { matter: Schema['matter']; open: (act: Act) => void }) {
	return (
		<>
			<Head matter={matter} />
			<div className="pair">
				<Space orientation="vertical" size={16} style={{ width: '100%' }}>
					<Owed matter={matter} open={open} />
					<Possible matter={matter} open={open} />
					<CheckInCard matter={matter} />
					<Requests matter={matter} open={open} />
					<Parts matter={matter} />
					<Evidence matter={matter} />
					<History id={matter.id} version={matter.version} />
				</Space>
				<Space orientation="vertical" size={16} style={{ width: '100%' }}>
					<About matter={matter} />
					<Links matter={matter} />
					<Packages matter={matter} />
					<Handovers matter={matter} />
					<Diagram matter={matter} />
				</Space>
			</div>
		</>
	)
}

export default function Matter({ id }: { id: number }) {
	const query = useMatter(id)
	const { act, open, close } = useActing()
	return (
		<Loaded query={query} rows={10}>
			{(matter) => (
				<>
					{matter.door ? <Door matter={matter} open={open} /> : <Whole matter={matter} open={open} />}
					{act && <ActDrawer key={actName(act)} matter={id} act={act} close={close} />}
				</>
			)}
		</Loaded>
	)
}
