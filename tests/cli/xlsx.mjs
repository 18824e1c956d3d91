// Spreadsheets for tests: a zip of XML written byte by byte, so that wrong ones can be made as well as right ones.
import { deflateRawSync } from 'node:zlib'

const table = Int32Array.from({ length: 256 }, (_, n) => {
	for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1
	return n
})
// Debian 12's own node has no zlib.crc32.
function crc(bytes) {
	let value = -1
	for (const byte of bytes) value = table[(value ^ byte) & 255] ^ (value >>> 8)
	return (value ^ -1) >>> 0
}

/** A zip of [name, text or bytes, changes of what its headers say]. */
export function zip(entries) {
	const parts = []
	const directory = []
	let at = 0
	for (const [name, content, lies = {}] of entries) {
		const bytes = Buffer.from(content)
		const packed = deflateRawSync(bytes, { level: 9 })
		const path = Buffer.from(name)
		const sizes = { crc: crc(bytes), packed: packed.length, size: bytes.length, flags: 0, ...lies }
		const head = Buffer.alloc(30)
		head.writeUInt32LE(0x04034b50, 0)
		head.writeUInt16LE(20, 4)
		head.writeUInt16LE(sizes.flags, 6)
		head.writeUInt16LE(8, 8)
		head.writeUInt16LE(0x21, 12)
		head.writeUInt32LE(sizes.crc >>> 0, 14)
		head.writeUInt32LE(sizes.packed, 18)
		head.writeUInt32LE(sizes.size, 22)
		head.writeUInt16LE(path.length, 26)
		const entry = Buffer.alloc(46)
		entry.writeUInt32LE(0x02014b50, 0)
		entry.writeUInt16LE(20, 4)
		head.copy(entry, 6, 4, 30)
		entry.writeUInt32LE(at, 42)
		parts.push(head, path, packed)
		directory.push(entry, path)
		at += head.length + path.length + packed.length
	}
	const size = directory.reduce((sum, part) => sum + part.length, 0)
	const end = Buffer.alloc(22)
	end.writeUInt32LE(0x06054b50, 0)
	end.writeUInt16LE(Math.min(entries.length, 65535), 8)
	end.writeUInt16LE(Math.min(entries.length, 65535), 10)
	end.writeUInt32LE(size, 12)
	end.writeUInt32LE(at, 16)
	return Buffer.concat([...parts, ...directory, end])
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const escape = (text) => String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const letters = (column) => (column > 26 ? letters(Math.floor((column - 1) / 26)) : '') + String.fromCharCode(65 + ((column - 1) % 26))

/** The styles that cells of these tests may name, by number: plain, a date, a Chinese date, 0.00, 0%, General. */
export const styles = `${xml}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>` +
	'<cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="2"/><xf numFmtId="9"/><xf numFmtId="0"/></cellXfs></styleSheet>'

/** A cell: text is inline; a number, a truth, or {v, t, s, f, raw} as the format has it; null is no cell. */
function cell(value, row, column) {
	const place = letters(column) + row
	if (value === null || value === undefined || value === '') return ''
	if (typeof value === 'number') return `<c r="${place}"><v>${value}</v></c>`
	if (typeof value === 'boolean') return `<c r="${place}" t="b"><v>${value ? 1 : 0}</v></c>`
	if (typeof value === 'string') return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escape(value)}</t></is></c>`
	if (value.raw !== undefined) return value.raw
	return `<c r="${place}"${value.t ? ` t="${value.t}"` : ''}${value.s ? ` s="${value.s}"` : ''}>${value.f ? `<f>${escape(value.f)}</f>` : ''}${value.v === undefined ? '' : `<v>${escape(value.v)}</v>`}</c>`
}

/** A sheet of rows of cells; `merges` such as ['A1:F1']. */
export const sheet = (rows, merges = []) => `${xml}<worksheet xmlns="${main}"><sheetData>` +
	rows.map((cells, i) => `<row r="${i + 1}">${cells.map((value, j) => cell(value, i + 1, j + 1)).join('')}</row>`).join('') + '</sheetData>' +
	(merges.length > 0 ? `<mergeCells count="${merges.length}">${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>` : '') + '</worksheet>'

/** The parts of a workbook of {name: sheet xml}; strings become xl/sharedStrings.xml. */
export function parts(sheets, { strings, from1904 = false, hidden = [] } = {}) {
	const names = Object.keys(sheets)
	const relation = (id, kind, target) => `<Relationship Id="${id}" Type="${office}/${kind}" Target="${target}"/>`
	const relations = (list) => `${xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.join('')}</Relationships>`
	return [
		['[Content_Types].xml', `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`],
		['_rels/.rels', relations([relation('rId1', 'officeDocument', 'xl/workbook.xml')])],
		['xl/workbook.xml', `${xml}<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr date1904="${from1904 ? 1 : 0}"/><sheets>` +
			names.map((name, i) => `<sheet name="${escape(name)}" sheetId="${i + 1}"${hidden.includes(name) ? ' state="hidden"' : ''} r:id="rId${i + 1}"/>`).join('') + '</sheets></workbook>'],
		['xl/_rels/workbook.xml.rels', relations([
			...names.map((_, i) => relation(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)),
			relation('rId91', 'styles', 'styles.xml'),
			...(strings ? [relation('rId92', 'sharedStrings', '/xl/sharedStrings.xml')] : [])])],
		['xl/styles.xml', styles],
		...(strings ? [['xl/sharedStrings.xml', `${xml}<sst xmlns="${main}">${strings.join('')}</sst>`]] : []),
		...names.map((name, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheets[name]]),
	]
}

/** A workbook of one sheet. */
export const workbook = (rows, merges, more) => zip(parts({ Sheet1: sheet(rows, merges) }, more))
