// What people would rather look at than read.
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { get } from '../../api/client'
import { useLanguage } from '../../i18n'
import { lampFigures, matterList, mostPressing, progressFigures, untakenFigures } from '../../lib/figures'
import { Chart } from '../../parts/Chart'
import { Loaded } from '../../parts/Loaded'
import { rowQuery, useBoard, type By } from './BoardTable'

const SHOWN = 12

export function LampsBy({ by }: { by: By }) {
	const { t } = useLanguage()
	const query = useBoard(by)
	const title = t(`cockpit.lampsBy.${by}`)
	return (
		<Loaded query={query} rows={8}>
			{({ rows = [] }) => {
				const shown = mostPressing(rows, SHOWN)
				const figures = lampFigures(shown, { label: title, of: t(`cockpit.by.${by}`), lamp: (colour) => t(`lamp.${colour}`) }, (row) => rowQuery(by, row))
				const hidden = rows.filter(({ open }) => open > 0).length - shown.length
				return <Chart title={title} figures={figures} empty={t('cockpit.none')} note={hidden > 0 ? t('cockpit.hidden', { n: hidden }) : undefined} />
			}}
		</Loaded>
	)
}

export function useProgrammes() {
	const { language } = useLanguage()
	return useQuery({ queryKey: ['board', 'programme', language], queryFn: ({ signal }) => get('/api/v1/boards/{board}', { path: { board: 'programme' }, signal }) })
}

export function Programmes() {
	const { t } = useLanguage()
	const query = useProgrammes()
	return (
		<Loaded query={query} rows={8}>
			{({ programmes = [] }) => (
				<Chart
					title={t('cockpit.programmes')}
					figures={progressFigures(programmes, SHOWN, { label: t('cockpit.programmes'), of: t('cockpit.programme'), progress: t('cockpit.progress'), ended: t('cockpit.partsEnded') })}
					empty={t('cockpit.programmes.none')}
					extra={<Link href="/breakdown">{t('nav.breakdown')}</Link>}
				/>
			)}
		</Loaded>
	)
}

export function NotTakenUp() {
	const { t } = useLanguage()
	const query = useBoard('unit')
	return (
		<Loaded query={query} rows={8}>
			{({ rows = [] }) => (
				<Chart
					title={t('cockpit.untaken')}
					figures={untakenFigures(rows, SHOWN, { label: t('cockpit.untaken'), of: t('cockpit.by.unit'), count: t('cockpit.untaken.count') })}
					empty={t('cockpit.untaken.none')}
					extra={<Link href={matterList({ lamp: 'grey', open: true, sort: 'due' })}>{t('matter.parts.all')}</Link>}
				/>
			)}
		</Loaded>
	)
}
