// Coverage: who was covered by which supervision, by the record; and the rounds that are left of a term, planned so that
// all are, or the limits that leave no plan. Plans are judged here again from the exported tables, by nothing of ours.
import assert from 'node:assert/strict'
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { bihuan, district, file, inside, root, run } from './run.mjs'

const folder = join(root, 'institutions/pengjiang-2019')
const data = district()
const at = (day) => ['--now', `${day}T09:00`]
const rows = (text) => text.replace(/\r/g, '').trimEnd().split('\n').slice(1).map((line) => line.split(','))
const tenures = rows(run('export', data, 'tenures'))
const units = rows(run('export', data, 'units'))
const posts = rows(run('export', data, 'posts'))
const holder = (post, day) => tenures.find((row) => row[0] === post && row[2] <= day && (row[3] === '' || row[3] > day))[1]
const paper = file('paper.txt', 'what was found')
for (const procedure of ['inspection', 'supervision_check', 'special_supervision'])
	run('import', data, 'matters', join(folder, `matters/${procedure}.csv`), '--procedure', procedure, ...at('2019-02-18'))

const TERM = ['--from', '2016-10-01', '--to', '2021-09-30']
const report = (day, ...more) => JSON.parse(run('report', data, 'coverage', '--json', ...at(day), ...more))
const row = (lines, unit, supervision) => lines.find((line) => line.unit === unit && line.supervision === supervision)

// ---- the record ----

test('what is only planned covers nobody: every unit stands there with each of the four, uncovered', () => {
	const lines = report('2019-02-18', ...TERM), four = lines.filter((line) => line.unit !== 'all')
	assert.equal(four.length, units.length * 4)
	assert.ok(four.every((line) => line.covered === 'no' && line['2019'] === '' && line.last === ''))
	assert.deepEqual(lines.filter((line) => line.unit === 'all').map((line) => line.covered), Array(4).fill(`0/${units.length}`))
})

test('a unit is covered from the day on which it was begun there, and the matter is named', () => {
	const office = 'jian0084', team = holder('inspection-team-1-head', '2019-03-18')
	run('act', data, '巡〔2019〕1号', 'announce', '--as', office, ...at('2019-02-19'))
	assert.equal(row(report('2019-02-20', ...TERM), 'Human Resources and Social Security Bureau', 'inspection').covered, 'no')
	run('act', data, '巡〔2019〕1号', 'enter', 'begin=2019-03-18', '--as', team, ...at('2019-03-18'))
	run('act', data, '监〔2019〕4号', 'begin', 'begin=2019-03-11', '--as', holder('resident-4-head', '2019-03-18'), ...at('2019-03-18'))
	run('act', data, '监〔2019〕11号', 'begin', 'begin=2019-03-18', '--as', holder('discipline-accountability-head', '2019-03-18'), ...at('2019-03-18'))
	run('act', data, '巡〔2019〕2号', 'cancel', 'reason=并入下一轮', '--as', office, ...at('2019-03-18'))
	const lines = report('2019-04-01', ...TERM)
	const inspected = row(lines, 'Human Resources and Social Security Bureau', 'inspection')
	assert.deepEqual([inspected['2018'], inspected['2019'], inspected.last, inspected.by, inspected.covered], ['', 1, '2019-03-18', '巡〔2019〕1号', 'yes'])
	assert.equal(row(lines, 'Education Bureau', 'stationed').last, '2019-03-11')
	assert.equal(row(lines, 'Education Bureau', 'inspection').covered, 'no')
	assert.equal(row(lines, 'Development and Reform Bureau', 'oversight').by, '监〔2019〕11号')
	assert.equal(row(lines, 'Culture, Tourism and Sports Bureau', 'inspection').covered, 'no')
	assert.deepEqual(['discipline', 'oversight', 'stationed', 'inspection'].map((one) => row(lines, 'all', one).covered),
		[0, 1, 1, 1].map((n) => `${n}/${units.length}`))
})

