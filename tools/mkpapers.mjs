// mkpapers.mjs STYLES ENGLISH-STYLES FONTS PAPER... OUT.c: the shipped papers as the parts of Word documents, in one C table.
//
// NAME.paper is a paper in Chinese, NAME.en.paper the same in English. It is a head (title, english, subject, keywords, page)
// and, behind "---", one block a line:
//   mark number title to body head block sign date formtitle   a paragraph of the style of that name
//   table 30 70                   a table with columns of so many hundredths; its rows are indented
//     heads | cells | form | long | tall | cut   a row; "text >3" spans three columns, "v text" begins and "^" goes on
//                                 with a cell over several rows, "/" parts paragraphs of a slip
//   next                          a new page
//   receipt                       the receipt as text and as QR code
// {tag} is a content control with that tag; \\ in a cell is a new line.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

const [stylesFile, englishFile, fontsFile, ...rest] = process.argv.slice(2);
const out = rest.pop();
const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const FONTS = { BODY: '仿宋_GB2312', TITLE: '方正小标宋简体', HEAD: '黑体', SECOND: '楷体_GB2312', PAGE: '宋体', LATIN: 'Times New Roman' };
const STYLES = { mark: 'Mark', number: 'Number', title: 'PaperTitle', to: 'Addressee', body: 'Body', head: 'Head', block: 'Block', sign: 'Signature', date: 'PaperDate', formtitle: 'FormTitle' };
const SLIP_STYLES = { title: 'SlipTitle', code: 'SlipCode' };
// Twips: GB/T 9704 gives 37 mm above, 28 mm at the binding, and 156 x 225 mm of type.
const PAGES = {
	letter: { top: 2098, right: 1474, bottom: 1984, left: 1588, grid: true, number: true },
	english: { top: 1588, right: 1474, bottom: 1984, left: 1588, grid: false, number: true },
	form: { top: 1134, right: 1134, bottom: 1134, left: 1134, grid: false, number: false },
	slips: { top: 454, right: 454, bottom: 454, left: 454, grid: false, number: false },
};

const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const run = (text) => (text === '' ? '' : `<w:r>${text.split('\\').map((line) => `<w:t xml:space="preserve">${escape(line)}</w:t>`).join('<w:br/>')}</w:r>`);
const control = (tag) => `<w:sdt><w:sdtPr><w:alias w:val="${tag}"/><w:tag w:val="${tag}"/></w:sdtPr><w:sdtContent>${run(tag)}</w:sdtContent></w:sdt>`;
const inline = (text) => text.split(/\{([\w.]+)\}/).map((piece, i) => (i % 2 ? control(piece) : run(piece))).join('');
const paragraph = (style, text, more = '') => `<w:p><w:pPr><w:pStyle w:val="${style}"/>${more}</w:pPr>${inline(text)}</w:p>`;

