// Spreadsheets in and out: the tables that offices make, and files that mean harm.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { bihuan, district, file, inside, run } from './run.mjs'
import { parts, sheet, workbook, zip } from './xlsx.mjs'

const data = district()
const now = ['--now', '2019-02-18T09:00']
const as = ['--as', 'ruan0098'] // heads the supervision office on that day
const size = () => JSON.parse(run('checkpoint', data, '--json')).size
const tasks = (bytes, ...more) => bihuan(['import', data, 'tasks', file('t.xlsx', bytes), ...as, ...now, ...more])
const dry = (bytes, ...more) => tasks(bytes, '--dry-run', ...more)
const last = (text) => text.trim().split('\n').at(-1)
const path = inside('t.xlsx')
const columns = ['title', 'lead_unit', 'commander', 'due']
const row = (title, due = '2019-06-30', unit = 'agriculture') => [title, unit, 'committee-mayor', due]

/** The one matter of that title. */
function opened(title) {
	const found = JSON.parse(run('list', data, '--json', '--q', title, '--limit', '1000', ...now)).filter((matter) => matter.title === title)
	assert.equal(found.length, 1, title)
	return JSON.parse(run('show', data, found[0].number, '--json', ...now))
}

// ---- tables of offices ----

const usual = workbook([
	['2019年重点工作督查事项清单'],
	['单位:区督查室', null, null, null, null, '2019年2月'],
	['序号', '督查事项', '责任单位', null, '责任人', '办结时限\n(年月日)'],
	[null, null, '牵头单位', '配合单位'],
	[1, '河道清淤', 'agriculture', 'housing、transport', 'committee-mayor', { v: 43646, s: 1 }],
	[2, ' 东段，含支流　', 'agriculture', 'housing\ntransport', 'committee-mayor', '２０１９．５．３１'],
	[],
	[3, '西段', 'agriculture', null, 'committee-mayor', 43616],
	[4, '北段', 'agriculture', null, 'committee-mayor', '2019年5月31日'],
	['备注：请各单位按时反馈'],
	['填表人：张三', null, null, '审核人：李四'],
], ['A1:F1', 'A3:A4', 'B3:B4', 'C3:D3', 'E3:E4', 'F3:F4', 'A10:F10'])

test('a table with titles, a header of two rows, empty rows and notes is read as it is meant', () => {
	const done = dry(usual)
	assert.equal(done.code, 0, done.out + done.err)
	assert.equal(done.out, [
		'column A 序号 is left out',
		'column B 督查事项 → title',
		'column C 责任单位/牵头单位 → lead_unit',
		'column D 责任单位/配合单位 → co_units',
		'column E 责任人 → commander',
		'column F 办结时限(年月日) → due',
		`${path}:Sheet1!A10: left out, a note: 备注：请各单位按时反馈`,
		`${path}:Sheet1!A11: left out, a note: 填表人：张三`,
		`${path}: 4 rows, nothing wrong; 4 acts to record`, ''].join('\n'))
	const before = size()
	assert.match(tasks(usual).out, /4 rows, 4 acts recorded/)
	assert.equal(size(), before + 4)
	assert.deepEqual(opened('河道清淤').fields.co_units, opened('东段，含支流').fields.co_units)
	assert.equal(opened('河道清淤').fields.due, '2019-06-30')
	for (const title of ['东段，含支流', '西段', '北段']) assert.equal(opened(title).fields.due, '2019-05-31', title)
	assert.match(tasks(usual).out, /all known already, nothing changes/)
})

test('every way in which a cell says the same is the same', () => {
	const strings = ['<si><t>共享字符串</t></si>', '<si><r><rPr><b/></rPr><t>分段</t></r><r><t xml:space="preserve">文字</t></r><rPh sb="0" eb="1"><t>fēn</t></rPh></si>', '<si><t>甲_x000D_\n乙</t></si>']
	const bytes = workbook([
		[...columns, 'target'],
		[{ v: 0, t: 's' }, 'agriculture', 'committee-mayor', { v: 43646, s: 2 }, 80],
		[{ v: 1, t: 's' }, 'agriculture', 'committee-mayor', { v: '2019-06-30T00:00:00', t: 'd' }, { v: 0.8, s: 4 }],
		[{ v: 2, t: 's' }, 'agriculture', 'committee-mayor', { v: 43646.0, s: 0 }, { v: 80, s: 3 }],
		[{ v: '算出来的', t: 'str', f: 'A1&B1' }, 'agriculture', 'committee-mayor', { v: 43646, s: 1, f: 'TODAY()' }, { v: '8E1' }],
		['没有位置', 'agriculture', 'committee-mayor', { raw: '<c t="inlineStr"><is><t>2019/6/30</t></is></c>' }, '８０％'],
	], [], { strings })
	assert.match(tasks(bytes).out, /5 rows, 5 acts recorded/)
	for (const [title, target] of [['共享字符串', '80'], ['分段文字', '80'], ['甲\n乙', '80.00'], ['算出来的', '80'], ['没有位置', '80']]) {
		const { fields } = opened(title)
		assert.equal(fields.due, '2019-06-30', title)
		assert.equal(fields.target, target, title)
	}
})