test('special supervision stands beside the four, where there was any', () => {
	const head = holder('supervision-office-head', '2019-04-02'), commander = holder('government-deputy-1', '2019-04-02')
	assert.equal(row(report('2019-04-01', ...TERM), 'Ecology and Environment Branch', 'special'), undefined)
	run('act', data, '专督〔2019〕1号', 'submit_plan', 'scope=现场', '--as', head, ...at('2019-04-02'))
	run('act', data, '专督〔2019〕1号', 'approve_plan', '--as', commander, ...at('2019-04-02'))
	run('act', data, '专督〔2019〕1号', 'conclude', 'conclusion=属实', 'problems=1', 'rectify_by=2019-06-28', '--evidence', paper, '--as', head, ...at('2019-04-10'))
	const lines = report('2019-04-11', ...TERM)
	assert.equal(row(lines, 'Ecology and Environment Branch', 'special').last, '2019-04-10')
	assert.equal(row(lines, 'all', 'special'), undefined)
})

test('a report is of its term, its kind of units, and the same in each form and language', () => {
	const before = report('2019-04-11', '--from', '2014-01-01', '--to', '2018-12-31')
	assert.equal(row(before, 'all', 'inspection').covered, `0/${units.length}`)
	assert.deepEqual(Object.keys(before[0]), ['2014', '2015', '2016', '2017', '2018', 'unit', 'kind', 'supervision', 'last', 'by', 'covered'])
	assert.deepEqual(Object.keys(report('2019-04-11')[0]).slice(0, 5), ['2015', '2016', '2017', '2018', '2019'])
	assert.deepEqual(Object.keys(report('2019-04-11', '--from', '2016-10-01')[0]).slice(0, 6), ['2016', '2017', '2018', '2019', '2020', '2021'])
	const towns = report('2019-04-11', ...TERM, '--kind', 'town')
	assert.equal(towns.length, 3 * 4 + 4)
	const csv = rows(run('report', data, 'coverage', '--format', 'csv', '--lang', 'zh', ...TERM, ...at('2019-04-11')))
	assert.deepEqual(csv.find((line) => line[0] === '区教育局' && line[2] === '派驻监督'),
		['区教育局', '政府工作部门', '派驻监督', '', '', '', '1', '', '', '2019-03-11', '监〔2019〕4号', '是'])
	assert.equal(csv.length, report('2019-04-11', ...TERM).length)
	assert.match(bihuan(['report', data, 'coverage', '--from', '1950-01-01', '--to', '2019-01-01']).err, /--to: a term has 30 years at most/)
})

// ---- what the definitions say ----

// The district with its definitions changed before it is founded, or for adoption later.
function institution(name, change) {
	cpSync(folder, inside(name), { recursive: true })
	change((procedure, text) => {
		const path = join(inside(name), 'procedures', `${procedure}.yaml`)
		writeFileSync(path, text(readFileSync(join(folder, 'procedures', `${existsSync(path) ? procedure : 'special_supervision'}.yaml`), 'utf8')))
	})
	return inside(name)
}
const named = (text) => text.replace('procedure: special_supervision', 'procedure: discipline_visit').replace('{zh: 专项督查, en: Special supervision}', '{zh: 纪律走访, en: Visit}').replace('专督〔', '访〔')

