// The register of rules from files: tried, recorded as one act, known again; and to files, which are read back as the same.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { bihuan, district, file, inside, root, run } from './run.mjs'

const data = district('data', '2019-02-18T08:00'), rules = join(root, 'institutions/pengjiang-2019/rules')
const office = ['--as', 'jian0106'], at = (time) => ['--now', `2019-02-18T${time}`]
const register = () => JSON.parse(run('rule', 'list', data, '--format', 'json', ...at('23:00')))
const said = (...args) => { const { code, out } = bihuan(['import', data, 'rules', ...args, '--json']); return { code, ...JSON.parse(out) } }
const money = readFileSync(join(rules, '08-big-money.md'), 'utf8')
const amended = money.replace('五十万元', '三十万元')

test('a folder of rules is tried, and nothing of it is written', () => {
	const tried = said(rules, '--dry-run', ...at('09:00'))
	assert.equal(tried.to_record, readdirSync(rules).filter((name) => name.endsWith('.md')).length)
	assert.deepEqual(tried.files.filter(({ code }) => code === 'official-cars').map(({ does, version }) => [does, version]), [['issues', 1], ['amends', 2]])
	assert.deepEqual(register(), [])
	assert.match(bihuan(['import', data, 'rules', rules, ...at('09:00')]).err, /say who acts/)
	assert.match(bihuan(['import', data, 'rules', rules, '--as', 'ye0001', ...at('09:00')]).err, /"Adoption of procedures and the calendar"/)
	assert.match(bihuan(['import', data, 'rules', inside('nowhere'), ...office, ...at('09:00')]).err, /nowhere/)
	mkdirSync(inside('empty'))
	assert.match(bihuan(['import', data, 'rules', inside('empty'), ...office, ...at('09:00')]).err, /no rule \(\*\.md\) in this folder/)
	assert.deepEqual(register(), [])
})

test('it is recorded as one act, with its versions and the duty of its review, and then it is known', () => {
	assert.equal(said(rules, ...office, ...at('09:00')).recorded, 15)
	assert.deepEqual(register().filter(({ code }) => code === 'official-cars').map(({ version, stages }) => [version, stages]), [[2, 'policy, supervision']])
	assert.match(run('duties', data, '--unit', 'finance', ...at('09:00')), /审〔2019〕\d号  区级财政大额资金使用管理办法/)
	for (const [where, count] of [[rules, 15], [join(rules, '08-big-money.md'), 1]]) {
		const again = said(where, ...office, ...at('09:30'))
		assert.equal(again.recorded, 0)
		assert.deepEqual(again.files.map(({ does }) => does), Array(count).fill('nothing'))
	}
	assert.match(run('import', data, 'rules', rules, '--dry-run', ...at('10:00')), /15 files, all recorded as they are, nothing changes/)
	assert.match(run('replay', data, ...at('10:00')), /all the same/)
})