test('days count from 1904 where the file says so', () => {
	const cells = [[...columns], [...row('麦金塔', { v: 42184, s: 1 })], [...row('麦金塔二', 42184)]]
	assert.match(tasks(workbook(cells, [], { from1904: true })).out, /2 acts recorded/)
	assert.equal(opened('麦金塔').fields.due, '2019-06-30')
	assert.equal(opened('麦金塔二').fields.due, '2019-06-30')
})

test('a cell merged over several rows is said by each of them', () => {
	const bytes = workbook([['主办单位', '督查事项', '挂牌领导', '办结时限'], ['agriculture', '合并一', 'committee-mayor', '2019-06-30'],
		[null, '合并二', 'committee-mayor'], [null, '合并三', 'committee-mayor', '2019-07-31']], ['A2:A4', 'D2:D3'])
	assert.match(tasks(bytes).out, /3 acts recorded/)
	assert.equal(opened('合并二').fields.due, '2019-06-30')
	assert.deepEqual(opened('合并三').fields.lead_unit, opened('合并一').fields.lead_unit)
})

test('the sheet with the table is found, others and hidden ones are left out', () => {
	const table = sheet([columns, row('在第二张')])
	const bytes = zip(parts({ 说明: sheet([['填表说明'], ['一、按月填报']]), 任务: table, 旧表: sheet([columns, row('不该读')]) }, { hidden: ['旧表'] }))
	const done = dry(bytes)
	assert.match(done.out, /任务!1: the table is read from this sheet; the sheet '说明' is left out/)
	assert.match(done.out, /1 row, nothing wrong/)
	assert.match(dry(bytes, '--sheet', '说明').out, /no row of it names a column/)
	assert.match(dry(bytes, '--sheet', '旧表').out, /there is no sheet '旧表'/)
	assert.match(bihuan(['import', data, 'people', file('p.csv', 'code,name\n'), '--sheet', 'x', ...now]).err, /a csv file has no sheets/)
})

test('every bad cell is named by its place on the sheet, and nothing is written', () => {
	const before = size()
	const bytes = workbook([[], [null, ...columns, '天气', '', 'target'],
		[null, '', 'agricultur', 'committee-mayor', '2019-02-30', '晴'],
		[null, '错', { v: '#N/A', t: 'e' }, 'committee-mayor', { v: 60, s: 1 }],
		[null, '错二', 'agriculture', 'committee-mayor', { f: 'A1' }],
		[null, { v: '440703198001011234' }, 'agriculture', 'committee-mayor', '2019-06-30'],
		[null, '错三', 'agriculture', 'committee-mayor', '2019-06-30', null, '无名'],
		['表外', '错四', 'agriculture', 'committee-mayor', '2019-06-30', null, null, null, '更外'],
		[null, '有控制符_x0007_', 'agriculture', 'committee-mayor', '2019-06-30', null, null, true]])
	const done = dry(bytes)
	assert.equal(done.code, 2)
	const said = done.out.trim().split('\n').filter((line) => line.startsWith(path)).map((line) => line.slice(path.length + 1))
	assert.deepEqual(said, [
		"Sheet1!F2: there is no column '天气' here: say which it is with --column NAME=HEADER, or leave it out with --column -=HEADER",
		'Sheet1!G2: this column has no name',
		'Sheet1!B3: this must be filled in',
		"Sheet1!C3: 'agricultur' is no unit of this institution, or more than one: give its code, or its full name where only one has it",
		"Sheet1!E3: '2019-02-30' is not in the calendar: there is no such day",
		'Sheet1!C4: an error of the spreadsheet stands here: put the value in its place',
		'Sheet1!E4: there is no such day in the calendar',
		'Sheet1!E5: a formula stands here that was never calculated: open and save the file in a spreadsheet program',
		'Sheet1!B6: a number of more than 15 digits has lost the last ones: format the cell as text and type it again',
		"Sheet1!8: '表外' stands beside the table, under no name",
		"Sheet1!I8: '更外' stands beside the table, under no name",
		'Sheet1!B9: a control character stands in this cell'])
	const json = JSON.parse(dry(bytes, '--json').out)
	assert.equal(json.errors[2].place, 'Sheet1!B3')
	assert.equal(json.columns.find((column) => column.header === 'due').column, 'due')
	assert.match(bihuan(['import', data, 'tasks', path, ...as, ...now, '--dry-run', '--lang', 'zh']).out, /Sheet1!C4: 此处是表格程序的错误值/)
	assert.equal(tasks(bytes).code, 2)
	assert.equal(size(), before)
})

