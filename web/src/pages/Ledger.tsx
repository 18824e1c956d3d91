// The ledger: its newest signed checkpoint, and verifying any event of it here.
import { useQuery } from '@tanstack/react-query'
import { Card, Descriptions, InputNumber, Space, Typography } from 'antd'
import { useState } from 'react'
import { getText } from '../api/client'
import { useWords } from '../i18n'
import { parseCheckpoint } from '../lib/merkle'
import { toBase64 } from '../lib/merkle'
import { Loaded } from '../parts/Loaded'
import { PageHead } from '../parts/page'
import { useAddress } from '../parts/useAddress'
import { Verify } from '../parts/Verify'

/** The event that is asked for; the newest when none is. */
const NAMES = ['index'] as const

interface Ledger {
	note: string
	key: string
}

async function read(signal: AbortSignal): Promise<Ledger> {
	const [note, key] = await Promise.all([getText('/api/v1/ledger/checkpoint', signal), getText('/api/v1/ledger/key', signal)])
	return { note, key: key.trim() }
}

function Check({ size }: { size: number }) {
	const t = useWords()
	const [asked] = useAddress(NAMES)
	const [index, setIndex] = useState<number | null>(/^\d{1,15}$/.test(asked.index ?? '') ? Math.min(Number(asked.index), size - 1) : size - 1)
	return (
		<Card title={t('ledger.check')}>
			<label htmlFor="event">{t('ledger.index', { max: size - 1 })}</label>
			<br />
			<Space style={{ marginTop: 8 }}>
				<InputNumber id="event" min={0} max={size - 1} precision={0} value={index} onChange={setIndex} style={{ width: 180 }} />
				{index !== null && <Verify index={index} size="middle" key={index} />}
			</Space>
		</Card>
	)
}

export default function LedgerPage() {
	const t = useWords()
	const query = useQuery({ queryKey: ['ledger'], queryFn: ({ signal }) => read(signal) })
	return (
		<>
			<PageHead title={t('ledger.title')}>
				<span className="muted">{t('ledger.why')}</span>
			</PageHead>
			<Loaded query={query}>
				{({ note, key }) => {
					const checkpoint = parseCheckpoint(note)
					const items = [
						{ key: 'origin', label: t('ledger.origin'), children: checkpoint.origin },
						{ key: 'size', label: t('ledger.size'), children: checkpoint.size.toLocaleString() },
						{ key: 'root', label: t('ledger.root'), children: <span className="mono">{toBase64(checkpoint.root)}</span> },
						{
							key: 'key',
							label: t('ledger.key'),
							children: (
								<>
									<Typography.Text className="mono" copyable={{ text: key, tooltips: false }}>
										{key}
									</Typography.Text>
									<div className="muted">{t('ledger.key.why')}</div>
								</>
							),
						},
					]
					return (
						<Space orientation="vertical" size={16} style={{ width: '100%' }}>
							<Card>
								<Descriptions column={1} items={items} size="small" bordered />
							</Card>
							<Check size={checkpoint.size} />
							<Card title={t('ledger.note')} size="small">
								<pre className="mono" style={{ margin: 0, whiteSpace: 'pre-wrap' }}>
									{note}
								</pre>
							</Card>
						</Space>
					)
				}}
			</Loaded>
		</>
	)
}
