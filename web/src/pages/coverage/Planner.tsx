// Plans the rounds that are left of a term, and sets two plans side by side.
import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Card, Checkbox, Form, InputNumber, Space } from 'antd'
import { useState } from 'react'
import { post, type Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { movedBetween } from '../../lib/coverage'
import { showDay } from '../../parts/format'
import { Refusal } from '../../parts/Loaded'
import { Rows, type Column } from '../../parts/Rows'

type Plan = Schema['coverage_plan']
type Coverage = Schema['coverage']
const NUMBERS = ['rounds', 'teams', 'per_team', 'team_size', 'avoid_years', 'serve'] as const
type Limits = Partial<Record<(typeof NUMBERS)[number], number>> & { again?: boolean }

interface Props {
	coverage: Coverage
	kind?: string
}

function Verdict({ plan }: { plan: Plan }) {
	const { t } = useLanguage()
	const type = plan.verdict === 'planned' ? 'success' : plan.verdict === 'impossible' ? 'error' : 'warning'
	return (
		<Alert
			type={type}
			showIcon
			title={t(`plan.${plan.verdict}`)}
			description={
				plan.sentences?.length ? (
					<>
						{plan.least && <p>{t('plan.least')}</p>}
						<ul className="rows tight">
							{plan.sentences.map((sentence) => (
								<li key={sentence}>{sentence}</li>
							))}
						</ul>
					</>
				) : undefined
			}
		/>
	)
}

const FIGURES = ['units', 'covered', 'inspectors', 'rounds', 'per_team', 'load', 'load_least', 'served', 'share'] as const

function Compare({ plans }: { plans: Plan[] }) {
	const { t } = useLanguage()
	return (
		<div className="sideways">
			<table className="figure-table">
				<thead>
					<tr>
						<th scope="col">{t('plan.figures')}</th>
						{plans.map((_, place) => (
							<th scope="col" key={place} className="is-number">
								{t(place === 0 && plans.length > 1 ? 'plan.before' : 'plan.now')}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{FIGURES.filter((name) => plans.some((plan) => plan[name] !== undefined)).map((name) => (
						<tr key={name}>
							<th scope="row">{t(`plan.figure.${name}`)}</th>
							{plans.map((plan, place) => (
								<td key={place} className="is-number">
									{plan[name]}
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	)
}

function Teams({ plan, nameOf }: { plan: Plan; nameOf: (unit: string) => string }) {
	const { t, language } = useLanguage()
	const join = language === 'zh' ? '、' : ', '
	const columns: Column<Schema['coverage_team']>[] = [
		{ key: 'round', title: t('plan.round'), isShort: true, render: ({ round, team }) => t('plan.team', { round, team }) },
		{ key: 'begins', title: t('plan.begins'), isShort: true, render: ({ begins }) => showDay(begins, language) },
		{ key: 'units', title: t('institution.units'), render: ({ units }) => units.map(nameOf).join(join) },
		{ key: 'inspectors', title: t('plan.inspectors'), render: ({ inspectors }) => <span className="muted">{inspectors.join(join)}</span> },
	]
	return <Rows label={t('coverage.plan')} rows={plan.teams ?? []} columns={columns} keyOf={({ round, team }) => `${round} ${team}`} empty={t('plan.noTeams')} />
}

export function Planner({ coverage, kind }: Props) {
	const { t, language } = useLanguage()
	const [plans, setPlans] = useState<Plan[]>([])
	const names = new Map(coverage.units.map(({ code, name }) => [code, name]))
	const nameOf = (unit: string) => names.get(unit) ?? unit
	const make = useMutation({
		mutationFn: (limits: Limits) => post('/api/v1/coverage/plan', { body: { ...limits, from: coverage.from, to: coverage.to, kind } }),
		onSuccess: (plan) => setPlans((before) => [...before.slice(-1), plan]),
	})
	const latest = plans.at(-1)
	const moved = plans.length === 2 && plans.every(({ verdict }) => verdict === 'planned') ? movedBetween(plans[0]!, plans[1]!) : null
	const round = (n: number | undefined) => (n === undefined ? t('plan.notIn') : t('plan.inRound', { n }))
	return (
		<Space orientation="vertical" size={16} style={{ width: '100%' }}>
			<Form<Limits> layout="vertical" className="plan-form no-print" onFinish={(limits) => make.mutate(Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined && value !== null)))}>
				{NUMBERS.map((name) => (
					<Form.Item key={name} name={name} label={t(`plan.${name}`)}>
						<InputNumber min={name === 'team_size' || name === 'avoid_years' ? 0 : 1} precision={0} placeholder={t(`plan.${name}.usual`)} style={{ width: '100%' }} />
					</Form.Item>
				))}
				<Form.Item name="again" valuePropName="checked" label={t('plan.again')}>
					<Checkbox>{t('plan.again.yes')}</Checkbox>
				</Form.Item>
				<Button type="primary" htmlType="submit" loading={make.isPending}>
					{t('plan.make')}
				</Button>
			</Form>
			<Refusal error={make.error} />
			{latest && (
				<>
					<Verdict plan={latest} />
					<Card size="small" title={t(plans.length > 1 ? 'plan.compare' : 'plan.figures')}>
						<Compare plans={plans} />
						{moved && <p>{moved.length === 0 ? t('plan.same') : t('plan.moved', { n: moved.length })}</p>}
						{!!moved?.length && (
							<ul className="rows tight">
								{moved.map(({ unit, before, after }) => (
									<li key={unit}>
										{nameOf(unit)} <span className="muted">{`${round(before)} → ${round(after)}`}</span>
									</li>
								))}
							</ul>
						)}
					</Card>
					{latest.verdict === 'planned' && <Teams plan={latest} nameOf={nameOf} />}
					<p className="muted" lang={language}>
						{t('plan.note')}
					</p>
				</>
			)}
		</Space>
	)
}