test('the importing person says what a column is', () => {
	const bytes = workbook([['督查事项', '单位甲', '领导', '到什么时候', '天气'], [...row('自定列'), '晴']])
	assert.match(dry(bytes).out, /there is no column '单位甲' here/)
	const said = ['--column', 'lead_unit=单位甲', '--column', '挂牌领导=领导', '--column', 'due=到什么时候', '--column', '-=天气']
	assert.match(tasks(bytes, ...said).out, /1 act recorded/)
	// It is remembered for that person, unless they say otherwise.
	assert.match(dry(bytes).out, /column B 单位甲 → lead_unit[^]*all known already/)
	assert.match(dry(bytes, '--forget').out, /there is no column '单位甲' here/)
	assert.match(bihuan(['import', data, 'tasks', path, ...now, '--dry-run']).out, /there is no column '单位甲' here/)
	assert.match(dry(bytes, '--column', 'deu=天气').err, /there is no column 'deu' here; did you mean 'due'/)
	const csv = file('c.csv', '任务名称,牵头单位,挂牌领导,时限\n自定列,agriculture,committee-mayor,2019-06-30\n')
	const done = bihuan(['import', data, 'tasks', csv, ...as, ...now, '--dry-run'])
	assert.equal(done.out, `column 1 任务名称 → title\ncolumn 2 牵头单位 → lead_unit\ncolumn 4 时限 → due\n${csv}: 1 row, all known already, nothing changes\n`)
})

test('two columns that are taken for the same are said, with their places', () => {
	const done = dry(workbook([['督查事项', '责任单位', '承办单位', '牵头部门', '挂牌领导', '办结时限'], ['甲', 'agriculture', 'x', 'y', 'committee-mayor', '2019-06-30']]))
	assert.match(done.out, /Sheet1!D1: '承办单位' and '牵头部门' are the same column|Sheet1!C1: '责任单位' and '承办单位' are the same column/)
})

// ---- out and in again ----

test('what is exported as a spreadsheet is read back the same, and is the same bytes', () => {
	for (const kind of ['units', 'posts', 'people', 'tenures', 'functions', 'delegations', 'calendar', 'tasks'])
		for (const lang of ['zh', 'en']) {
			const out = inside(`${kind}-${lang}.xlsx`)
			run('export', data, kind, '--out', out, ...now, '--lang', lang)
			assert.match(run('import', data, kind, out, ...as, ...now), /all known already, nothing changes/, kind)
			assert.deepEqual(bihuan(['export', data, kind, '--format', 'xlsx', ...now, '--lang', lang]).bytes, readFileSync(out), kind)
		}
})

test('an exported list that somebody edited is imported: institution rows change, new tasks are opened, changed ones are refused by cell', () => {
	const before = size()
	const people = workbook([['账号', '姓名', '性别', '出生日期'], ['ye0001', '叶椿苓', '女', { v: 23354, s: 1 }], ['new.one', '新人', '男', '1980.1.5']])
	assert.equal(last(run('import', data, 'people', file('people.xlsx', people), '--as', 'guan0064', ...now)), `${inside('people.xlsx')}: 2 rows, 1 act recorded`)
	assert.match(run('export', data, 'people'), /new\.one,新人,m,1980-01-05/)
	assert.equal(size(), before + 1)
	const number = opened('西段').number
	const changed = workbook([['原编号', ...columns], [number, ...row('西段', '2019-08-30')], ['', ...row('新增一项')]])
	const done = dry(changed)
	assert.equal(done.code, 2)
	assert.match(done.out, /Sheet1!E2: this was opened before with something else in it/)
})

