// The procedure as a drawing, with the present state marked; drawn by the server from the definition that judges this matter.
import { useQuery } from '@tanstack/react-query'
import { Card } from 'antd'
import { address, getText, type Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { Loaded } from '../../parts/Loaded'
import { Zoomable } from './Zoomable'

interface Props {
	definition: number
	/** The one to mark. */
	state?: string
	alt: string
}

export function Drawing({ definition, state, alt }: Props) {
	const { t, language } = useLanguage()
	const query = useQuery({
		queryKey: ['diagram', definition, state, language],
		queryFn: ({ signal }) => getText(address('/api/v1/procedures/{procedure}/diagram', { procedure: definition }, { state }), signal),
		staleTime: Infinity,
	})
	return (
		<Card title={t('matter.diagram')}>
			<Loaded query={query}>{(svg) => <Zoomable svg={svg} alt={alt} />}</Loaded>
		</Card>
	)
}

export function Diagram({ matter }: { matter: Schema['matter'] }) {
	const { t } = useLanguage()
	return <Drawing definition={matter.definition} state={matter.state} alt={t('matter.diagram.alt', { state: matter.state_label })} />
}
