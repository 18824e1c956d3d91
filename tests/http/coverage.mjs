// The full coverage of a term over HTTP: the same as the report and the planner of the shell say, to whom may know it.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bihuan, foreseen, get, inside, launch, problem, root, run, signIn } from './lib.mjs'

const folder = join(root, 'institutions/pengjiang-2019'), data = inside('data')
const tenures = readFileSync(join(folder, 'tenures.csv'), 'utf8').split('\n').map((line) => line.split(','))
const holder = (post, day) => tenures.find((row) => row[0] === post && row[2] <= day && (row[3] === '' || row[3] > day))[1]
const at = (day) => ['--now', `${day}T09:00`]
const office = holder('inspection-office-head', '2019-04-01'), team = holder('inspection-team-1-head', '2019-03-18'), outsider = holder('archives-head', '2019-04-01')
run('init', data, '--institution', folder, ...at('2018-12-31'))
run('account', data, 'samples', office, outsider, ...at('2018-12-31'))
run('import', data, 'matters', join(folder, 'matters/inspection.csv'), '--procedure', 'inspection', ...at('2019-02-18'))
run('act', data, '巡〔2019〕1号', 'announce', '--as', office, ...at('2019-02-19'))
run('act', data, '巡〔2019〕1号', 'enter', 'begin=2019-03-18', '--as', team, ...at('2019-03-18'))
const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', ...at('2019-04-11')])
after(() => server.stop())
const document = (await get(server, '/api/v1/openapi.json')).json
const planner = await signIn(server, office), other = await signIn(server, outsider)
const term = { from: '2016-10-01', to: '2021-09-30' }
async function coverage(who, query = '?from=2016-10-01&to=2021-09-30') {
	const reply = await who.get('/api/v1/coverage' + query)
	foreseen(document, '/api/v1/coverage', 'GET', reply)
	assert.equal(reply.status, 200, reply.body)
	return reply.json
}
async function plan(body) {
	const reply = await planner.post('/api/v1/coverage/plan', body)
	foreseen(document, '/api/v1/coverage/plan', 'POST', reply)
	return reply
}

test('who was covered is told unit by unit, what never was too', async () => {
	const found = await coverage(planner)
	assert.deepEqual([found.from, found.to], [term.from, term.to])
	const unit = found.units.find((one) => one.name === 'Human Resources and Social Security Bureau')
	assert.equal(unit.covered, 1)
	assert.deepEqual(unit.supervisions.map((one) => [one.supervision, one.years.map(({ year, times }) => [year, times]), one.last, one.number]),
		[['discipline', [], undefined, undefined], ['oversight', [], undefined, undefined], ['stationed', [], undefined, undefined], ['inspection', [[2019, 1]], '2019-03-18', '巡〔2019〕1号']])
	assert.ok(unit.supervisions[3].matter > 0)
	assert.deepEqual(found.sums.map((sum) => [sum.supervision, sum.covered, sum.units]), ['discipline', 'oversight', 'stationed', 'inspection'].map((one) => [one, one === 'inspection' ? 1 : 0, found.units.length]))
	// The report of the shell, told to the same person, counts the same.
	const report = JSON.parse(run('report', data, 'coverage', '--json', '--from', term.from, '--to', term.to, '--as', office, ...at('2019-04-12')))
	assert.deepEqual(report.filter((line) => line.unit === 'all').map((line) => line.covered), found.sums.map((sum) => `${sum.covered}/${sum.units}`))
	assert.ok((await coverage(planner, '?kind=department')).units.every((one) => one.kind === 'department'))
	assert.deepEqual([(await coverage(planner, '')).from, (await coverage(planner, '')).to], ['2015-01-01', '2019-12-31'])
})

test('what somebody may not see covers nobody for them', async () => {
	const sees = (await other.get('/api/v1/matters?procedure=inspection')).json.matters.length > 0
	assert.equal((await coverage(other)).sums[3].covered, sees ? 1 : 0)
})

test('a period that is none is refused', async () => {
	problem(await planner.get('/api/v1/coverage?from=2019-01-02&to=2019-01-01'), 400, 'to')
	problem(await planner.get('/api/v1/coverage?from=1980-01-01&to=2019-01-01'), 400, 'to')
	problem(await get(server, '/api/v1/coverage'), 401)
})