test('lists and reports are spreadsheets too', () => {
	for (const command of [['list', data], ['duties', data, '--all'], ['units', data], ['posts', data], ['people', data], ['report', data, 'overdue'], ['report', data, 'programmes']]) {
		const out = inside('list.xlsx')
		run(...command, ...now, '--out', out)
		assert.equal(readFileSync(out).subarray(0, 4).toString(), 'PK\x03\x04', command.join(' '))
		assert.deepEqual(bihuan([...command, ...now, '--format', 'xlsx']).bytes, readFileSync(out))
	}
	run('list', data, ...now, '--out', inside('list.csv'))
	assert.equal(readFileSync(inside('list.csv'), 'utf8'), bihuan(['list', data, ...now, '--format', 'csv']).out)
	assert.deepEqual(JSON.parse(bihuan(['list', data, ...now, '--format', 'json']).out), JSON.parse(run('list', data, '--json', ...now)))
	assert.match(bihuan(['list', data, '--format', 'xls', ...now]).err, /there is no such format; did you mean xlsx/)
	assert.match(bihuan(['export', data, 'units', '--format', 'json', ...now]).err, /what import reads is csv or xlsx/)
})

// ---- files that mean harm ----

/** It is refused with these words, at once, and nothing is written. */
function refused(bytes, words) {
	const before = size()
	const started = Date.now()
	const done = dry(bytes)
	assert.equal(done.code, 2, `${words}: ${done.out}${done.err}`)
	assert.match(done.out + done.err, words)
	assert.ok(Date.now() - started < 30000, 'it takes too long')
	assert.equal(size(), before)
}
const whole = parts({ Sheet1: sheet([columns, row('甲')]) })
/** The same with one part replaced, or more of them. */
const replaced = (name, content, ...more) => zip([...whole.map((part) => (part[0] === name ? [name, content] : part)), ...more])
const table = (inner) => replaced('xl/worksheets/sheet1.xml', sheet([columns]).replace('</sheetData>', `${inner}</sheetData>`))

