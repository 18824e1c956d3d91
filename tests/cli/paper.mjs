// Documents on paper at the shell: docx filled from templates that people edit, the same as PDF, and what is refused.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import { bihuan, district, file, inside, root, run } from './run.mjs'
import { zip } from './xlsx.mjs'

const data = district()
const now = ['--now', '2019-03-05T09:00']
const tenures = run('export', data, 'tenures').split('\r\n').map((line) => line.split(','))
const holder = (post) => tenures.find((row) => row[0] === post && row[2] <= '2019-03-05' && (row[3] === '' || row[3] > '2019-03-05'))[1]
const office = holder('supervision-office-head'), lead = holder('agriculture-head')
const open = (title) => {
	run('open', data, 'key_task', `title=${title}`, 'lead_unit=agriculture', 'commander=committee-mayor', 'due=2019-06-30', '--as', office, ...now)
	return JSON.parse(run('list', data, '--procedure', 'key_task', '--json', ...now))[0].number
}
const task = open('河道<清淤> & "两岸"整治]]>')
run('act', data, task, 'dispatch', '--as', office, ...now)

// Parts of a docx by name.
function parts(path) {
	const bytes = typeof path === 'string' ? readFileSync(path) : path, found = new Map()
	const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
	let at = bytes.readUInt32LE(end + 16)
	for (let i = bytes.readUInt16LE(end + 10); i > 0; i--) {
		const packed = bytes.readUInt32LE(at + 20), name = bytes.subarray(at + 46, at + 46 + bytes.readUInt16LE(at + 28)).toString()
		const local = bytes.readUInt32LE(at + 42), from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
		found.set(name, bytes.readUInt16LE(at + 10) === 0 ? bytes.subarray(from, from + packed) : inflateRawSync(bytes.subarray(from, from + packed)))
		at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
	}
	return found
}
const document = (path) => parts(path).get('word/document.xml').toString()
const text = (xml) => xml.replace(/<\/w:p>/g, '\n').replace(/<w:br\/>/g, '\n').replace(/<[^>]+>/g, '').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&')
const make = (number, name, out, ...more) => {
	run('paper', data, number, name, '--out', inside(out), ...now, ...more)
	return inside(out)
}
const pdf = (path, ...options) => execFileSync('pdftotext', [...options, path, '-']).toString()
const pages = (path) => Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [path]).toString())[1])
// The template of a paper, with its document changed.
const edited = (name, out, change) => {
	run('paper-template', data, name, '--out', inside('template.docx'))
	const all = [...parts(inside('template.docx'))].map(([part, bytes]) => [part, part === 'word/document.xml' ? change(bytes.toString()) : bytes])
	return file(out, zip(all))
}
const control = (tag) => `<w:sdt><w:sdtPr><w:tag w:val="${tag}"/></w:sdtPr><w:sdtContent><w:r><w:t>?</w:t></w:r></w:sdtContent></w:sdt>`

