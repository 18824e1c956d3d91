// What the file would do, looked at as often as it takes; nothing is written until it is confirmed.
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Spin } from 'antd'
import { useState } from 'react'
import { post } from '../../api/client'
import { Problem } from '../../api/problem'
import { useLanguage } from '../../i18n'
import { bodyOf, type Asked, type Kind, type Said, type TableFile } from '../../lib/import'
import { ActKey } from '../../lib/key'
import { Loaded, Refusal } from '../../parts/Loaded'
import { useProof } from '../../parts/Proof'
import { useRecorded } from '../../parts/recorded'
import { Columns } from './Columns'
import { Confirm } from './Confirm'
import { Faults } from './Faults'
import { Recorded } from './Recorded'
import { Lines, SHOWN } from './Lines'

interface Props {
	file: TableFile
	kind: Kind
	/** Whose matters its rows are. */
	procedure: string | undefined
	said: readonly Said[]
	say: (said: Said[]) => void
	another: () => void
}

type Body = ReturnType<typeof bodyOf>

function usePreview(file: string, body: Body, skip: number) {
	const { language } = useLanguage()
	return useQuery({
		queryKey: ['import', file, body, skip, language],
		queryFn: ({ signal }) => post('/api/v1/imports/{file}/preview', { path: { file }, body: { ...body, skip, limit: SHOWN }, signal }),
		placeholderData: keepPreviousData,
		// It costs as much as sending a file, and what has changed by then the commit finds.
		staleTime: 60_000,
		refetchOnWindowFocus: false,
	})
}

function useCommit(file: string, body: Body, changed: () => unknown) {
	const withProof = useProof()
	const recorded = useRecorded()
	const [key] = useState(() => new ActKey())
	return useMutation({
		mutationFn: (digest: string) => {
			const content = { ...body, digest }
			return withProof(() => post('/api/v1/imports/{file}/commit', { path: { file }, body: content, key: key.of({ file, content }) }))
		},
		onSuccess: recorded,
		onError: (error) => error instanceof Problem && error.status === 409 && changed(),
	})
}

/** What is no table, or not for who asks, is said where the rows would be. */
const isRefused = (error: Error | null) => error instanceof Problem && error.status >= 400 && error.status < 500 && error.code !== 'step_up'

export function Looked({ file, kind, procedure, said, say, another }: Props) {
	const [given, setGiven] = useState<Pick<Asked, 'sheet' | 'forget' | 'lines'>>({ forget: false })
	const [skip, setSkip] = useState(0)
	const body = bodyOf({ kind, procedure, said, ...given })
	const preview = usePreview(file.file, body, skip)
	const commit = useCommit(file.file, body, preview.refetch)
	const change = (act: () => void) => {
		setSkip(0)
		commit.reset()
		act()
	}
	if (commit.data) return <Recorded done={commit.data} rows={preview.data?.shown ?? []} kind={kind} procedure={procedure} another={another} />
	if (isRefused(preview.error)) return <Refusal error={preview.error} />
	return (
		<Loaded query={preview} rows={8}>
			{(seen) => (
				<Spin spinning={preview.isPlaceholderData}>
					<div className="steps">
						{/* A form says what its lines are; of a table somebody may know better. */}
						{kind !== 'lrmx' && <Columns preview={seen} said={said} forget={given.forget} say={(next) => change(() => say(next))} change={(next) => change(() => setGiven({ ...given, ...next }))} />}
						<Faults file={file.name} preview={seen} />
						<Lines preview={seen} procedure={procedure} skip={skip} go={setSkip} chosen={kind === 'lrmx' ? (given.lines ?? seen.shown.map(({ line }) => line)) : undefined} choose={(lines) => change(() => setGiven({ ...given, lines }))} />
						<Confirm preview={seen} error={commit.error} isPending={commit.isPending || preview.isFetching} confirm={() => commit.mutate(seen.digest)} />
					</div>
				</Spin>
			)}
		</Loaded>
	)
}
