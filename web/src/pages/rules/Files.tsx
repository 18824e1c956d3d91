// Texts of rules from files, each a head and a text: what each would do, what is wrong in which line, and then all of them or none.
import { UploadOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Drawer, Grid, Result, Space, Upload } from 'antd'
import { useState } from 'react'
import { post, type Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { ActKey } from '../../lib/key'
import { Refusal } from '../../parts/Loaded'
import { useProof } from '../../parts/Proof'
import { useRecorded } from '../../parts/recorded'
import { Rows, type Column } from '../../parts/Rows'
import { Verify } from '../../parts/Verify'

type Entry = Schema['rule_entry']

export function RuleFiles({ close }: { close: () => void }) {
	const { t, language } = useLanguage()
	const wide = Grid.useBreakpoint().md ?? true
	const [open, setOpen] = useState(true)
	const [key] = useState(() => new ActKey())
	const proof = useProof()
	const recorded = useRecorded()
	const look = useMutation({
		mutationFn: async (picked: readonly File[]) => {
			const files = await Promise.all(picked.map(async (file) => ({ name: file.name, text: await file.text() })))
			return { files, preview: await post('/api/v1/rules/files/preview', { body: { files } }) }
		},
	})
	const send = useMutation({
		mutationFn: ({ files, preview }: NonNullable<typeof look.data>) => proof(() => post('/api/v1/rules/files', { key: key.of(preview.digest), body: { files, digest: preview.digest } })),
		onSuccess: recorded,
	})
	const columns: Column<Entry>[] = [
		{ key: 'name', title: t('rules.files.file'), render: ({ name }) => name },
		{ key: 'does', title: t('rules.files.does'), isShort: true, render: ({ does }) => t(`rules.files.${does}`) },
		{ key: 'code', title: t('rules.code'), isShort: true, render: ({ code }) => <span className="mono">{code}</span> },
		{ key: 'version', title: t('rules.version'), isShort: true, render: ({ version }) => version },
		{
			key: 'errors',
			title: t('rules.files.errors'),
			render: ({ errors }) =>
				errors.map(({ line, text, text_zh }, place) => (
					<div key={place} className="fault">
						{t('rules.files.line', { n: line })} {language === 'zh' ? text_zh : text}
					</div>
				)),
		},
	]
	const looked = look.data
	return (
		<Drawer open={open} onClose={() => setOpen(false)} afterOpenChange={(isOpen) => !isOpen && close()} size={wide ? 860 : '100%'} title={t('rules.files')} destroyOnHidden>
			{send.data ? (
				<Result
					status="success"
					className="done"
					title={t('rules.files.done', { n: send.data.recorded })}
					subTitle={send.data.index !== undefined && <Verify index={send.data.index} />}
					extra={
						<Button type="primary" onClick={() => setOpen(false)} autoFocus>
							{t('done.close')}
						</Button>
					}
				/>
			) : (
				<Space orientation="vertical" size={16} style={{ width: '100%' }}>
					<p className="muted flat">{t('rules.files.why')}</p>
					<Upload accept=".md" multiple showUploadList={false} beforeUpload={(file, all) => (file === all[all.length - 1] && look.mutate(all), false)}>
						<Button icon={<UploadOutlined aria-hidden />} loading={look.isPending}>
							{t('rules.files.choose')}
						</Button>
					</Upload>
					<Refusal error={look.error ?? send.error} />
					{looked && (
						<>
							{looked.preview.wrong > 0 && <Alert type="error" showIcon title={t('rules.files.isWrong', { n: looked.preview.wrong })} />}
							<Rows label={t('rules.files')} rows={looked.preview.files} columns={columns} keyOf={({ name }) => name} empty={t('state.empty')} />
							<Button type="primary" disabled={looked.preview.wrong > 0 || looked.preview.to_record === 0} loading={send.isPending} onClick={() => send.mutate(looked)}>
								{looked.preview.to_record === 0 && looked.preview.wrong === 0 ? t('rules.files.known') : t('rules.files.confirm', { n: looked.preview.to_record })}
							</Button>
						</>
					)}
				</Space>
			)}
		</Drawer>
	)
}
