// Forms for appointments (.lrmx) in and out, against a golden file, and what means harm.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { bihuan, district, file, inside, root, run } from './run.mjs'

const data = district()
const now = ['--now', '2019-03-04T09:00']
const table = (name) => run('export', data, name).split('\r\n').map((line) => line.split(','))
const tenures = table('tenures'), people = new Map(table('people').map((row) => [row[0], row]))
const posts = new Map(table('posts').map((row) => [row[0], row]))
const holder = (post) => tenures.find((row) => row[0] === post && row[2] <= '2019-03-04' && (row[3] === '' || row[3] > '2019-03-04'))[1]
const organiser = holder('organisation-head'), secretary = holder('committee-secretary')
const golden = readFileSync(`${root}/tests/cli/golden/chen.lrmx`, 'utf8')
const paper = file('paper.txt', 'what was found')
const read = (content, ...more) => bihuan(['lrmx-read', data, file('x.lrmx', content), ...more, ...now])
const change = (from, to) => {
	assert.ok(golden.includes(from), from)
	return golden.replace(from, to)
}
const element = (text, name) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1]
const candidate = tenures.find((row) => posts.get(row[0])?.[5] === '股级' && row[2] >= '2014-01-01' && row[2] < '2015-01-01' && row[3] === '' && people.get(row[1])[3] >= '1970-01-01' &&
	tenures.filter((other) => other[1] === row[1]).length === 1)[1]
const [, name, gender, born] = people.get(candidate)
run('open', data, 'appointment', 'title=任免一', 'post=justice-head', 'unit=justice', 'kind=transfer', '--as', organiser, ...now)
const [matter] = JSON.parse(run('list', data, '--procedure', 'appointment', '--json', ...now))

test('a form is read and found in the roster, or not', () => {
	const [row] = JSON.parse(read(golden, '--json').out)
	assert.deepEqual([row.name, row.gender, row.born, row.known, row.post], ['陈示例', 'm', '1970-05-01', 'not in the roster', '区示例局副局长'])
	const ours = change('陈示例', name).replace('>男<', gender === 'm' ? '>男<' : '>女<')
	assert.equal(JSON.parse(read(ours, '--json').out)[0].known, 'this name, born at another time')
	const [known] = JSON.parse(read(ours.replace('197005', born.slice(0, 7).replace('-', '')), '--json').out)
	assert.deepEqual([known.code, known.born, known.known], [candidate, born, 'in the roster'])
	assert.match(read(golden, '--lang', 'zh').out, /不在册/)
	// What is missing is a code; then import takes it.
	const rows = read(golden, '--roster').out
	assert.match(rows, /^code,name,gender,born\r?\n,陈示例,m,1970-05-01/)
	assert.match(run('import', data, 'people', file('people.csv', rows.replace('\n,', '\nchen9999,')), '--dry-run', '--as', organiser, ...now), /nothing wrong/)
	assert.match(read(`\ufeff${golden}`).out, /陈示例/)
})

