// Files between levels, between two institutions that share nothing but a folder: a city gives a task to a district, the district
// reports, and each wrong use is refused in words.
import assert from 'node:assert/strict'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { join } from 'node:path'
import { bihuan, district, file, inside, root, run } from './run.mjs'

const refused = (...args) => {
	const { code, out, err } = bihuan(args)
	assert.notEqual(code, 0, `taken: ${args.join(' ')}`)
	return err + out
}
const json = (...args) => JSON.parse(run(...args, '--json'))

// The city is the smallest institution under another name.
cpSync(join(root, 'institutions/minimal'), inside('city-folder'), { recursive: true })
const yaml = inside('city-folder/institution.yaml')
writeFileSync(yaml, readFileSync(yaml, 'utf8').replace('bureau.example/minimal', 'city.example/city').replace('institution: minimal', 'institution: city'))
run('init', inside('city'), '--institution', inside('city-folder'), '--now', '2019-01-02T08:00')
const city = inside('city'), down = district('district', '2019-01-02T08:00')
const keys = { city: json('package', 'key', city), district: json('package', 'key', down) }
const at = (now) => ['--now', now]

// Whoever holds a post of the district.
const holder = (post) => readFileSync(join(root, 'institutions/pengjiang-2019/tenures.csv'), 'utf8').split('\n')
	.filter((line) => line.startsWith(`${post},`)).pop().split(',')[1]
const clerk = holder('committee-office-liaison') ?? holder('committee-office-head'), housing = holder('housing-head'), mayor = holder('committee-mayor')
const given = ['source=city', 'lead_unit=housing', 'leader=committee-mayor']

const peer = (dir, code, side, key, fingerprint, ...more) => ['package', 'peer', dir, code, '--side', side, '--title', '某机构', '--key', key,
	'--fingerprint', fingerprint, '--as', 'security', ...at('2019-01-03T08:00'), ...more]