test('bombs are refused before they go off', () => {
	refused(replaced('xl/sharedStrings.xml', '', ['xl/bomb.xml', Buffer.alloc(20 << 20)]), /unpacks to more than a hundred times its size/)
	refused(zip([...whole, ...Array.from({ length: 6 }, (_, i) => [`xl/${i}.bin`, randomBytes(1 << 16), { size: 20 << 20, packed: 1 << 20 }])]), /unpacked, the file has more than 100 MiB|can't be read/)
	refused(zip([...whole, ...Array.from({ length: 3000 }, (_, i) => [`xl/${i}.xml`, ''])]), /the file has 3007 parts; a spreadsheet has at most 2000|the file has 3006 parts/)
	// The directory says little, and much comes out.
	refused(zip(whole.map((part) => (part[0] === 'xl/worksheets/sheet1.xml' ? [part[0], ' '.repeat(110 << 20) + part[1], { size: 1000 }] : part))), /more than 100 MiB|can't be unpacked/)
	// One long string that very many cells show.
	const long = ['<si><t>' + randomBytes(20000).toString('hex') + '</t></si>']
	refused(zip(parts({ Sheet1: sheet([columns, ...Array.from({ length: 4000 }, () => [{ v: 0, t: 's' }])]) }, { strings: long })), /more than 100 MiB of text in the cells/)
})

test('XML that declares anything is refused', () => {
	const laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
	refused(replaced('xl/workbook.xml', `${laughs}<workbook><sheets/>&b;</workbook>`), /xl\/workbook\.xml:1: the file declares a DOCTYPE/)
	refused(replaced('xl/worksheets/sheet1.xml', '<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>'), /declares a DOCTYPE/)
	refused(replaced('xl/worksheets/sheet1.xml', '<worksheet><sheetData>'), /xl\/worksheets\/sheet1\.xml:1: the file is damaged: this isn't XML/)
	refused(replaced('xl/worksheets/sheet1.xml', '<worksheet>&undeclared;</worksheet>'), /this isn't XML/)
	refused(replaced('xl/worksheets/sheet1.xml', '<a>'.repeat(100000)), /more layers than any office file has/)
	refused(replaced('xl/worksheets/sheet1.xml', Buffer.from([0xff, 0xfe, 0, 0xd8])), /this isn't XML/)
})

test('places that are no places, and order that is none, are refused', () => {
	const cell = (place) => `<row r="2"><c r="${place}"><v>1</v></c></row>`
	for (const place of ['XFE2', 'A1048577', 'A0', 'A', '2', 'a2', 'A2:B2', 'AAAAAAAAAAAAAAAAAAAAAAAA2', 'A99999999999999999999', 'B3'])
		refused(table(cell(place)), /is no place on a sheet, or doesn't come in order/)
	refused(table('<row r="5"/><row r="3"/>'), /doesn't come in order/)
	refused(table('<row r="99999999999"/>'), /is no place on a sheet/)
	refused(table('<row r="-1"/>'), /is no place on a sheet/)
	refused(table('<row r="2"><c r="B2"/><c r="A2"/></row>'), /doesn't come in order/)
	refused(table('<row r="2"><c r="A2" t="zz"><v>1</v></c></row>'), /has the type 'zz', which there isn't/)
	refused(table('<row r="2"><c r="A2" t="s"><v>7</v></c></row>'), /refers to the string 7, and there are 0/)
	refused(table('<row r="2"><c r="A2" t="s"><v>-1</v></c></row>'), /refers to the string -1/)
	for (const ref of ['B2:A1', 'A1:XFE9', '', 'A1:', 'A1:B2:C3'])
		refused(replaced('xl/worksheets/sheet1.xml', sheet([columns], [ref])), /is no place on a sheet/)
})

test('the last cell of a sheet, and cells merged over all of it, cost nothing', () => {
	refused(table('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), /Sheet1!XFD1048576: '1' stands beside the table/)
	const started = Date.now()
	const done = dry(zip(parts({ Sheet1: sheet([columns, row('大合并')], ['A3:XFD1048576', 'A2:A1048576']) })))
	assert.match(done.out, /1 row, nothing wrong/)
	assert.ok(Date.now() - started < 10000)
	refused(zip(parts({ Sheet1: sheet([columns, ...Array.from({ length: 300 }, (_, i) => row(`${i}`))], Array.from({ length: 2000 }, () => 'A2:A301')) })), /its merged cells overlap/)
})

test('names of parts are names and nothing else', () => {
	const outside = '../../../../../../etc/passwd'
	refused(zip(whole.map(([name, text]) => [name, name.endsWith('workbook.xml.rels') ? text.replaceAll('worksheets/sheet1.xml', outside) : text])), /etc\/passwd: the file is damaged: it has no such part/)
	refused(zip(whole.map(([name, text]) => [name, name.endsWith('workbook.xml.rels') ? text.replaceAll('worksheets/sheet1.xml', '/etc/passwd') : text])), /etc\/passwd: the file is damaged: it has no such part/)
	refused(zip(whole.filter(([name]) => !name.endsWith('sheet1.xml'))), /the file is damaged: it has no such part/)
	refused(zip([['a.txt', 'hello']]), /the file is damaged: it has no such part/)
	refused(zip([]), /the file is damaged|can't be read|empty|no column/)
})

test('a file that is cut off anywhere is refused', () => {
	for (let at = 4; at < usual.length; at += 100)
		refused(usual.subarray(0, at), /the file is damaged or cut off/)
})

test('a file with any byte changed is read or refused, and never breaks the reader', () => {
	for (let at = 4; at < usual.length; at += 61) {
		const bytes = Buffer.from(usual)
		bytes[at] ^= 0x5a
		const done = dry(bytes)
		assert.ok([0, 2].includes(done.code), `byte ${at}: ${done.err}`)
		assert.doesNotMatch(done.err, /broke its reader|never does; it was stopped/)
	}
})

test('a part that is packed wrongly, or locked, is refused', () => {
	refused(zip(whole.map((part) => (part[0] === 'xl/workbook.xml' ? [...part, { crc: 1 }] : part))), /xl\/workbook\.xml: the file is damaged: this part of it can't be unpacked/)
	refused(zip(whole.map((part) => (part[0] === 'xl/workbook.xml' ? [...part, { flags: 1 }] : part))), /protected by a password/)
	refused(Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(512)]), /in the form of 2003 \(\.xls, \.et\) or with a password/)
})