function cell(kind, width, text) {
	let properties = '', style = { heads: 'TableHead', cells: 'TableText', form: 'FormText', tall: 'FormText', long: 'FormText', cut: 'SlipSmall' }[kind];
	const span = /^(.*?)\s*>(\d)$/.exec(text);

	if (span) {
		text = span[1];
		properties += `<w:gridSpan w:val="${span[2]}"/>`;
	}
	if (text.startsWith('v ')) properties += '<w:vMerge w:val="restart"/>';
	if (text === '^') properties += '<w:vMerge/>';
	text = text.replace(/^(v |\^)/, '');
	if (kind === 'long' && text.includes('{')) style = 'TableText';
	const paragraphs = kind === 'cut' ? text.split('/') : [text];
	const body = paragraphs.map((one) => paragraph(kind === 'cut' ? SLIP_STYLES[/_(\w+)\}$/.exec(one)?.[1]] ?? style : style, one)).join('');

	return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${properties}<w:vAlign w:val="${kind === 'cells' || style === 'TableText' && kind === 'long' ? 'top' : 'center'}"/></w:tcPr>${body}</w:tc>`;
}

function table(head, rows, area, file) {
	const parts = head.split(/\s+/).slice(1).map(Number), all = parts.reduce((a, b) => a + b, 0);
	const widths = parts.map((part) => Math.round((part * area) / all));
	const dashed = rows.some((row) => row.startsWith('cut '));
	const line = dashed ? 'w:val="dashed" w:sz="2" w:color="888888"' : 'w:val="single" w:sz="4"';
	const sides = (dashed ? ['top', 'left', 'bottom', 'right', 'insideH'] : ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']).map((side) => `<w:${side} ${line}/>`).join('');
	// A form has narrow columns: four characters to a line.
	const margins = rows.some((row) => row.startsWith('form ')) ? '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>' : '';
	const body = rows.map((row) => {
		const [, kind, text] = /^(\w+) (.*)$/.exec(row);
		let at = 0;
		const cells = text.split(' | ').map((one) => {
			const span = Number(/>(\d)$/.exec(one)?.[1] ?? 1), width = widths.slice(at, at + span).reduce((a, b) => a + b, 0);

			at += span;
			return cell(kind, width, one);
		});

		if (at !== widths.length) throw new Error(`${file}: a row has ${at} of ${widths.length} columns: ${row}`);
		const height = { form: 620, tall: 1900, long: 4600, cut: 1927 }[kind];
		const look = (kind === 'heads' ? '<w:tblHeader/>' : '') + (kind === 'long' ? '' : '<w:cantSplit/>') + (height ? `<w:trHeight w:val="${height}" w:hRule="atLeast"/>` : '');

		return `<w:tr><w:trPr>${look}</w:trPr>${cells.join('')}</w:tr>`;
	});

	return `<w:tbl><w:tblPr><w:tblW w:w="${widths.reduce((a, b) => a + b, 0)}" w:type="dxa"/><w:tblBorders>${sides}</w:tblBorders><w:tblLayout w:type="fixed"/>${margins}</w:tblPr><w:tblGrid>${widths.map((w) => `<w:gridCol w:w="${w}"/>`).join('')}</w:tblGrid>${body.join('')}</w:tbl>`;
}

// Outside the frame of the document, in a table without lines: the code left, the text beside it.
const receipt = (area) => `${paragraph('Receipt', '')}<w:tbl><w:tblPr><w:tblW w:w="${area}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="1500"/><w:gridCol w:w="${area - 1500}"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="1500" w:type="dxa"/></w:tcPr>${paragraph('Receipt', '{receipt.qr}')}</w:tc><w:tc><w:tcPr><w:tcW w:w="${area - 1500}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>${paragraph('Receipt', '{receipt.text}')}</w:tc></w:tr></w:tbl>`;

function document(file, head, lines) {
	const page = PAGES[head.page ?? 'letter'], area = 11906 - page.left - page.right;
	let body = '';

	for (let i = 0; i < lines.length; i++) {
		const [, word, text] = /^(\w+) ?(.*)$/.exec(lines[i]);

		if (word === 'table') {
			const rows = [];

			while (/^\s/.test(lines[i + 1] ?? '')) rows.push(lines[++i].trim());
			body += table(lines[i - rows.length], rows, area, file);
		} else if (word === 'receipt') body += receipt(area);
		else if (word === 'next') body += paragraph('Receipt', '', '<w:pageBreakBefore/>');
		else if (STYLES[word]) body += paragraph(STYLES[word], text);
		else throw new Error(`${file}: there is no block ${word}`);
	}
	// Word wants a paragraph behind a table that ends a document; of no height, lest it takes a page of its own.
	if (body.endsWith('</w:tbl>')) body += paragraph('Tail', '');
	const footers = page.number ? '<w:footerReference w:type="default" r:id="rId3"/><w:footerReference w:type="even" r:id="rId4"/>' : '';
	const grid = page.grid ? '<w:docGrid w:type="lines" w:linePitch="580"/>' : '';

	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="${W}" xmlns:r="${R}"><w:body>${body}<w:sectPr>${footers}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="${page.top}" w:right="${page.right}" w:bottom="${page.bottom}" w:left="${page.left}" w:header="851" w:footer="1304" w:gutter="0"/>${grid}</w:sectPr></w:body></w:document>`;
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const footer = (style) => `${XML}<w:ftr xmlns:w="${W}"><w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>`;
// What stands for a typeface that a machine hasn't got, from the same rows as for PDF.
const others = Object.fromEntries(readFileSync(fontsFile, 'utf8').split('\n').filter((line) => / = /.test(line) && !/^[#*]/.test(line))
	.map((line) => line.split(' = ')).map(([name, next]) => [name, next.split(', ').filter((other) => !other.includes(':')).join(',')]));
const font = (name) => `<w:font w:name="${name}"><w:altName w:val="${others[name]}"/><w:charset w:val="${/[^ -~]/.test(name) ? '86' : '00'}"/><w:family w:val="${name === FONTS.HEAD ? 'swiss' : 'roman'}"/><w:pitch w:val="variable"/></w:font>`;
const override = (part, type) => `<Override PartName="/${part}" ContentType="application/vnd.openxmlformats-${type}+xml"/>`;
const OOXML = 'http://schemas.openxmlformats.org/';
const relation = (id, type, target) => `<Relationship Id="${id}" Type="${OOXML}${type}" Target="${target}"/>`;
const relations = (...all) => `${XML}<Relationships xmlns="${OOXML}package/2006/relationships">${all.join('')}</Relationships>`;
const word = 'officedocument.wordprocessingml.';
const shared = [
	['[Content_Types].xml', `${XML}<Types xmlns="${OOXML}package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('word/document.xml', word + 'document.main')}${override('word/styles.xml', word + 'styles')}${override('word/settings.xml', word + 'settings')}${override('word/fontTable.xml', word + 'fontTable')}${override('word/footer1.xml', word + 'footer')}${override('word/footer2.xml', word + 'footer')}${override('docProps/core.xml', 'package.core-properties')}</Types>`],
	['_rels/.rels', relations(relation('rId1', 'officeDocument/2006/relationships/officeDocument', 'word/document.xml'), relation('rId2', 'package/2006/relationships/metadata/core-properties', 'docProps/core.xml'))],
	['word/_rels/document.xml.rels', relations(relation('rId1', 'officeDocument/2006/relationships/styles', 'styles.xml'), relation('rId2', 'officeDocument/2006/relationships/settings', 'settings.xml'), relation('rId3', 'officeDocument/2006/relationships/footer', 'footer1.xml'), relation('rId4', 'officeDocument/2006/relationships/footer', 'footer2.xml'), relation('rId5', 'officeDocument/2006/relationships/fontTable', 'fontTable.xml'))],
	// 15: as Word has laid out since 2013; without it Word opens a document in a mode for older ones.
	['word/settings.xml', `${XML}<w:settings xmlns:w="${W}"><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`],
	['word/fontTable.xml', `${XML}<w:fonts xmlns:w="${W}">${Object.values(FONTS).map(font).join('')}</w:fonts>`],
	['word/footer1.xml', footer('PageOdd')],
	['word/footer2.xml', footer('PageEven')],
];

const styles = (file) => readFileSync(file, 'utf8').replace(/FONT-(\w+)/g, (_, role) => FONTS[role]);
const quote = (text) => text.match(/[^]{1,900}/gu).map((piece) => `\t"${piece.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t').replace(/\?\?/g, '?\\?')}"`).join('\n');
const c = [['chinese_styles', stylesFile], ['english_styles', englishFile]].map(([symbol, file]) => `static const char ${symbol}[] =\n${quote(styles(file))};`);
const rows = [];

for (const file of rest) {
	const name = basename(file, '.paper'), symbol = name.replace('.', '_'), [before, after] = readFileSync(file, 'utf8').split('---\n');
	const head = Object.fromEntries(before.trim().split('\n').map((line) => line.split(/: (.*)/).slice(0, 2)));
	const core = `${XML}<cp:coreProperties xmlns:cp="${OOXML}package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escape(head.title)}</dc:title><dc:subject>${head.subject}</dc:subject><cp:keywords>${escape(head.keywords)}</cp:keywords><dc:description>${escape(head.english)}</dc:description></cp:coreProperties>`;

	c.push(`static const char ${symbol}_document[] =\n${quote(document(file, head, after.trimEnd().split('\n')))};`);
	c.push(`static const char ${symbol}_core[] =\n${quote(core)};`);
	rows.push(`\t{"${name}", ${symbol}_document, ${symbol}_core, ${name.endsWith('.en') ? 'english_styles' : 'chinese_styles'}},`);
}
writeFileSync(out, `/* Made at build time by tools/mkpapers.mjs. Do not edit. */
#include "paper/shipped.h"

${c.join('\n\n')}

const struct shipped_paper shipped_papers[] = {
${rows.join('\n')}
};
const size_t shipped_paper_count = ${rows.length};

const struct docx_part shipped_parts[] = {
${shared.map(([name, text]) => `\t{"${name}",\n${quote(text)}},`).join('\n')}
};
const size_t shipped_part_count = ${shared.length};

const char shipped_fonts[] =
${quote(readFileSync(fontsFile, 'utf8'))};
`);
