// Files that were shown: who showed them when, what they are, where else the same file was shown.
import { DownloadOutlined, EyeOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { App, Button, Card, Space, Tag } from 'antd'
import { Link } from 'wouter'
import { Problem } from '../../api/problem'
import type { Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { Altered, fetchFile, mediaOf, versionsOf } from '../../lib/file'
import { eventsWhere } from '../../lib/history'
import { printQuery } from '../../lib/matterQuery'
import { showInstant, showSize } from '../../parts/format'
import { saveFile } from '../../parts/saveFile'
import { Verify } from '../../parts/Verify'

type Matter = Schema['matter']
type File = Schema['evidence']

function useFile(file: Pick<File, 'hash' | 'name'>) {
	const { t, language } = useLanguage()
	const { message } = App.useApp()
	return useMutation({
		mutationFn: async (use: (bytes: Blob) => void) => use(await fetchFile(file.hash, file.name)),
		onError: (error) => void message.error(error instanceof Altered ? t('evidence.altered') : (error instanceof Problem && error.say(language)) || t('state.offline')),
	})
}

/** In a tab of its own, which is opened at the click: later a browser wouldn't allow it. */
function show(fetching: ReturnType<typeof useFile>) {
	const tab = window.open('', '_blank')
	if (!tab) return
	tab.opener = null
	fetching.mutate((bytes) => tab.location.replace(URL.createObjectURL(bytes)), { onError: () => tab.close() })
}

/** A file at the row that names it. */
export function FileLink({ hash, name }: { hash: string; name: string }) {
	const fetching = useFile({ hash, name })
	return (
		<Button type="link" size="small" loading={fetching.isPending} onClick={() => (mediaOf(name) ? show(fetching) : fetching.mutate((bytes) => saveFile(name, bytes)))}>
			{name}
		</Button>
	)
}

function FileItem({ file, event, version }: { file: File; event: Schema['event'] | undefined; version: number | undefined }) {
	const { t, language } = useLanguage()
	const fetching = useFile(file)
	return (
		<li>
			<div className="duty-head">
				<strong className="grow">
					{file.name} {version !== undefined && <Tag>{t('evidence.version', { n: version })}</Tag>}
				</strong>
				<span className="muted">{showSize(file.size)}</span>
				<Space size={4} wrap className="no-print">
					{mediaOf(file.name) && (
						<Button size="small" icon={<EyeOutlined aria-hidden />} disabled={fetching.isPending} onClick={() => show(fetching)}>
							{t('evidence.show')}
						</Button>
					)}
					<Button size="small" icon={<DownloadOutlined aria-hidden />} loading={fetching.isPending} onClick={() => fetching.mutate((bytes) => saveFile(file.name, bytes))}>
						{t('evidence.keep')}
					</Button>
					<Verify index={file.event} />
				</Space>
			</div>
			<div className="muted">{event && `${event.actor} · ${showInstant(event.time, language)} · ${event.headline}`}</div>
			<div className="mono muted">SHA-256 {file.hash}</div>
			{file.elsewhere && (
				<Link href={`/matters${printQuery({ q: file.elsewhere })}`}>
					<Tag color="orange">{t('matter.evidence.elsewhere', { number: file.elsewhere })}</Tag>
				</Link>
			)}
		</li>
	)
}

export function Evidence({ matter }: { matter: Matter }) {
	const { t, language } = useLanguage()
	const shown = useQuery({
		queryKey: ['history', matter.id, 'files', matter.version, language],
		queryFn: ({ signal }) => eventsWhere(matter.id, ({ evidence }) => !!evidence?.length, signal),
		enabled: matter.evidence.length > 0,
		placeholderData: (before) => before,
	})
	if (matter.evidence.length === 0) return null
	const versions = versionsOf(matter.evidence)
	return (
		<Card title={t('matter.evidence')}>
			<ul className="rows">
				{matter.evidence.map((file, i) => (
					<FileItem key={`${file.hash} ${file.event} ${file.name}`} file={file} version={versions[i]} event={shown.data?.find(({ event }) => event === file.event)} />
				))}
			</ul>
		</Card>
	)
}
