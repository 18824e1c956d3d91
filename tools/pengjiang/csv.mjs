/* csv.mjs: RFC 4180 both ways, UTF-8 without a mark, lines end in LF. */

export function printCsv(columns, rows) {
	const cell = (value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
	return [columns, ...rows.map((row) => columns.map((name) => String(row[name] ?? '')))]
		.map((cells) => `${cells.map(cell).join(',')}\n`).join('');
}

export function parseCsv(text) {
	const lines = [];
	let cells = [], value = '', quoted = false;
	for (let i = 0; i < text.length; i++) {
		const c = text[i];
		if (quoted) {
			if (c !== '"')
				value += c;
			else if (text[i + 1] === '"')
				value += text[++i];
			else
				quoted = false;
		} else if (c === '"') {
			quoted = true;
		} else if (c === ',' || c === '\n') {
			cells.push(value);
			value = '';
			if (c === '\n') {
				lines.push(cells);
				cells = [];
			}
		} else {
			value += c;
		}
	}
	if (value !== '' || cells.length > 0)
		lines.push([...cells, value]);
	const [columns, ...rest] = lines;
	return rest.map((line) => Object.fromEntries(columns.map((name, i) => [name, line[i]])));
}