test('rounds are planned as the shell plans them', async () => {
	const body = { ...term, begin: '2019-04-11', kind: 'department', team_size: 3, rounds: 5 }
	const reply = await plan(body)
	assert.equal(reply.status, 200, reply.body)
	assert.deepEqual([reply.json.verdict, reply.json.units, reply.json.covered], ['planned', 20, 1])
	assert.deepEqual(reply.json, JSON.parse(run('plan', 'coverage', data, '--json', '--from', term.from, '--to', term.to, '--kind', 'department', '--team-size', '3', '--rounds', '5', '--begin', '2019-04-11', ...at('2019-04-12'))))
	const named = (await plan({ ...term, rounds: 2, team_size: 1, teams: 1, per_team: 1, units: [{ unit: 'education', latest: 1 }, { unit: 'finance', weight: 5 }], inspectors: [team] })).json
	assert.deepEqual(named.teams.map((one) => [one.round, one.units, one.inspectors]), [[1, ['education'], [team]], [2, ['finance'], [team]]])
})

test('where there is no plan, the smallest set of limits is told', async () => {
	const units = ['education', 'finance', 'health'].map((unit) => ({ unit, earliest: 3, latest: 3 }))
	const found = (await plan({ ...term, rounds: 5, teams: 2, per_team: 1, team_size: 0, units: [...units, { unit: 'audit' }] })).json
	assert.deepEqual([found.verdict, found.least], ['impossible', true])
	assert.deepEqual(found.limits.filter((one) => one.limit === 'unit').map((one) => one.unit).sort(), ['education', 'finance', 'health'])
	assert.deepEqual(found.limits.filter((one) => one.limit === 'teams'), [{ limit: 'teams', round: 3, teams: 2 }])
	assert.ok(found.sentences.includes('round 3 has 2 teams'))
})

test('only the inspection office plans', async () => {
	problem(await other.post('/api/v1/coverage/plan', term), 403, 'account')
	problem(await get(server, '/api/v1/coverage/plan'), 405)
})

test('each fault of a question has its place', async () => {
	for (const [body, place] of [
		[{}, 'to'], [{ ...term, rounds: 0 }, 'rounds'], [{ ...term, rounds: 61 }, 'rounds'], [{ ...term, begin: '2022-01-01' }, 'begin'], [{ ...term, kind: 'moon' }, 'kind'],
		[{ ...term, kind: 'department', units: [{ unit: 'education' }] }, 'kind'], [{ ...term, units: [{ unit: 'educatoin' }] }, 'units[0].unit'], [{ ...term, units: [{ unit: 'education' }, { unit: 'education' }] }, 'units[1].unit'],
		[{ ...term, units: [{ unit: 'education', earliest: 3, latest: 2 }], team_size: 0, rounds: 3 }, 'units'], [{ ...term, inspectors: ['nobody'] }, 'inspectors[0]'], [{ ...term, inspectors: [team, team] }, 'inspectors[1]'],
		[{ ...term, rounds: 60, begin: term.from }, 'rounds'], [{ ...term, teams: 51 }, 'teams'], [{ ...term, team: 5 }, 'team'], [{ ...term, units: [{ weight: 1 }] }, 'units[0].unit'],
	])
		problem(await planner.post('/api/v1/coverage/plan', body), 400, place)
})

// ---- reports: the same tables, told to whoever asks ----

const shell = (name, as, ...more) => JSON.parse(run('report', data, name, '--json', '--as', as, ...more, ...at('2019-04-20')))
async function report(who, name, query = '') {
	const reply = await who.get(`/api/v1/reports/${name}${query}`)
	foreseen(document, '/api/v1/reports/{report}', 'GET', reply)
	assert.equal(reply.status, 200, reply.body)
	const { columns, rows } = reply.json
	return { columns, rows: rows.map(({ cells }) => Object.fromEntries(cells.map((cell, i) => [columns[i].key, columns[i].number && cell !== '' ? Number(cell) : cell]))) }
}

