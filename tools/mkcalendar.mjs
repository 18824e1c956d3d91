// mkcalendar.mjs DAYS.json PACKAGE.json OUT.c: the working days of China as a C table.
//
// Rule of the source: a date in `workdays` works; else one in `holidays` is off; else Monday to Friday work. Only the
// dates whose answer differs from Monday-to-Friday are written. Dates are keyed over all years, because the notice for one
// year can change the last days of the year before.
import { readFileSync, writeFileSync } from 'node:fs';

const [, , daysFile, packageFile, outFile] = process.argv;
const { holidays, workdays } = JSON.parse(readFileSync(daysFile, 'utf8'));
const { version, license } = JSON.parse(readFileSync(packageFile, 'utf8'));
const FIRST = '2007-01-01';
const LAST = '2026-12-31';

const dayMs = 86400000;
const number = (date) => Date.parse(date + 'T00:00:00Z') / dayMs;
const rows = [];
const sums = [0];
for (let day = number(FIRST); day <= number(LAST); day++) {
	const date = new Date(day * dayMs);
	const iso = date.toISOString().slice(0, 10);
	const weekday = date.getUTCDay() >= 1 && date.getUTCDay() <= 5;
	const works = iso in workdays ? true : iso in holidays ? false : weekday;
	if (works === weekday) continue;
	sums.push(sums.at(-1) + (works ? 1 : -1));
	rows.push(`\t{{${day}}, ${works}}, /* ${iso} */`);
}
if (rows.length < 300) throw new Error(`only ${rows.length} exceptional days found: has the source changed its form?`);

writeFileSync(outFile, `/* Made at build time from the npm package chinese-days ${version} (licence ${license}),
 * which follows the yearly notices of the State Council of China. Do not edit. */
#include "calendar/china.h"

static const struct calendar_day china_days[] = {
${rows.join('\n')}
};
static const int32_t china_extra[] = {${sums.join(', ')}};

const struct calendar china_calendar = {
	.version = {"chinese-days-${version}", sizeof "chinese-days-${version}" - 1},
	.first = ${number(FIRST)}, /* ${FIRST} */
	.last = ${number(LAST)},  /* ${LAST} */
	.days = china_days,
	.count = sizeof china_days / sizeof china_days[0],
	.extra = china_extra,
};
`);
