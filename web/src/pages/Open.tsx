// Opening a matter: choose the procedure, fill in, see what will be owed. A part of another matter is opened in the same way.
import { Link } from 'wouter'
import { useWords } from '../i18n'
import { useProcedure } from '../parts/known'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { useMatter } from './matter/act/ActDrawer'
import { Choose } from './open/Choose'
import { Opening } from './open/Opening'

export default function Open() {
	const t = useWords()
	return (
		<>
			<PageHead title={t('open.title')} />
			<Choose />
		</>
	)
}

export function OpenOne({ name }: { name: string }) {
	const t = useWords()
	const query = useProcedure(name)
	return (
		<Loaded query={query} rows={8}>
			{(procedure) => (
				<>
					<PageHead title={t('open.of', { name: procedure.title })}>
						<Link href="/open">{t('open.other')}</Link>
					</PageHead>
					<Opening procedure={procedure} isWeighted={false} />
				</>
			)}
		</Loaded>
	)
}

export function OpenPart({ parent: id }: { parent: number }) {
	const t = useWords()
	const parent = useMatter(id)
	const whole = useProcedure(parent.data?.definition)
	const part = useProcedure(parent.data?.parts_of)
	return (
		<Loaded query={parent} rows={8}>
			{(matter) => (
				<>
					<PageHead title={t('open.part')}>
						<Link href={`/matters/${id}`}>
							{matter.number} {matter.title}
						</Link>
					</PageHead>
					<Loaded query={part}>{(procedure) => <Opening procedure={procedure} parent={matter} isWeighted={whole.data?.weighted ?? false} />}</Loaded>
				</>
			)}
		</Loaded>
	)
}
