// What went and came, with the matters, and the file again.
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Card } from 'antd'
import { Link } from 'wouter'
import { address, get, getBlob, type Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { showInstant } from '../../parts/format'
import { Loaded, Refusal } from '../../parts/Loaded'
import { useProof } from '../../parts/Proof'
import { Rows, type Column } from '../../parts/Rows'
import { saveFile } from '../../parts/saveFile'

type Package = Schema['package']

/** Hands the file of a package to the browser, once the person has proved who they are. */
export function useFetch() {
	const proof = useProof()
	return useMutation({
		mutationFn: async ({ id, name }: { id: number; name: string }) => saveFile(name, await proof(() => getBlob(address('/api/v1/packages/{package}/file', { package: id })))),
	})
}

export function Exchanged() {
	const { t, language } = useLanguage()
	const query = useQuery({ queryKey: ['packages', language], queryFn: ({ signal }) => get('/api/v1/packages', { signal }) })
	const fetch = useFetch()
	const columns: Column<Package>[] = [
		{ key: 'peer', title: t('levels.title'), isShort: true, render: ({ peer }) => peer.title },
		{ key: 'number', title: t('levels.number'), isShort: true, render: ({ number, taken }) => `${t(taken ? 'levels.came' : 'levels.went')} ${number}` },
		{
			key: 'items',
			title: t('levels.holds'),
			render: ({ items }) => (
				<ul className="rows">
					{items.map((item, i) => (
						<li key={i}>{item.matter ? <Link href={`/matters/${item.matter}`}>{item.title}</Link> : item.title}</li>
					))}
				</ul>
			),
		},
		{ key: 'time', title: t('levels.time'), isShort: true, render: ({ time, person }) => [showInstant(time, language), person].filter(Boolean).join(' · ') },
		{
			key: 'file',
			title: '',
			isShort: true,
			render: ({ id, peer, number }) => (
				<Button size="small" loading={fetch.isPending && fetch.variables.id === id} onClick={() => fetch.mutate({ id, name: `${peer.code}-${number}.package` })}>
					{t('levels.fetch')}
				</Button>
			),
		},
	]
	return (
		<Card title={t('levels.exchanged')}>
			<Refusal error={fetch.error} />
			<Loaded query={query} isEmpty={({ packages }) => packages.length === 0} empty={t('levels.exchanged.none')}>
				{({ packages }) => <Rows<Package> rows={packages} columns={columns} keyOf={({ id }) => id} empty={t('levels.exchanged.none')} label={t('levels.exchanged')} />}
			</Loaded>
		</Card>
	)
}