test('a procedure of the institution\'s own covers units where its definition says so, and what is already recorded counts then', () => {
	const old = institution('before-the-key', (write) => {
		for (const one of ['inspection', 'supervision_check', 'special_supervision']) write(one, (text) => text.replace(/^covers: .*\n/m, ''))
		write('discipline_visit', (text) => named(text).replace(/^covers: .*\n/m, ''))
	})
	const own = inside('own')
	run('init', own, '--institution', old, '--now', '2018-12-31T08:00')
	const head = holder('supervision-office-head', '2019-04-02'), commander = holder('government-deputy-1', '2019-04-02')
	run('open', own, 'discipline_visit', 'title=走访', 'kind=daily', 'unit=education', 'commander=government-deputy-1', 'inspect_by=2019-05-31', '--as', head, ...at('2019-04-02'))
	run('act', own, '访〔2019〕1号', 'submit_plan', 'scope=现场', '--as', head, ...at('2019-04-02'))
	run('act', own, '访〔2019〕1号', 'approve_plan', '--as', commander, ...at('2019-04-03'))
	const covered = () => row(JSON.parse(run('report', own, 'coverage', '--json', ...TERM, ...at('2019-04-11'))), 'Education Bureau', 'discipline')
	assert.equal(covered().covered, 'no')

	const adopted = institution('with-the-key', (write) => {
		write('discipline_visit', (text) => named(text).replace(/^covers: .*$/m, 'covers: {unit: unit, supervision: discipline, begun_by: [approve_plan, conclude]}'))
	})
	run('adopt', own, join(adopted, 'procedures/discipline_visit.yaml'), '--yes', '--as', holder('reform-office-head', '2019-04-04'), ...at('2019-04-04'))
	const line = covered()
	assert.deepEqual([line.covered, line.last, line.by], ['yes', '2019-04-03', '访〔2019〕1号'])
	run('act', own, '访〔2019〕1号', 'conclude', 'conclusion=属实', 'problems=1', 'rectify_by=2019-06-28', '--evidence', paper, '--as', head, ...at('2019-04-10'))
	assert.deepEqual([covered()['2019'], covered().last], [1, '2019-04-03'], 'the first of several actions began it, and it counts once')
})

// ---- the plan ----

const unitsFile = join(folder, 'coverage/units.csv'), inspectorsFile = join(folder, 'coverage/inspectors.csv')
const wanted = rows(readFileSync(unitsFile, 'utf8')), pool = rows(readFileSync(inspectorsFile, 'utf8')).map(([person]) => person)
const ASK = ['--begin', '2019-05-06', ...TERM, '--units', unitsFile, '--inspectors', inspectorsFile, '--teams', '4', ...at('2019-04-11')]
const plan = (...more) => {
	const done = bihuan(['plan', 'coverage', data, '--json', ...ASK, ...more])
	return { code: done.code, err: done.err, ...(done.out ? JSON.parse(done.out) : {}) }
}
const parent = new Map(units.map((one) => [one[0], one.at(-2)])), unitOf = new Map(posts.map((one) => [one[0], one[1]]))
const within = (unit, whole) => unit === whole || (!!unit && within(parent.get(unit), whole))
const years = (day, n) => `${Number(day.slice(0, 4)) + n}${day.slice(4)}`

// What is wrong with a plan, by the limits as a person would check them.
function faults(found, { teams = 4, perTeam = 2, size = 5, avoid = 3, covered = ['human-resources'] } = {}) {
	const wrong = [], seats = new Map()
	const places = new Map(found.teams.flatMap((team) => team.units.map((unit) => [unit, team])))
	for (const [unit, , earliest, latest] of wanted) {
		const team = places.get(unit)
		if (covered.includes(unit) !== !team) wrong.push(`${unit}: planned or not`)
		if (team && (team.round < Number(earliest) || (latest && team.round > Number(latest)))) wrong.push(`${unit} in round ${team.round}`)
	}
	for (const team of found.teams) {
		if (team.team > teams || team.units.length > perTeam || team.inspectors.length !== size) wrong.push(`round ${team.round}, team ${team.team}: sizes`)
		for (const person of team.inspectors) {
			const key = `${person} in round ${team.round}`
			if (seats.has(key) || !pool.includes(person)) wrong.push(`${key}: twice, or not asked`)
			seats.set(key, team)
			for (const unit of team.units)
				for (const [post, who, , until] of tenures)
					if (who === person && within(unitOf.get(post), unit) && (until === '' || years(until, avoid) > team.begins)) wrong.push(`${person} inspects ${unit}`)
		}
	}
	return wrong
}