test('a key is entered by the security administrator, once its fingerprint was compared', () => {
	assert.match(refused(...peer(city, 'pengjiang', 'below', keys.district.key, '0000 1111')), /fingerprint isn't that of the key/)
	assert.match(refused('package', 'peer', city, 'pengjiang', '--side', 'below', '--title', '蓬江区', '--key', keys.district.key, '--as', 'security', ...at('2019-01-03T08:00')), /fingerprint/)
	assert.match(refused(...peer(city, 'pengjiang', 'below', keys.district.key, keys.district.fingerprint).map((word) => word === 'security' ? 'system' : word)), /security/)
	assert.match(refused(...peer(city, 'Peng Jiang', 'below', keys.district.key, keys.district.fingerprint)), /a code has 1 to 64/)
	assert.match(refused(...peer(city, 'pengjiang', 'beside', keys.district.key, keys.district.fingerprint)), /above or below/)
	assert.match(refused(...peer(city, 'city', 'below', keys.city.key, keys.city.fingerprint)), /key of this institution itself/)
	assert.match(refused(...peer(city, 'pengjiang', 'below', keys.district.key.replace('+', '+0'), keys.district.fingerprint)), /hash doesn't fit|verifier key/)
	// By hand from a letter, with capitals and colons; and any tool comes to the same.
	const fingerprint = keys.district.fingerprint.toUpperCase().replaceAll(' ', ':')
	run(...peer(city, 'pengjiang', 'below', keys.district.key, fingerprint))
	run(...peer(down, 'city', 'above', keys.city.key, keys.city.fingerprint))
	assert.equal(createHash('sha256').update(keys.district.key).digest('hex').slice(0, 40), keys.district.fingerprint.replaceAll(' ', ''))
	assert.match(refused(...peer(city, 'other', 'below', keys.district.key, keys.district.fingerprint)), /has a key of this institution/)
	assert.match(run('package', 'peers', city), /pengjiang\.example\/pengjiang-2019/)
})

test('a task goes down: what is required, by when, from which document', () => {
	run('open', city, 'task', 'title=黑臭水体治理', 'lead_unit=projects', 'leader=deputy-director-2', 'due=2019-11-29', '--as', 'lin.yanchuan', ...at('2019-01-03T09:00'))
	run('act', city, '1', 'send', '--as', 'lin.yanchuan', ...at('2019-01-03T09:10'))
	run('act', city, '1', 'sign', '--as', 'deng.puqing', ...at('2019-01-03T09:20'))
	const make = (...more) => ['package', 'make', city, 'pengjiang', '1', '--out', inside('1.package'), ...at('2019-01-03T10:00'), ...more]
	assert.match(refused(...make('--as', 'deng.puqing')), /1\.requirement.*say what is required/)
	assert.match(refused(...make('--as', 'deng.puqing', '--requirement', 'x', '--due', '2019-13-01')), /1\.due/)
	assert.match(refused(...make('--as', 'deng.puqing', '--requirement', 'x', '--report-on', 'soon')), /1\.report_on/)
	assert.match(refused(...make('--as', 'zhao.xilu', '--requirement', 'x')), /role in the matter/)
	assert.match(refused(...make('--as', 'deng.puqing', '--requirement', 'x').map((word) => word === 'pengjiang' ? 'nobody' : word)), /no institution above or below/)
	const made = json(...make('--as', 'deng.puqing', '--requirement', '按期消除黑臭', '--document', '江水办〔2019〕3号', '--report-on', '2019-06-28', '--once', 'down-1'))
	assert.equal(made.number, 1)
	assert.equal(createHash('sha256').update(readFileSync(inside('1.package'))).digest('hex'), made.hash)
	// The same request is one package.
	const again = json(...make('--as', 'deng.puqing', '--requirement', '按期消除黑臭', '--document', '江水办〔2019〕3号', '--report-on', '2019-06-28', '--once', 'down-1'))
	assert.deepEqual([again.again, again.hash], [true, made.hash])
	run('package', 'file', city, '1', '--out', inside('1-again.package'))
	assert.deepEqual(readFileSync(inside('1-again.package')), readFileSync(inside('1.package')))
})

const look = (dir, name, as, now, ...more) => ['package', 'look', dir, inside(name), '--as', as, ...at(now), ...more]
const take = (dir, name, as, now, ...more) => ['package', 'take', dir, inside(name), '--as', as, ...at(now), ...more]

test('what isn\'t theirs, isn\'t whole or isn\'t for us is refused in words, and nothing is recorded', () => {
	const good = readFileSync(inside('1.package'))
	const events = run('replay', down)
	const bad = (name, bytes, wanted) => {
		file(name, bytes)
		assert.match(refused(...take(down, name, clerk, '2019-01-04T09:00', ...given)), wanted)
	}
	bad('text.package', 'no package at all', /no package of a level/)
	bad('empty.package', '', /no package of a level/)
	bad('short.package', good.subarray(0, good.length - 1024), /damaged or cut short/)
	bad('half.package', good.subarray(0, 1536), /damaged or cut short|no package/)
	const changed = Buffer.from(good)
	changed.write('0', good.indexOf('2019-11-29') + 9)
	bad('changed.package', changed, /list was changed after it was signed/)
	const signature = Buffer.from(good)
	signature.write('2', good.indexOf('number 1') + 7)
	bad('signature.package', signature, /isn't signed under the key/)
	const older = Buffer.from(good)
	older.write('0', good.indexOf('bihuan-package v1') + 16)
	bad('older.package', older, /format is v0, and this program reads v1/)
	const checkpoint = Buffer.from(good)
	const place = good.indexOf('city.example/city\n', good.indexOf('manifest.json'))
	checkpoint.write('C', place)
	bad('checkpoint.package', checkpoint, /checkpoint in it was changed after it was signed/)
	// The one who sent it isn't its addressee.
	assert.match(refused(...take(city, '1.package', 'deng.puqing', '2019-01-04T09:00')), /whose key nobody has entered here/)
	assert.equal(run('replay', down), events)
})

test('it is looked at, and then opens a matter of the procedure for tasks from above', () => {
	const seen = bihuan(look(down, '1.package', clerk, '2019-01-04T09:00'))
	assert.equal(seen.code, 1)
	assert.match(seen.out, /1\.lead_unit/)
	assert.match(refused(...look(down, '1.package', clerk, '2019-01-04T09:00', 'lead_unit=nowhere')), /nowhere/)
	assert.match(refused(...look(down, '1.package', clerk, '2019-01-04T09:00', ...given, 'colour=red')), /no such field/)
	assert.match(refused(...look(down, '1.package', clerk, '2019-01-04T09:00', ...given, '--procedure', 'key_task')), /takes tasks from above/)
	// Whoever couldn't register it by hand can't take it.
	assert.match(refused(...take(down, '1.package', housing, '2019-01-04T09:00', ...given)), /Committee office|区委办|power|by/)
	const plan = json(...look(down, '1.package', clerk, '2019-01-04T09:00', ...given))
	assert.deepEqual([plan.number, plan.again, plan.missing, plan.growth, plan.errors], [1, false, [], 'first', []])
	assert.equal(plan.items[0].does, 'opens')
	const events = json('checkpoint', down).size
	const taken = json(...take(down, '1.package', clerk, '2019-01-04T09:00', ...given))
	assert.equal(taken.again, false)
	assert.equal(json('checkpoint', down).size, events + 2)
	const matter = json('show', down, '部〔2019〕1号')
	assert.equal(JSON.stringify(matter).includes('按期消除黑臭'), true)
	assert.deepEqual(matter.packages.map((row) => [row.kind, row.taken, row.far, row.peer.code, row.package, row.due]),
		[['task', true, '督〔2019〕1号', 'city', 1, '2019-11-29']])
	assert.match(run('show', down, '部〔2019〕1号'), /督〔2019〕1号/)
	// A second time it is no second act.
	assert.equal(json(...take(down, '1.package', clerk, '2019-01-04T10:00', ...given)).again, true)
	assert.equal(json('checkpoint', down).size, events + 2)
})

const numbered = '部〔2019〕1号', fork = inside('fork')
test('reports go up, with the acts they tell of as the district recorded them', () => {
	file('plan.txt', '方案\n')
	run('act', down, numbered, 'hand_over', '--as', clerk, ...at('2019-01-04T11:00'))
	run('act', down, numbered, 'submit_plan', 'target=按期消除黑臭', '--as', housing, '--evidence', inside('plan.txt'), ...at('2019-01-08T10:00'))
	const make = (out, now, ...more) => json('package', 'make', down, 'city', numbered, '--as', housing, '--out', inside(out), ...at(now), ...more)
	assert.match(refused('package', 'make', down, 'city', numbered, '--as', housing, '--out', inside('x'), ...at('2019-01-08T11:00')), /1\.text/)
	assert.equal(make('up-1.package', '2019-01-08T11:00', '--text', '方案已报', '--files').number, 1)
	cpSync(down, fork, { recursive: true })
	run('act', down, numbered, 'approve_plan', '--as', mayor, ...at('2019-01-09T10:00'))
	run('act', down, numbered, 'report', 'progress=40', 'note=已清淤三条河涌', '--as', housing, ...at('2019-02-01T10:00'))
	assert.equal(make('up-2.package', '2019-02-01T11:00', '--text', '截至一月完成四成').number, 2)
	assert.equal(make('up-3.package', '2019-02-01T12:00', '--text', '二月继续').number, 3)
})

test('the city sees what is missing, that the acts stand in the district\'s record, and that it only grew', () => {
	const second = json(...look(city, 'up-2.package', 'deng.puqing', '2019-02-02T09:00'))
	assert.deepEqual([second.missing, second.growth, second.errors], [[1], 'first', []])
	const [report] = second.items
	// Its acts are those since the first package; with a figure it is the task's own action, by whoever takes it.
	assert.deepEqual([report.does, report.action, report.progress, report.state], ['acts', 'report', 40, 'Being carried out'])
	assert.deepEqual(report.acts.map((act) => act.action), ['Approve the plan', 'Report'])
	assert.deepEqual(report.acts[1].lines.map((line) => line.text).sort(), ['40%', '已清淤三条河涌'])
	run(...take(city, 'up-1.package', 'deng.puqing', '2019-02-02T09:00'))
	const then = json(...look(city, 'up-2.package', 'deng.puqing', '2019-02-02T09:10'))
	assert.deepEqual([then.missing, then.growth], [[], 'continues'])
	run(...take(city, 'up-3.package', 'deng.puqing', '2019-02-02T09:20'))
	const late = json(...look(city, 'up-2.package', 'deng.puqing', '2019-02-02T09:30'))
	assert.deepEqual([late.late, late.growth], [true, 'earlier'])
	run(...take(city, 'up-2.package', 'deng.puqing', '2019-02-02T09:40'))
	const task = json('show', city, '1')
	assert.equal(task.progress, 40)
	assert.deepEqual(task.packages.map((row) => [row.kind, row.taken, row.package]), [['task', false, 1], ['report', true, 1], ['report', true, 3], ['report', true, 2]])
	assert.equal(task.packages[1].acts.length, 2)
	assert.equal(task.packages[1].files[0].name, 'plan.txt')
	assert.match(run('show', city, '1'), /verified/)
	assert.equal(json('package', 'list', city).length, 4)
	// Of a matter that somebody doesn't see nothing is said; its maker sees their own.
	assert.equal(json('package', 'list', city, '--as', 'deng.puqing').length, 4)
})

test('a report whose proof was taken away, or put in, is refused', () => {
	const bytes = readFileSync(inside('up-1.package'))
	const changed = Buffer.from(bytes)
	changed.write('x', bytes.indexOf('"action":"submit_plan"') + 10)
	file('act.package', changed)
	assert.match(refused(...look(city, 'act.package', 'deng.puqing', '2019-02-03T09:00')), /payload in it was changed after it was signed/)
})

test('a record that was restored from an old copy, and went on otherwise, is found out', () => {
	// From the copy that was kept before the second report, with the old key; the city has seen more than that.
	run('act', fork, numbered, 'approve_plan', '--as', mayor, ...at('2019-01-10T10:00'))
	run('act', fork, numbered, 'report', 'progress=90', 'note=已近完成', '--as', housing, ...at('2019-02-01T10:00'))
	for (let i = 0; i < 12; i++) run('note', fork, numbered, `补记${i}`, '--as', housing, ...at('2019-02-02T10:00'))
	const make = (out) => run('package', 'make', fork, 'city', numbered, '--text', '已近完成', '--as', housing, '--out', inside(out), ...at('2019-02-02T11:00'))
	make('fork-2.package')
	assert.match(refused(...take(city, 'fork-2.package', 'deng.puqing', '2019-02-03T10:00')), /another package came under this number/)
	make('fork-3.package')
	make('fork-4.package')
	assert.match(refused(...take(city, 'fork-4.package', 'deng.puqing', '2019-02-03T10:00')), /isn't the one that it showed before/)
})

test('nothing is exchanged with whoever was closed; a new key needs its fingerprint', () => {
	run('package', 'peer', down, 'city', '--closed', 'yes', '--as', 'security', ...at('2019-02-04T08:00'))
	assert.match(refused('package', 'make', down, 'city', numbered, '--text', 'x', '--as', housing, '--out', inside('x'), ...at('2019-02-04T09:00')), /exchanged with city any more/)
	assert.match(refused(...take(down, '1.package', clerk, '2019-02-04T09:00', ...given)), /exchanged with city any more/)
	run('package', 'peer', down, 'city', '--closed', 'no', '--as', 'security', ...at('2019-02-04T10:00'))
	assert.match(refused('package', 'peer', down, 'city', '--key', keys.district.key, '--as', 'security', ...at('2019-02-04T10:00')), /itself|fingerprint/)
})

test('both records are whole, and an export of them is lawful', () => {
	for (const dir of [city, down]) {
		assert.match(run('replay', dir), /all the same/)
		run('export-ledger', dir, inside('ledger.tar'), ...at('2019-02-05'))
		assert.match(run('verify', inside('ledger.tar'), '--key', dir === city ? keys.city.key : keys.district.key), /OK|verified/)
		// The packages lie among the evidence, and a backup takes them along.
		assert.equal(bihuan(['doctor', dir]).out.includes('missing'), false)
	}
	run('backup', city, inside('backup.db'))
	run('restore', inside('backup.db'), inside('restored'))
	run('package', 'file', inside('restored'), '1', '--out', inside('restored.package'))
	assert.deepEqual(readFileSync(inside('restored.package')), readFileSync(inside('1.package')))
})