test('a notice says what is owed by whom until when, as official documents are laid out, and bears its receipt', () => {
	const path = make(task, 'notice', 'notice.docx'), xml = document(path), said = text(xml)
	assert.ok(!xml.includes('w:sdt'), 'a control was left')
	for (const words of [task, '督办通知单', '河道<清淤> & "两岸"整治]]>', '区农业农村和水利局：', '签收', '2019年3月5日', '《政府督查工作条例》第十八条']) assert.ok(said.includes(words), words)
	// GB/T 9704: A4, 37 mm above, 28 mm at the binding, 22 lines of 28 characters.
	assert.match(xml, /<w:pgSz w:w="11906" w:h="16838"\/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"/)
	assert.match(xml, /<w:docGrid w:type="lines" w:linePitch="580"\/>/)
	assert.match(parts(path).get('word/styles.xml').toString(), /w:styleId="Body">.*<w:spacing w:val="-5"\/>/)
	const { event } = JSON.parse(run('show', data, task, '--json', ...now))
	assert.match(said, new RegExp(`账本 pengjiang.example/pengjiang-2019 事件 ${event}\n叶散列 [0-9a-f]{64}`))
	assert.equal(parts(path).get('word/media/bihuan1.png').subarray(1, 4).toString(), 'PNG')
	assert.match(parts(path).get('[Content_Types].xml').toString(), /Extension="png"/)
	assert.match(parts(path).get('word/_rels/document.xml.rels').toString(), /media\/bihuan1\.png/)
	// The same matter at the same time is the same bytes.
	assert.deepEqual(readFileSync(make(task, 'notice', 'again.docx')), readFileSync(path))
})

test('which papers there are for a matter, and what it hasn\'t got yet', () => {
	const listed = JSON.parse(run('paper', data, task, '--json', ...now))
	assert.deepEqual(listed.map((row) => row.name), ['notice', 'urging', 'closing'])
	assert.equal(listed[0].lacks, '')
	assert.match(listed[1].lacks, /nobody has urged/)
	assert.match(listed[2].lacks, /hasn't ended well/)
	const refused = bihuan(['paper', data, task, 'closing', '--out', inside('no.docx'), ...now])
	assert.equal(refused.code, 1)
	assert.match(refused.err, /closing\.day: this matter hasn't ended well/)
	assert.match(bihuan(['paper', data, task, 'closing', '--out', inside('no.docx'), '--lang', 'zh', ...now]).err, /本事项未办结,不予销号/)
	assert.match(bihuan(['paper', data, task, 'notise', '--out', inside('no.docx'), ...now]).err, /no such paper.*notice/)
	assert.match(bihuan(['paper', data, task, 'appointment_form', '--out', inside('no.docx'), ...now]).err, /isn't for the procedure key_task/)
	assert.equal(bihuan(['paper', data, task, 'notice', '--format', 'odt', ...now]).code, 2)
})

test('a paper is in English where that is asked for, with its days, receipt and words, and else in Chinese', () => {
	const said = text(document(make(task, 'notice', 'english.docx', '--paper-lang', 'en')))
	for (const words of ['Supervision notice', 'To: Agriculture, Rural Affairs and Water Bureau', '30 June 2019', '5 March 2019', 'Ledger pengjiang.example/pengjiang-2019, event']) assert.ok(said.includes(words), `${words}\n${said}`)
	assert.ok(!/督办通知单|签收|年3月/.test(said), said)
	assert.ok(pdf(make(task, 'notice', 'english.pdf', '--paper-lang', 'en')).includes('Duties and days'))
	// Those that the law writes in Chinese, or that are in both, have no other.
	assert.deepEqual(JSON.parse(run('paper', data, task, '--json', ...now)).map((row) => [row.name, row.lang]), [['notice', 'zh en'], ['urging', 'zh en'], ['closing', 'zh en']])
	assert.match(bihuan(['paper', data, task, 'appointment_form', '--paper-lang', 'en', '--out', inside('no.docx'), ...now]).err, /lang: this paper is in Chinese only/)
	assert.equal(bihuan(['paper', data, task, 'notice', '--paper-lang', 'fr', '--out', inside('no.docx'), ...now]).code, 2)
	run('report', data, 'rectification', '--from', '2019-01-01', '--to', '2019-03-31', '--paper-lang', 'en', '--out', inside('english.docx'), ...now)
	assert.match(text(document(inside('english.docx'))), /from 1 January 2019 to 31 March 2019[^]*Problems found and put right, by unit[^]*up to event \d+/)
})

test('an institution\'s own template in English stands beside its own in Chinese', () => {
	run('paper-template', data, 'notice.en', '--out', inside('template.docx'))
	const changed = [...parts(inside('template.docx'))].map(([part, bytes]) => [part, part === 'word/document.xml' ? bytes.toString().replace('Duties and days', 'What is owed') : bytes])
	run('paper-adopt', data, file('notice.en.docx', zip(changed)))
	assert.ok(text(document(make(task, 'notice', 'own.docx', '--paper-lang', 'en'))).includes('What is owed'))
	assert.ok(!text(document(make(task, 'notice', 'own.docx'))).includes('What is owed'))
	assert.equal(JSON.parse(run('paper', data, task, '--json', ...now)).length, 3)
})

// What a word processor checks of a document: https://www.w3.org/TR/xml, and the order in which the standard has children.
const ORDER = {
	'w:pPr': 'pStyle keepNext keepLines pageBreakBefore pBdr autoSpaceDE autoSpaceDN snapToGrid spacing ind jc',
	'w:rPr': 'rFonts b i color spacing sz szCs lang', 'w:tcPr': 'tcW gridSpan vMerge vAlign', 'w:sdtPr': 'alias tag',
	'w:tblPr': 'tblW tblBorders tblLayout tblCellMar', 'w:tblBorders': 'top left bottom right insideH insideV', 'w:font': 'altName charset family pitch',
	'w:sectPr': 'footerReference pgSz pgMar docGrid', 'w:style': 'name basedOn qFormat pPr rPr', 'w:settings': 'evenAndOddHeaders characterSpacingControl compat',
	'w:tc': 'tcPr p', 'w:tbl': 'tblPr tblGrid tr', 'w:tr': 'trPr tc',
}
function check_order(part, xml) {
	const open = [{ name: '', children: [] }]
	for (const [, end, name, , alone] of xml.replace(/<\?.*?\?>|<!--[^]*?-->/g, '').matchAll(/<(\/?)([\w:]+)((?:\s[^<>]*?)?)(\/?)>/g)) {
		if (!end) {
			open.at(-1).children.push(name.replace('w:', ''))
			open.push({ name, children: [] })
		}
		if (!end && !alone) continue
		const closed = open.pop()
		assert.equal(closed.name, name, `${part}: elements overlap`)
		if (!ORDER[name]) continue
		const places = closed.children.map((child) => ORDER[name].split(' ').indexOf(child))
		assert.ok(!places.includes(-1), `${part}: ${name} holds ${closed.children}`)
		assert.deepEqual(places, [...places].sort((a, b) => a - b), `${part}: the order within ${name}: ${closed.children}`)
	}
	assert.equal(open.length, 1, part)
}

test('the parts of a document are as the standard has them: each has a type, what is pointed to is there, children are in order', () => {
	run('report', data, 'rectification', '--out', inside('parts.docx'), ...now)
	for (const path of [make(task, 'notice', 'parts1.docx'), make(task, 'notice', 'parts2.docx', '--paper-lang', 'en'), inside('parts.docx')]) {
		const all = parts(path), types = all.get('[Content_Types].xml').toString()
		for (const [name, bytes] of all) {
			if (name === '[Content_Types].xml') continue
			assert.ok(types.includes(`PartName="/${name}"`) || types.includes(`Extension="${name.split('.').pop()}"`), name)
			if (name.startsWith('word/') && name.endsWith('.xml')) check_order(name, bytes.toString())
		}
		for (const [, part] of types.matchAll(/PartName="\/([^"]+)"/g)) assert.ok(all.has(part), part)
		const pointed = [...all.get('word/_rels/document.xml.rels').toString().matchAll(/Id="(\w+)"[^>]*Target="([^"]+)"/g)]
		for (const [, , target] of pointed) assert.ok(all.has(`word/${target}`), target)
		for (const [, id] of document(path).matchAll(/r:(?:id|embed)="(\w+)"/g)) assert.ok(pointed.some(([, known]) => known === id), id)
		// Without it Word opens a document as one of 2007.
		assert.match(all.get('word/settings.xml').toString(), /compatibilityMode" [^>]*w:val="15"/)
	}
})

test('an urging goes under the hand of who urged', () => {
	run('urge', data, task, '请尽快签收\n并报方案', '--as', office, ...now)
	const said = text(document(make(task, 'urging', 'urging.docx')))
	assert.match(said, /2019年3月5日，.+催办如下：\n请尽快签收/)
	assert.match(said, /\n并报方案|请尽快签收\n并报方案/)
})

test('the closing slip tells how it came to its end', () => {
	const number = open('绿道建设'), paper = file('photo.txt', 'photo')
	run('act', data, number, 'dispatch', '--as', office, ...now)
	run('act', data, number, 'sign', '--as', lead, ...now)
	run('act', data, number, 'report', 'progress=100', 'note=完成', '--evidence', paper, '--as', lead, ...now)
	run('act', data, number, 'ask_close', '--evidence', paper, '--as', lead, ...now)
	run('act', data, number, 'close', '--as', office, ...now)
	const said = text(document(make(number, 'closing', 'closing.docx')))
	for (const words of ['办结销号', '签收', '提请办结', 'photo.txt']) assert.ok(said.includes(words), words)
	assert.match(said, /[0-9a-f]{64}/)
})

test('a paper is drawn as PDF: A4, all its words, pages numbered on the outer side', () => {
	const path = make(task, 'notice', 'notice.pdf')
	assert.equal(readFileSync(path).subarray(0, 5).toString(), '%PDF-')
	assert.match(execFileSync('pdfinfo', [path]).toString(), /Page size:\s+595\.\d+ x 841\.\d+ pts \(A4\)/)
	const said = pdf(path, '-raw')
	for (const words of ['督办通知单', '区农业农村和水利局：', '河道<清淤> & "两岸"整治]]>', '叶散列']) assert.ok(said.replace(/\n/g, '').includes(words), words)
	assert.match(said, /— 1 —/)
})

test('no line begins with a mark that closes, or ends with one that opens, or parts a word', () => {
	const number = open('禁则')
	run('act', data, number, 'dispatch', '--as', office, ...now)
	run('urge', data, number, Array.from({ length: 16 }, (_, i) => `${'水'.repeat(20 + i)}。《土》word-${'水'.repeat(i)}（${'木'.repeat(9)}）${1000 + i}`).join('\n'), '--as', office, ...now)
	const lines = pdf(make(number, 'urging', 'marks.pdf'), '-layout').split('\n').map((line) => line.trim()).filter(Boolean)
	assert.ok(lines.filter((line) => line.includes('水')).length > 30)
	for (const line of lines) assert.ok(!/^[，。、；：！？）》」』】〕]|[（《「『【〔]$/.test(line), line)
	for (let i = 0; i < 16; i++) assert.ok(lines.some((line) => line.includes(String(1000 + i))), `${1000 + i}`)
})

test('a long text goes on over pages, and a row that is higher than one is parted', () => {
	const number = open('长文'), long = '水'.repeat(30).concat('，')
	run('act', data, number, 'dispatch', '--as', office, ...now)
	run('urge', data, number, long.repeat(60), '--as', office, ...now)
	const path = make(number, 'urging', 'long.pdf')
	assert.ok(pages(path) >= 4, `${pages(path)} pages`)
	assert.equal(pdf(path, '-raw').match(/水/g).length, 1800 + (pdf(path, '-raw').match(/区农业农村和水利局/g) ?? []).length)
	const tall = edited('urging', 'tall.docx', (xml) => xml.replace('w:tag w:val="duties.name"', 'w:tag w:val="urging.text"').replace(/w:tag w:val="duties\.(bearer|due)"/g, 'w:tag w:val="matter.title"'))
	run('paper-adopt', data, tall)
	const other = make(number, 'tall', 'tall.pdf')
	assert.ok(pdf(other, '-raw').match(/水/g).length >= 3600)
	assert.ok(pages(other) > pages(path))
})

test('a template that somebody edited takes the place of ours, as far as all its tags are known', () => {
	const path = edited('notice', 'notice.docx', (xml) => xml.replace('请对照下列责任', '请立即对照下列责任').replace('<w:sectPr', `<w:p>${control('field.due')}</w:p><w:sectPr`))
	run('paper-adopt', data, path)
	assert.match(text(document(make(task, 'notice', 'own.docx'))), /请立即对照下列责任[^]*\n2019年6月30日\n/)
	assert.ok(pdf(make(task, 'notice', 'own.pdf')).includes('请立即对照下列责任'))
	const wrong = (name, tag, why) => {
		const done = bihuan(['paper-adopt', data, edited('notice', name, (xml) => xml.replace('<w:sectPr', `<w:p><w:r><w:t>最后一段</w:t></w:r>${control(tag)}</w:p><w:sectPr`))])
		assert.equal(done.code, 2, done.err)
		assert.match(done.err, why)
	}
	wrong('bad.docx', 'matter.titel', /bad\.docx: matter\.titel: there is no such tag; did you mean matter\.title.*it stands in "最后一段/)
	wrong('bad.docx', 'report.table', /there is no such tag/)
	// Which fields there are only a matter tells.
	run('paper-adopt', data, edited('notice', 'strange.docx', (xml) => xml.replace('<w:sectPr', `<w:p>${control('field.no_such')}</w:p><w:sectPr`)))
	assert.match(bihuan(['paper', data, task, 'strange', '--out', inside('no.docx'), ...now]).err, /field\.no_such: the procedure key_task has no field/)
})

test('an institution folder may bring its own templates; one that won\'t do keeps the institution from being founded', () => {
	const from = inside('minimal')
	cpSync(join(root, 'institutions/minimal'), from, { recursive: true })
	mkdirSync(join(from, 'templates'))
	const own = (change) => writeFileSync(join(from, 'templates/notice.docx'), readFileSync(edited('notice', 'own.docx', change)))
	own((xml) => xml.replace('<w:sectPr', `<w:p>${control('no.such')}</w:p><w:sectPr`))
	const done = bihuan(['init', inside('small'), '--institution', from, ...now])
	assert.equal(done.code, 2)
	assert.match(done.err, /templates\/notice\.docx: no\.such: there is no such tag/)
	assert.ok(!existsSync(inside('small')))
	own((xml) => xml.replace('现交你单位办理', '本机构的话'))
	run('init', inside('small'), '--institution', from, ...now)
	assert.ok(text(document(join(inside('small'), 'templates/notice.docx'))).includes('本机构的话'))
})

test('what is no template is refused and says why', () => {
	const refused = (name, bytes, why) => {
		const done = bihuan(['paper-adopt', data, file(name, bytes)])
		assert.equal(done.code, 2, done.err)
		assert.match(done.err, why)
	}
	const with_ = (change) => readFileSync(edited('notice', 'x.docx', change))
	refused('x.docx', 'no zip', /damaged or cut off/)
	refused('x.txt', 'no zip', /ends in \.docx/)
	refused('x.docx', zip([['word/other.xml', '<a/>']]), /no Word document/)
	refused('x.docx', with_((xml) => xml.replace('<w:document', '<!DOCTYPE x [<!ENTITY a "b">]><w:document')), /DOCTYPE/)
	refused('x.docx', with_((xml) => xml.replace('</w:body>', '')), /this isn't XML/)
	refused('x.docx', with_((xml) => xml.replace('<w:body>', `<w:body>${'<a>'.repeat(100)}${'</a>'.repeat(100)}`)), /more layers/)
	assert.equal(bihuan(['paper-adopt', inside('nowhere'), edited('notice', 'x.docx', (xml) => xml)]).code, 1)
	assert.match(run('paper-tags'), /matter\.title/)
})

test('who may not see the matter gets no paper of it', () => {
	const respondent = holder('staffing-head'), manager = holder('discipline-management-head')
	run('open', data, 'lead', 'title=匿名举报某事', 'source=letters', `respondent=${respondent}`, 'unit=staffing', '--as', manager, ...now)
	const [found] = JSON.parse(run('list', data, '--procedure', 'lead', '--json', ...now))
	const paper = (...more) => bihuan(['paper', data, found.number, ...more, ...now])
	for (const who of [respondent, lead]) assert.equal(paper('urging', '--out', inside('no.docx'), '--as', who).code, 1)
	assert.match(paper('urging', '--out', inside('no.docx'), '--as', respondent).err, /no such thing|no such matter|not yours to see/)
	assert.match(paper('urging', '--out', inside('no.docx'), '--as', manager).err, /nobody has urged/)
})

test('a report is a bulletin with its period', () => {
	run('report', data, 'rectification', '--from', '2019-01-01', '--to', '2019-03-31', '--out', inside('bulletin.docx'), ...now)
	const said = text(document(inside('bulletin.docx')))
	assert.match(said, /2019年1月1日至2019年3月31日/)
	assert.match(said, /关于发现问题整改情况\(按责任单位\)的通报/)
	assert.match(said, /截至第 \d+ 个事件/)
	run('report', data, 'vacancies', '--out', inside('bulletin.pdf'), ...now)
	const rows = JSON.parse(run('report', data, 'vacancies', '--json', ...now)).length
	assert.ok(rows > 0 && pages(inside('bulletin.pdf')) >= 1)
	assert.match(pdf(inside('bulletin.pdf'), '-raw').replace(/\n/g, ''), new RegExp(`截至2019年3月5日.*共${rows}行`))
	// Its head stands on each page that its table goes over.
	assert.match(bihuan(['report', data, 'vacancies', '--paper', 'notice', '--out', inside('no.pdf'), ...now]).err, /isn't for reports/)
})

test('slips of a vote are a paper too', () => {
	run('ballot', 'share', inside('a'))
	run('ballot', 'share', inside('b'))
	run('ballot', 'codes', inside('a'), inside('b'), '--group', 'all=19', '--url', 'https://vote.example.org', '--title', '述责述廉', '--slips', inside('slips.docx'), '--list', inside('codes.txt'))
	assert.equal([...parts(inside('slips.docx')).keys()].filter((name) => name.startsWith('word/media/')).length, 19)
	const codes = new Set(text(document(inside('slips.docx'))).match(/[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/g))
	assert.equal(codes.size, 19)
	run('ballot', 'codes', inside('a'), inside('b'), '--group', 'all=19', '--url', 'https://vote.example.org', '--title', '述责述廉', '--slips', inside('slips.pdf'), '--list', inside('codes.txt'))
	assert.equal(pages(inside('slips.pdf')), 2)
	assert.deepEqual(new Set(pdf(inside('slips.pdf')).match(/[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/g)), codes)
})

test('which typefaces stand for which may be said; what can\'t be read is refused', () => {
	writeFileSync(`${data}/templates/fonts.txt`, '# 全部用黑体\n仿宋_GB2312 = No Such Font, Noto Sans CJK SC\n')
	assert.match(execFileSync('pdffonts', [make(task, 'notice', 'fonts.pdf')]).toString(), /NotoSansCJK/)
	writeFileSync(`${data}/templates/fonts.txt`, '')
})

test('a list of responsibilities names what is on it, who answers for each, by when, and how it stands', () => {
	run('open', data, 'responsibility_list', 'title=区水务党风廉政建设主体责任清单', 'kind=main', 'unit=agriculture', 'leader=agriculture-head', 'supervisor=resident-2',
		'items=研究部署党风廉政建设;落实“一岗双责”;述责述廉', 'count=3', 'until=2019-12-13', '--as', 'tang0140', ...now)
	const list = JSON.parse(run('list', data, '--procedure', 'responsibility_list', '--json', ...now))[0].number
	assert.ok(JSON.parse(run('paper', data, list, '--json', ...now)).some((row) => row.name === 'responsibility' && row.lacks === ''))
	const said = text(document(make(list, 'responsibility', 'responsibility.docx')))
	for (const words of ['责任清单', list, '区水务党风廉政建设主体责任清单', '研究部署党风廉政建设', '落实“一岗双责”', '二、各项责任及完成情况', '承担单位（岗位）和责任人', '2019年3月5日'])
		assert.ok(said.includes(words), `${words}\n${said}`)
	// Each duty there is has its row, with the state it is in.
	const { duties } = JSON.parse(run('show', data, list, '--json', '--lang', 'zh', ...now))
	assert.ok(duties.length > 0)
	for (const duty of duties) assert.ok(said.includes(duty.label ?? duty.name), `${JSON.stringify(duty)}\n${said}`)
	const printed = make(list, 'responsibility', 'responsibility.pdf')
	assert.ok(pages(printed) <= 2)
	assert.ok(pdf(printed).replace(/\s/g, '').includes('研究部署党风廉政建设'))
})
