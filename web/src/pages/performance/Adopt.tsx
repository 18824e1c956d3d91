// A formula is adopted: its text, what it would have given on the record of last year, and then the day from which it is in force.
import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Drawer, Form, Grid, Input, Result, Space } from 'antd'
import { useState } from 'react'
import { get, post } from '../../api/client'
import { Problem } from '../../api/problem'
import { useLanguage } from '../../i18n'
import { ActKey } from '../../lib/key'
import { lastYear } from '../../lib/performance'
import { DayInput } from '../../parts/form/DayInput'
import { useToday } from '../../parts/known'
import { Refusal } from '../../parts/Loaded'
import { useProof } from '../../parts/Proof'
import { ReceiptLine } from '../../parts/ReceiptLine'
import { useRecorded } from '../../parts/recorded'
import { FormulaText } from './FormulaText'
import { Ranking } from './Ranking'

interface Props {
	/** Version to begin with. */
	start?: number
	close: () => void
}

/** Both on the same record; nothing beside it where no formula was in force yet. */
async function tryBoth(text: string, { from, to }: { from: string; to: string }) {
	const trial = await post('/api/v1/performance/what-if', { body: { text, from, to } })
	const before = await get('/api/v1/performance', { query: { from, to } }).catch((error: unknown) => {
		if (error instanceof Problem && error.status === 404) return { ...trial, units: [] }
		throw error
	})
	return { text, trial, before }
}

export function Adopt({ start, close }: Props) {
	const { t, language } = useLanguage()
	const wide = Grid.useBreakpoint().md ?? true
	const today = useToday()
	const [open, setOpen] = useState(true)
	const [text, setText] = useState('')
	const [file, setFile] = useState('performance.yaml')
	const [from, setFrom] = useState<string>()
	const [key] = useState(() => new ActKey())
	const proof = useProof()
	const recorded = useRecorded()
	const year = today ? lastYear(today) : undefined
	const look = useMutation({ mutationFn: (given: string) => tryBoth(given, year!) })
	const adopt = useMutation({
		mutationFn: () => {
			const body = { file, text, from }
			return proof(() => post('/api/v1/performance/formulas', { key: key.of(body), body }))
		},
		onSuccess: recorded,
	})
	const isTried = look.data?.text === text
	const faults = adopt.error instanceof Problem ? adopt.error.faultsOf(language) : []
	const faultOf = (name: string) => faults.find(({ place }) => place === name)?.text
	const isAtField = faults.length > 0 && faults.every(({ place }) => place === 'from' || place === 'file')
	return (
		<Drawer open={open} onClose={() => setOpen(false)} afterOpenChange={(isOpen) => !isOpen && close()} size={wide ? 960 : '100%'} title={t('performance.adopt')} destroyOnHidden>
			{adopt.data ? (
				<Result status="success" className="done" title={t('done.title')} subTitle={<ReceiptLine receipt={adopt.data} />} extra={<Button type="primary" onClick={() => setOpen(false)} autoFocus>{t('done.close')}</Button>} />
			) : (
				<Space orientation="vertical" size={16} style={{ width: '100%' }}>
					<p className="muted flat">{t('performance.adopt.why')}</p>
					<Refusal error={look.error} />
					<FormulaText
						text={text}
						setText={(given, name) => {
							setText(given)
							if (name) setFile(name)
						}}
						start={start}
					>
						<Button type="primary" disabled={!text.trim() || !year} loading={look.isPending} onClick={() => look.mutate(text)}>
							{t('performance.adopt.try')}
						</Button>
					</FormulaText>
					{look.data && !isTried && <Alert type="warning" showIcon title={t('performance.adopt.changed')} />}
					{look.data && isTried && year && (
						<>
							<h3 className="flat">{t('performance.adopt.year', { year: year.from.slice(0, 4) })}</h3>
							<Ranking performance={look.data.trial} asked={{}} before={look.data.before} />
							<Form layout="vertical" onFinish={() => adopt.mutate()}>
								{!isAtField && <Refusal error={adopt.error} />}
								<Form.Item label={t('performance.adopt.file')} htmlFor="formula-file" help={faultOf('file')} validateStatus={faultOf('file') && 'error'}>
									<Input id="formula-file" value={file} maxLength={100} onChange={({ target }) => setFile(target.value)} />
								</Form.Item>
								<Form.Item label={t('performance.adopt.from')} htmlFor="formula-from" help={faultOf('from')} validateStatus={faultOf('from') && 'error'} extra={t('performance.adopt.from.hint')}>
									<DayInput id="formula-from" value={from} onChange={setFrom} today={today} />
								</Form.Item>
								<Button type="primary" htmlType="submit" loading={adopt.isPending}>
									{t('performance.adopt.do')}
								</Button>
							</Form>
						</>
					)}
				</Space>
			)}
		</Drawer>
	)
}