test('every report is told, as the shell tells it to the same person', async () => {
	const list = await planner.get('/api/v1/reports')
	foreseen(document, '/api/v1/reports', 'GET', list)
	const names = list.json.reports.map((one) => one.name)
	assert.ok(names.includes('coverage') && names.includes('moves') && names.includes('overdue'))
	for (const name of names.filter((name) => name !== 'performance')) assert.ok((await report(planner, name)).columns.every((column) => column.title && column.key))
	// That one is reckoned by a formula, and none was adopted here.
	problem(await planner.get('/api/v1/reports/performance'), 404, 'formula')
	const query = `?from=${term.from}&to=${term.to}&kind=department`
	const text = (rows) => rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, String(value)])))
	for (const [who, as] of [[planner, office], [other, outsider]])
		assert.deepEqual(text((await report(who, 'coverage', query)).rows), text(shell('coverage', as, '--from', term.from, '--to', term.to, '--kind', 'department')))
	assert.deepEqual(text((await report(planner, 'moves', '?from=2019-01-01&to=2019-12-31&at=2019-04-01')).rows), text(shell('moves', office, '--from', '2019-01-01', '--to', '2019-12-31', '--at', '2019-04-01')))
})

test('the roster in figures is what the report of moves counts, and opens the tenures it counts', async () => {
	const roster = async (query) => {
		const reply = await other.get('/api/v1/roster' + query)
		foreseen(document, '/api/v1/roster', 'GET', reply)
		assert.equal(reply.status, 200, reply.body)
		return reply.json
	}
	const found = await roster('?from=2019-01-01&to=2019-12-31&at=2019-03-01')
	const of = (move) => found.moves.filter((row) => row.move === move)
	const sum = (rows) => rows.reduce((all, { count }) => all + count, 0)
	assert.deepEqual([sum(of('promotion')), sum(of('transfer')), sum(found.moves.filter((row) => row.moves))], [52, 227, 279])
	assert.ok(found.moves.every(({ month }) => /^2019-\d\d$/.test(month)) && new Set(of('transfer').map(({ month }) => month)).size === of('transfer').length)
	assert.deepEqual(found.ages.map(({ day, heads, mean }) => [day, heads, mean]), [['2019-02-28', 21, '47.2'], ['2019-03-01', 21, '45.0']])
	assert.ok(found.ages.every(({ heads, bands }) => sum(bands) === heads) && found.kinds.some(({ kind, label }) => kind === 'department' && label.length > 0))
	const { month, count } = of('promotion')[0]
	const next = new Date(Date.parse(`${month}-01`) + 32 * 86_400_000).toISOString().slice(0, 7)
	const list = (await other.get(`/api/v1/tenures?began_from=${month}-01&began_until=${next}-01&move=promotion&limit=200`)).json.tenures
	assert.equal(list.length, count)
	assert.ok(list.every((one) => one.move === 'promotion' && one.from.startsWith(month)))
	// Today alone, of whichever kind; a kind that isn't there has nobody.
	assert.deepEqual((await roster('')).ages.map(({ day }) => day), ['2019-04-11'])
	assert.deepEqual((await roster('?kind=nowhere')).ages.map(({ heads, posts, mean, years }) => [heads, posts, mean, years]), [[0, 0, undefined, undefined]])
	problem(await other.get('/api/v1/roster?from=2019-12-31&to=2019-01-01'), 400, 'to')
})

test('a report is a file too, in the columns that are asked for', async () => {
	const reply = await planner.get(`/api/v1/exports/reports/coverage?from=${term.from}&to=${term.to}&kind=department&columns=unit,2019,covered`)
	assert.equal(reply.status, 200, reply.body)
	assert.match(reply.headers['content-disposition'], /filename="coverage\.csv"/)
	const lines = reply.body.split('\r\n').filter(Boolean)
	assert.equal(lines[0], 'unit,2019,covered')
	assert.ok(lines.includes('Human Resources and Social Security Bureau,1,yes'))
	const sheet = await planner.get('/api/v1/exports/reports/vacancies?format=xlsx')
	assert.equal(sheet.status, 200, sheet.body)
	assert.equal(sheet.bytes.subarray(0, 2).toString(), 'PK')
})

test('what is no report, or no question for it, is refused', async () => {
	assert.match(problem(await planner.get('/api/v1/reports/coverag'), 404, 'report').detail, /coverage/)
	problem(await planner.get('/api/v1/reports/coverage?from=2019-02-01&to=2019-01-01'), 400, 'to')
	problem(await planner.get('/api/v1/reports/coverage?from=1900-02-01&to=2019-01-01'), 400, 'to')
	problem(await planner.get('/api/v1/exports/reports/coverage?columns=nothing'), 400, 'columns')
	problem(await get(server, '/api/v1/reports/coverage'), 401)
	problem(await get(server, '/api/v1/exports/reports/coverage'), 401)
})