test('a plan covers all that is left of the term and keeps every limit', () => {
	const found = plan('--rounds', '5')
	assert.equal(found.code, 0)
	assert.deepEqual([found.verdict, found.units, found.covered, found.inspectors], ['planned', 38, 1, 27])
	assert.deepEqual(faults(found), [])
	assert.ok(found.load >= found.load_least && found.served >= found.share)
	assert.deepEqual(plan('--rounds', '5'), found)
	// What was inspected in the term is planned again only where that is asked for.
	const again = plan('--rounds', '5', '--again')
	assert.equal(again.units, 39)
	assert.deepEqual(faults(again, { covered: [] }), [])
})

test('years of avoidance and kin keep people away from where they or theirs worked', () => {
	const found = plan('--rounds', '5', '--avoid-years', '20')
	assert.equal(found.code, 0)
	assert.deepEqual(faults(found, { avoid: 20 }), [])
	// Everybody asked is kin of somebody who works in the archives.
	const archivist = holder('archives-head', '2019-04-11')
	const kin = district('kin')
	for (const person of pool.slice(0, 23)) run('account', kin, 'kin', person, archivist, '--kind', 'in-law', '--as', holder('organisation-head', '2019-01-02'), ...at('2019-01-02'))
	const done = bihuan(['plan', 'coverage', kin, '--json', ...ASK, '--rounds', '5'])
	assert.equal(done.code, 1)
	const said = JSON.parse(done.out)
	assert.equal(said.least, true)
	assert.deepEqual(said.limits.filter((one) => one.limit === 'bar').map((one) => one.unit), Array(23).fill('archives'))
	assert.deepEqual(said.limits.filter((one) => one.limit === 'unit').map((one) => one.unit), ['archives'])
	const zh = bihuan(['plan', 'coverage', kin, ...ASK, '--rounds', '5', '--lang', 'zh']).out
	assert.match(zh, /\n {2}1个单位须在任期内巡察:区档案馆\n {2}每组须有5名巡察干部,共有27名\n/)
	assert.match(zh, /须回避区档案馆\(亲属.+任区档案馆/)
})

test('where there is no plan, the limits that forbid it are named in words, and the answer is no', () => {
	const found = plan('--rounds', '4')
	assert.equal(found.code, 1)
	assert.deepEqual([found.verdict, found.least], ['impossible', true])
	// 33 units, 4 rounds of 4 teams for 2 each: one unit more than there is room.
	assert.equal(found.limits.filter((one) => one.limit === 'unit').length, 33)
	assert.deepEqual(found.limits.filter((one) => one.limit === 'teams').map((one) => one.round), [1, 2, 3, 4])
	const en = bihuan(['plan', 'coverage', data, ...ASK, '--rounds', '4']), zh = bihuan(['plan', 'coverage', data, ...ASK, '--rounds', '4', '--lang', 'zh'])
	assert.deepEqual([en.code, zh.code, en.err, zh.err], [1, 1, '', ''])
	assert.match(en.out, /^the term can't cover all\. .*\n {2}must be inspected in the term \(33\): .* and more\n {2}round 1 has 4 teams\n/)
	assert.match(zh.out, /^无法在任期内全覆盖。.*\n {2}33个单位须在任期内巡察:.*等\n {2}第1轮有4个组\n/)
	assert.match(zh.out, /\(共排 4 轮,每组每轮最多巡察 2 个单位\)\n$/)
	const crowd = file('crowd.csv', 'unit,latest,earliest\neducation,3,3\nfinance,3,3\nhealth,3,3\naudit,,\n')
	const crowded = bihuan(['plan', 'coverage', data, ...ASK, '--units', crowd, '--rounds', '5', '--teams', '2', '--per-team', '1'])
	assert.match(crowded.out, /\n {2}Education Bureau can only be inspected in round 3\n {2}Finance Bureau can only be inspected in round 3\n {2}Health Bureau can only be inspected in round 3\n {2}round 3 has 2 teams\n\(/)
})

test('a plan is printed as a table in both languages, with how even it is', () => {
	const zh = run('plan', 'coverage', data, ...ASK, '--rounds', '5', '--lang', 'zh'), en = run('plan', 'coverage', data, ...ASK, '--rounds', '5')
	assert.match(zh, /^轮次 {2}开始 {8}组 {2}被巡察单位 .*\n/)
	assert.match(zh, /\n任期内全覆盖: 38 个单位排入 5 轮, 1 个已巡察\n一组一轮的最大工作量: \d+ \(.*\)\n一人参加的最多轮数: 4 \(平均分担为 4\)\n$/)
	assert.match(en, /\nall covered in the term: 38 units in 5 rounds, 1 inspected before\n/)
	assert.equal(zh.split('\n').length, en.split('\n').length)
	// Without inspectors the units alone are planned.
	const alone = JSON.parse(run('plan', 'coverage', data, '--json', ...ASK, '--rounds', '5', '--team-size', '0'))
	assert.ok(alone.teams.every((team) => team.inspectors.length === 0))
})

test('without tables: all units of a kind, by the teams that the inspection office has', () => {
	const done = bihuan(['plan', 'coverage', data, '--json', ...TERM, ...at('2019-04-11'), '--kind', 'department', '--team-size', '3', '--rounds', '5'])
	const found = JSON.parse(done.out)
	assert.deepEqual([done.code, found.verdict, found.units, found.covered, found.inspectors], [0, 'planned', 20, 1, 9])
	assert.ok(found.teams.every((team) => team.team <= 3))
	const all = JSON.parse(run('plan', 'coverage', data, '--json', ...TERM, ...at('2019-04-11'), '--team-size', '0', '--per-team', '20'))
	// Neither the inspection office and its teams nor the committee above it.
	assert.equal(all.units + all.covered, units.length - 5)
})

test('wrong use is told, with what would be right', () => {
	const bad = file('bad.csv', 'unit,weight,earliest,latest\neducation,0,,\nnowhere,1,,\nfinance,1,3,2\nhealth,1,,\nhealth,1,,\n')
	const nobody = file('nobody.csv', 'person\nnobody\n')
	for (const [more, pattern] of [
		[['--rounds', '0'], /--rounds: a number from 1 to 60 is wanted/],
		[['--rounds', 'many'], /--rounds: 'many' is no whole number/],
		[['--teams', '99'], /--teams: a number from 1 to 50 is wanted/],
		[['--begin', '2022-01-01'], /--begin: the first round must begin in the term/],
		[['--to', '2019-02-30'], /--to: 2019-02-30/],
		[['--kind', 'town'], /--kind: --units names the units already/],
		[['--units', bad], /bad\.csv:2:weight: write a whole number from 1 to 1000\n.*bad\.csv:3:unit: there is no such unit\n.*bad\.csv:4:latest: the last round is before the first\n.*bad\.csv:6:unit: this unit is named already\n/],
		[['--inspectors', nobody], /nobody\.csv:2:person: there is no such person\n/],
	]) {
		const { code, out, err } = bihuan(['plan', 'coverage', data, ...ASK, ...more])
		assert.deepEqual([code, out], [2, ''], more.join(' '))
		assert.match(err, pattern)
	}
	assert.match(bihuan(['plan', 'coverage', data, ...at('2019-04-11')]).err, /--to: say when the term begins or ends/)
	assert.match(bihuan(['plan', 'coverage', data, ...TERM, ...at('2019-04-11'), '--kind', 'moon']).err, /--kind: there is no unit of the kind moon/)
	assert.match(bihuan(['plan', 'coverage', data, ...at('2019-04-11'), '--lang', 'zh']).err, /请说明任期何时开始或届满/)
	const cover = bihuan(['plan', 'coverag', data])
	assert.deepEqual([cover.code, /there is no such plan; did you mean coverage/.test(cover.err)], [2, true])
	assert.equal(bihuan(['plan', 'coverage', join(root, 'nowhere')]).code === 0, false)
})
