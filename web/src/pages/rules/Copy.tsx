// An attested copy: the text of one version with what proves it, to print or to keep as a file.
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, Space } from 'antd'
import { get, type Schema } from '../../api/client'
import { Problem } from '../../api/problem'
import { useLanguage } from '../../i18n'
import { toHex } from '../../lib/merkle'
import { Loaded } from '../../parts/Loaded'
import { saveFile } from '../../parts/saveFile'
import { showDay, showInstant } from '../../parts/format'
import { Verify } from '../../parts/Verify'
import { Text } from './Text'

type Rule = Schema['rule']

async function hashOf(text: string): Promise<string> {
	return crypto.subtle ? toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))) : ''
}

function Proof({ index, hash, receipt }: { index: number; hash: string; receipt: string }) {
	const { t } = useLanguage()
	return (
		<Card title={t('rules.record')}>
			<p>{t('rules.copy.why')}</p>
			<dl className="rule-proof">
				<dt>{t('rules.copy.event')}</dt>
				<dd className="mono">{index}</dd>
				{hash && <dt>{t('rules.copy.hash')}</dt>}
				{hash && <dd className="mono">{hash}</dd>}
				<dt>{t('rules.copy.receipt')}</dt>
				<dd>
					<pre className="mono rule-receipt">{receipt}</pre>
				</dd>
			</dl>
		</Card>
	)
}

export function Copy({ rule }: { rule: Rule }) {
	const { t, language } = useLanguage()
	const version = rule.history[rule.version - 1]!
	const query = useQuery({
		queryKey: ['rule', rule.rule, 'copy', rule.version],
		queryFn: async ({ signal }) => {
			const copy = await get('/api/v1/rules/{rule}/copy', { path: { rule: rule.rule }, query: { version: rule.version }, signal })
			return { copy, hash: await hashOf(copy.text) }
		},
		retry: false,
		refetchOnWindowFocus: false,
	})
	if (query.error instanceof Problem && query.error.status === 422) return <Alert type="info" showIcon title={t('rules.copy.pending')} />
	return (
		<Loaded query={query} rows={8}>
			{({ copy, hash }) => (
				<Space orientation="vertical" size={16} style={{ width: '100%' }}>
					<Space wrap className="no-print">
						<Button type="primary" onClick={() => print()}>
							{t('rules.copy.print')}
						</Button>
						<Button onClick={() => saveFile(`${rule.code}-${rule.version}.json`, new Blob([JSON.stringify(copy)], { type: 'application/json' }))}>{t('rules.copy.save')}</Button>
						<Verify index={version.index} size="middle" />
					</Space>
					<Card>
						<p className="muted">
							{t('rules.text.of', { n: rule.version, from: showDay(version.from, language) })} · {t('rules.recorded')} {showInstant(version.recorded, language)}
						</p>
						<Text parts={rule.parts} />
					</Card>
					<Proof index={version.index} hash={hash} receipt={copy.receipt} />
				</Space>
			)}
		</Loaded>
	)
}
