// Opening a vote: whom it is about, what is asked, and the list of codes, out of which come the groups and the root of the slips.
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Card, Form, InputNumber, Select, Space } from 'antd'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { get, post } from '../../api/client'
import { inBoth, useLanguage } from '../../i18n'
import { CHOICES, readCodes, REPORT, specOf, type Codes, type Written } from '../../lib/vote'
import { Loaded, Refusal } from '../../parts/Loaded'
import { OrgSelect } from '../../parts/OrgSelect'
import { PageHead } from '../../parts/page'
import { useProof } from '../../parts/Proof'
import { useRecorded } from '../../parts/recorded'
import { CodesInput } from './CodesInput'
import { LabelInput } from './LabelInput'

function Figure({ name, label, min, max, help }: { name: (string | number)[] | string; label: string; min: number; max: number; help?: string }) {
	const { t } = useLanguage()
	return (
		<Form.Item name={name} label={label} extra={help} rules={[{ required: true, message: t('form.required', { name: label }) }]}>
			<InputNumber min={min} max={max} style={{ width: '100%', maxWidth: 180 }} />
		</Form.Item>
	)
}

/** One who reports: their matter, and what stands of them on the ballot. */
function Subjects() {
	const { t, language } = useLanguage()
	const form = Form.useFormInstance<Written>()
	const query = useQuery({ queryKey: ['matters', 'of', REPORT, language], queryFn: ({ signal }) => get('/api/v1/matters', { query: { procedure: REPORT, open: true, limit: 200 }, signal }) })
	return (
		<Card title={t('ballots.subjects')}>
			<Loaded query={query} isEmpty={({ matters }) => matters.length === 0} empty={t('ballots.subjects.none')}>
				{({ matters }) => (
					<Form.List name="subjects">
						{(items, { add, remove }) => (
							<>
								{items.map(({ key, name }) => (
									<div key={key} className="part">
										<Form.Item name={[name, 'matter']} label={t('ballots.matter')} rules={[{ required: true, message: t('form.required', { name: t('ballots.matter') }) }]}>
											<Select<number>
												options={matters.map(({ id, number, title, state_label }) => ({ value: id, label: `${number} ${title} · ${state_label}` }))}
												showSearch={{ optionFilterProp: 'label' }}
												onChange={(id) => form.setFieldValue(['subjects', name, 'label', 'zh'], matters.find((each) => each.id === id)?.title)}
											/>
										</Form.Item>
										<LabelInput name={[name, 'label']} label={t('ballots.subject')} />
										{items.length > 1 && <Button onClick={() => remove(name)}>{t('ballots.less')}</Button>}
									</div>
								))}
								<Button onClick={() => add({})}>{t('ballots.subject.more')}</Button>
							</>
						)}
					</Form.List>
				)}
			</Loaded>
		</Card>
	)
}

function Questions() {
	const { t } = useLanguage()
	return (
		<Card title={t('ballots.asked')}>
			<p className="muted">{t('ballots.asked.first')}</p>
			<Form.List name="questions">
				{(items, { add, remove }) => (
					<>
						{items.map(({ key, name }) => (
							<div key={key} className="part">
								<LabelInput name={[name]} label={t('hall.question')} />
								{items.length > 1 && <Button onClick={() => remove(name)}>{t('ballots.less')}</Button>}
							</div>
						))}
						<Button onClick={() => add({})}>{t('ballots.question.more')}</Button>
					</>
				)}
			</Form.List>
			<p className="muted">{t('ballots.choices.why')}</p>
			{CHOICES.map(({ name }, i) => (
				<div key={name} className="part numbered">
					<LabelInput name={['choices', i, 'label']} label={t('ballots.choice.name')} />
					<Figure name={['choices', i, 'points']} label={t('ballots.points')} min={0} max={100} />
				</div>
			))}
		</Card>
	)
}

function Groups({ codes }: { codes: Codes }) {
	const { t } = useLanguage()
	return codes.groups.map(({ name, codes: n }, i) => (
		<fieldset key={name} className="sheet">
			<legend>
				<strong>{name}</strong> <span className="muted">{t('ballots.group.codes', { n })}</span>
			</legend>
			<LabelInput name={['groups', i, 'label']} label={t('ballots.group')} />
			<div className="both">
				<Figure name={['groups', i, 'weight']} label={t('ballots.weight')} min={1} max={1000} />
				<Figure name={['groups', i, 'issued']} label={t('ballots.issued')} min={1} max={n} />
			</div>
		</fieldset>
	))
}

function Hall() {
	const { t } = useLanguage()
	return (
		<Card title={t('ballots.rules')}>
			<div className="both">
				<Figure name="entitled" label={t('ballots.entitled')} min={1} max={1_000_000} />
				<Figure name="present" label={t('ballots.present')} min={1} max={1_000_000} help={t('ballots.present.why')} />
				<Figure name="talk" label={t('ballots.talk')} min={0} max={100} />
				<Figure name="account" label={t('ballots.account')} min={0} max={100} />
				<Figure name="least" label={t('ballots.least')} min={5} max={5000} help={t('ballots.least.why')} />
			</div>
			<p className="muted">{t('ballots.makers.why')}</p>
			<div className="both">
				{[t('ballots.makers.first'), t('ballots.makers.second')].map((label, i) => (
					<Form.Item key={label} name={['makers', i]} label={label} rules={[{ required: true, message: t('form.required', { name: label }) }]}>
						<OrgSelect<string> kind="person" />
					</Form.Item>
				))}
			</div>
		</Card>
	)
}

export default function Opening() {
	const { t } = useLanguage()
	const [form] = Form.useForm<Written>()
	const [codes, setCodes] = useState<Codes | null>(null)
	const [, go] = useLocation()
	const proof = useProof()
	const recorded = useRecorded()
	const open = useMutation({
		mutationFn: (written: Written) => proof(() => post('/api/v1/ballots', { body: { spec: { ...specOf(written, codes!) }, codes: codes!.text } })),
		onSuccess: async ({ id }) => {
			await recorded()
			go(`/ballots/${id}`)
		},
	})
	const take = (text: string) => {
		const read = readCodes(text)
		setCodes(read)
		form.setFieldValue('groups', read?.groups.map(({ name, codes: issued }) => ({ label: { zh: name }, weight: 1, issued })))
		return read !== null
	}
	const first = {
		subjects: [{}],
		questions: [inBoth('ballots.first.question')],
		choices: CHOICES.map(({ name, points }) => ({ label: inBoth(`ballots.first.${name}`), points })),
		least: 8,
		talk: 70,
		account: 60,
	}
	return (
		<>
			<PageHead title={t('ballots.open')}>
				<Link href="/ballots">{t('ballots.all')}</Link>
			</PageHead>
			<Form<Written> form={form} layout="vertical" initialValues={first} scrollToFirstError={{ focus: true }} onFinish={(written) => open.mutate(written)}>
				<Space orientation="vertical" size={16} style={{ width: '100%' }}>
					<Card title={t('ballots.title')}>
						<LabelInput name={['title']} label={t('ballots.title')} />
					</Card>
					<Subjects />
					<Questions />
					<Card title={t('ballots.codes.list')}>
						<CodesInput codes={codes} take={take} />
						{codes && <Groups codes={codes} />}
					</Card>
					<Hall />
					<div>
						<Refusal error={open.error} />
						<Button type="primary" size="large" htmlType="submit" block disabled={codes === null} loading={open.isPending}>
							{t('ballots.open')}
						</Button>
						{codes === null && <p className="muted">{t('ballots.codes.needed')}</p>}
					</div>
				</Space>
			</Form>
		</>
	)
}