test('everything that is wrong is named with its file and line, and nothing is written', () => {
	const before = register().length
	const bad = file('bad.md', '---\ncode: Big\narea: weather\nstages: policy, supervison\nunit: nowhere\nfrom: 2016-13-01\nprocedures: nothing\nversion: 5\nreview_on: 2017-01-01\nmatter: 7\n---\n第一条 甲\n\n第三条 乙\n')
	const { code, out } = bihuan(['import', data, 'rules', bad, '--dry-run', ...at('10:00')])
	assert.notEqual(code, 0)
	assert.deepEqual(out.trimEnd().split('\n').map((line) => Number(line.slice(bad.length + 1).split(':')[0])), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 14], out)
	assert.match(out, /:14: 第三条 isn't the next/)
	assert.match(bihuan(['import', data, 'rules', bad, '--dry-run', '--lang', 'zh', ...at('10:00')]).out, /:14: 第三条 不连续/)
	const head = file('head.md', '---\ncode: x\ncode: y\naera: money\nversion: two\nthat\n---\n第一条 甲\n')
	assert.deepEqual(said(head, '--dry-run', ...at('10:00')).files[0].errors.map(({ line, text }) => [line, text.slice(0, 24)]),
		[[3, 'code is said in line 2 a'], [4, 'there is no such member:'], [5, 'a number is wanted behin'], [6, 'NAME: VALUE is wanted']])
	assert.deepEqual(said(file('open.md', '---\ncode: x\n第一条 甲\n'), '--dry-run', ...at('10:00')).files[0].errors.map(({ line, text_zh }) => [line, text_zh]), [[1, '说明部分由此开始,但没有以一行 --- 结束']])
	// One bad file, and the good ones beside it are not written either.
	mkdirSync(inside('mixed'))
	writeFileSync(inside('mixed/good.md'), money.replace('code: big-money', 'code: other-money').replace(/^review.*\n/gm, ''))
	writeFileSync(inside('mixed/more.md'), amended)
	const mixed = bihuan(['import', data, 'rules', inside('mixed'), ...office, ...at('10:00')])
	assert.match(mixed.err, /more\.md:8: a version is in force later than the one before it/)
	assert.match(mixed.err, /1 wrong place, named one by one; nothing was written/)
	assert.equal(register().length, before)
	for (const [change, why] of [['version: 1', /version 1 is recorded already and says something else: the next version of it is 2/], ['version: 3', /the next version of it is 2/], ['review: nothing', /no such procedure in force/], ['title:', /a title is wanted/]])
		assert.match(bihuan(['import', data, 'rules', file('one.md', amended.replace('title: 区级财政大额资金使用管理办法\n', '').replace(/^from: .*/m, 'from: 2019-05-01').replace(/^review.*\n/gm, '').replace('---\n', `---\n${change}\n`)), ...office, ...at('10:00')]).err, why)
})

test('another text amends the rule, once', () => {
	const path = file('amended.md', amended.replace(/^from: .*/m, 'from: 2019-05-01').replace(/^review.*\n/gm, ''))
	assert.deepEqual(said(path, ...office, ...at('10:00')).files.map(({ does, version }) => [does, version]), [['amends', 2]])
	assert.match(run('rule', 'compare', data, 'big-money', '1', '2', ...at('10:00')), /\[-五-\]\{\+三\+\}十万元/)
	for (const known of [path, join(rules, '08-big-money.md')]) assert.equal(said(known, ...office, ...at('10:30')).recorded, 0)
	const area = file('area.md', readFileSync(path, 'utf8').replace('area: money', 'area: property'))
	assert.match(bihuan(['import', data, 'rules', area, ...office, ...at('11:00')]).err, /in force later/)
})

test('a repealed rule is amended by nothing', () => {
	run('rule', 'repeal', data, 'reception', '--until', '2019-03-01', '--reason', 'x', ...office, ...at('11:00'))
	const path = file('reception.md', readFileSync(join(rules, '13-reception.md'), 'utf8').replace(/^from: .*/m, 'from: 2019-06-01').replace('第一条', '第一条 新增'))
	assert.match(bihuan(['import', data, 'rules', path, ...office, ...at('11:00')]).err, /it is repealed/)
})

test('what is exported is read back as the same, here and elsewhere', () => {
	assert.match(bihuan(['export', data, 'rules']).err, /--out/)
	run('export', data, 'rules', '--out', inside('out'))
	const again = said(inside('out'), ...office, ...at('11:30'))
	assert.deepEqual([again.recorded, new Set(again.files.map(({ does }) => does))], [0, new Set(['nothing'])])
	const other = district('other', '2019-02-18T08:00')
	run('import', other, 'rules', inside('out'), ...office, ...at('09:00'))
	for (const version of [1, 2]) assert.equal(run('rule', 'text', other, 'big-money', '--version', version, ...at('09:00')), run('rule', 'text', data, 'big-money', '--version', version, ...at('23:00')))
})