test('whatever isn\'t as the form has it is refused, with the element and why', () => {
	const refused = (content, why) => {
		const done = read(content)
		assert.equal(done.code, 2, done.out)
		assert.match(done.err, why)
	}
	refused(change('<Person>', '<!DOCTYPE Person [<!ENTITY a "aaaa">]><Person>'), /DOCTYPE/)
	refused(change('汉族', '&undeclared;'), /isn't XML/)
	refused(change('<MinZu>汉族</MinZu>', `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`), /more layers/)
	refused(golden.replaceAll('Person>', 'Persona>'), /its root is Person/)
	refused(change('<MinZu>汉族</MinZu>', '<MinZu><b>汉族</b></MinZu>'), /MinZu: this element holds text/)
	refused(change('<MinZu>汉族</MinZu>', '<MinZu>汉族</MinZu><MinZu>汉族</MinZu>'), /MinZu: this element stands twice/)
	refused(change('197005', '1970年5月'), /ChuShengNianYue: 1970年5月 is no date/)
	refused(change('197005', '197013'), /ChuShengNianYue: 197013 is no date/)
	refused(change('11010519491231002X', '110101199001011234'), /ShenFenZheng: this is no national id/)
	refused(change('1992.07--2010.03', '1992.13--2010.03'), /JianLi: 1992\.13--2010\.03 .*is no span of months/)
	refused(change('1992.07--2010.03', '1992.07--1990.03'), /JianLi: 1992\.07--1990\.03 .*is no span of months/)
	refused(change('陈示例', ' '), /XingMing: the form has no name/)
	refused(Buffer.concat([Buffer.from(golden.slice(0, 60)), Buffer.from([0xff, 0xfe])]), /isn't in UTF-8/)
	refused(golden.slice(0, 400), /isn't XML/)
	refused(change('</JiaTingChengYuan>', '<Item><XingMing>某</XingMing></Item>'.repeat(100) + '</JiaTingChengYuan>'), /more than 100 relatives/)
	refused(change('<ZhaoPian>', `<ZhaoPian>${'A'.repeat(5 << 20)}`), /larger than the 4194304 bytes/)
})

test('nothing is written of an appointment in which nobody is proposed', () => {
	const done = bihuan(['lrmx-write', data, matter.number, ...now])
	assert.equal(done.code, 1)
	assert.match(done.err, /nobody is proposed/)
})

test('the form of a candidate has what the record knows over what their own file says, and keeps the rest', () => {
	run('act', data, matter.number, 'move_post', 'grounds=工作需要', '--evidence', paper, '--as', organiser, ...now)
	run('act', data, matter.number, 'approve_motion', '--as', secretary, ...now)
	run('act', data, matter.number, 'recommend', `candidate=${candidate}`, 'asked=10', 'votes=9', '--evidence', paper, '--as', organiser, ...now)
	const plain = run('lrmx-write', data, matter.number, '--as', organiser, ...now)
	assert.ok(plain.startsWith('\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n<Person>\r\n'))
	assert.equal(element(plain, 'XingMing'), name)
	assert.equal(element(plain, 'XingBie'), gender === 'm' ? '男' : '女')
	assert.equal(element(plain, 'ChuShengNianYue'), born.slice(0, 7).replace('-', ''))
	assert.match(element(plain, 'NiRenZhiWu'), /区司法局/)
	assert.match(element(plain, 'JianLi'), /^201\d\.\d\d-- +\S/)
	assert.equal(element(plain, 'RenMianLiYou'), '工作需要')
	assert.equal(element(plain, 'TianBiaoShiJian'), '20190304')
	assert.equal(element(plain, 'Version'), '3.2.1.16')
	const own = file('own.lrmx', change('陈示例', name))
	run('lrmx-write', data, matter.number, '--lrmx', own, '--out', inside('full.lrmx'), '--as', organiser, ...now)
	const full = readFileSync(inside('full.lrmx'), 'utf8')
	assert.equal(element(full, 'MinZu'), '汉族')
	assert.equal(element(full, 'DaoLingNianYue'), '203005', 'an element of a newer program is kept')
	assert.equal(element(full, 'Version'), '3.2.1.6')
	assert.equal(element(full, 'QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi'), '示例大学水利系 &amp; 土木系')
	assert.equal(full.match(/<Item>/g).length, 1, 'an empty line of relatives is none')
	// Written and read again it says the same.
	run('lrmx-write', data, matter.number, '--lrmx', inside('full.lrmx'), '--out', inside('again.lrmx'), '--as', organiser, ...now)
	assert.equal(readFileSync(inside('again.lrmx'), 'utf8'), full)
	assert.match(bihuan(['lrmx-write', data, matter.number, '--lrmx', file('other.lrmx', golden), ...now]).err, /XingMing: the file is of somebody else: 陈示例/)
	// Nothing of it went into the record.
	assert.ok(!run('show', data, matter.number, ...now).includes('汉族'))
})

test('the form on paper takes the same file, and is blank without one', () => {
	const done = bihuan(['paper', data, matter.number, 'appointment_form', '--lrmx', file('broken.lrmx', 'x'), '--out', inside('x.docx'), ...now])
	assert.equal(done.code, 2)
	run('paper', data, matter.number, 'appointment_form', '--lrmx', inside('full.lrmx'), '--out', inside('form.pdf'), ...now)
	run('paper', data, matter.number, 'appointment_form', '--out', inside('blank.pdf'), ...now)
	const said = (path) => execFileSync('pdftotext', ['-raw', path, '-']).toString()
	for (const words of ['干部任免审批表', name, '汉族', '李示例', '示例小学教师', '(其间:2001年在省里学习)']) assert.ok(said(inside('form.pdf')).includes(words), words)
	assert.ok(said(inside('blank.pdf')).includes(name) && !said(inside('blank.pdf')).includes('汉族'))
	assert.equal(readFileSync(inside('form.pdf')).subarray(0, 5).toString(), '%PDF-')
})

test('posts held, and their days, are taken from a form into the roster: looked at first, line by line where that is said, and nothing else of it', () => {
	const size = () => JSON.parse(run('checkpoint', data, '--json')).size
	const plain = run('lrmx-write', data, matter.number, '--as', organiser, ...now)
	const take = (text, ...more) => bihuan(['import', data, 'lrmx', file('take.lrmx', text), ...more, '--as', organiser, '--lang', 'en', ...now])
	// What the roster says is nothing to record.
	assert.match(take(plain, '--dry-run').out, /1 row, all known already, nothing changes/)
	const ended = plain.replace(/(<JianLi>201\d\.\d\d--) {9}/, '$12019.02  '), before = size()
	assert.notEqual(ended, plain)
	const looked = take(ended.replace('<MinZu></MinZu>', '<MinZu>汉族</MinZu>'), '--dry-run')
	assert.match(looked.out, /take\.lrmx:1: not taken, for it isn't kept here: ethnic group.*present post/)
	assert.match(looked.out, /take\.lrmx:1:until: in the roster this goes on to the present/)
	assert.match(looked.out, /1 act to record/)
	assert.equal(size(), before, 'nothing is recorded by looking')
	// A line that isn't chosen isn't recorded, and one that isn't there is refused.
	const two = ended.replace('</JianLi>', '&#10;2019.02--         区示例局局长</JianLi>')
	assert.match(take(two, '--dry-run').out, /take\.lrmx:2: it names no post of the roster: 区示例局局长/)
	const wrong = take(two, '--line', '2')
	assert.equal(wrong.code, 2)
	assert.match(wrong.err, /2 is no line that would be recorded/)
	// Only in the rights of whoever keeps the roster.
	assert.notEqual(bihuan(['import', data, 'lrmx', file('take.lrmx', ended), '--as', candidate, ...now]).code, 0)
	assert.equal(size(), before)
	assert.match(take(ended, '--line', '1').out, /1 act recorded/)
	const [row] = table('tenures').filter((row) => row[1] === candidate)
	assert.equal(row[3], '2019-02-01')
	assert.equal(size(), before + 1)
})

test('a form is taken as what it is, of whom it is', () => {
	const take = (kind, name, text) => bihuan(['import', data, kind, file(name, text), '--dry-run', '--as', organiser, '--lang', 'en', ...now])
	assert.match(take('lrmx', 'a.lrmx', golden).out, /nobody of this name is in the roster: import people first/)
	assert.match(take('lrmx', 'a.csv', 'post,person,from\n').err, /this is no form for an appointment/)
	assert.match(take('tenures', 'a.lrmx', golden).err, /this is a form for an appointment: import it as lrmx/)
	assert.match(take('lrmx', 'a.lrmx', change('<Person>', '<!DOCTYPE Person [<!ENTITY a "aaaa">]><Person>')).err, /DOCTYPE/)
	assert.match(bihuan(['export', data, 'lrmx', '--lang', 'en', ...now]).err, /made of its matter: bihuan lrmx-write/)
	assert.match(bihuan(['import', data, 'tenures', file('t.csv', 'post,person,from\n'), '--line', '1', '--dry-run', '--lang', 'en', ...now]).err, /lines are chosen of a form/)
})
