// One matter: the heart. What is owed stands first, then what I can do; the rest explains it.
import { useQuery } from '@tanstack/react-query'
import { Space } from 'antd'
import { get } from '../api/client'
import { useLanguage } from '../i18n'
import { Loaded } from '../parts/Loaded'
import { About, Evidence, Handovers, Links, Parts, Requests } from './matter/About'
import { Diagram } from './matter/Diagram'
import { Head } from './matter/Head'
import { History } from './matter/History'
import { Owed } from './matter/Owed'
import { Possible } from './matter/Possible'

export default function Matter({ id }: { id: number }) {
	const { language } = useLanguage()
	const query = useQuery({ queryKey: ['matter', id, language], queryFn: ({ signal }) => get('/api/v1/matters/{matter}', { path: { matter: id }, signal }) })
	return (
		<Loaded query={query} rows={10}>
			{(matter) => (
				<>
					<Head matter={matter} />
					<div className="pair">
						<Space orientation="vertical" size={16} style={{ width: '100%' }}>
							<Owed matter={matter} />
							<Possible matter={matter} />
							<Requests matter={matter} />
							<Parts matter={matter} />
							<Evidence matter={matter} />
							<History id={id} version={matter.version} />
						</Space>
						<Space orientation="vertical" size={16} style={{ width: '100%' }}>
							<About matter={matter} />
							<Links matter={matter} />
							<Handovers matter={matter} />
							<Diagram matter={matter} />
						</Space>
					</div>
				</>
			)}
		</Loaded>
	)
}
