/* earlier.mjs: supervision of the years before the record began, put on record afterwards, so that what was covered and what
 * wasn't can be seen. Made up: most units have something, some have nothing. */
import {holders} from './matters.mjs';

const KINDS = ['organ', 'department', 'street', 'town'];
const RECORD_BY = '2019-03-08', REPORT_AFTER = '2019-03-15';
const TITLES = {stationed: '派驻监督检查', discipline: '纪律监督检查', oversight: '监察监督检查'};
/* Which units, counted in the order of the table, and in which year. */
const CHECKS = [
	{kind: 'stationed', has: (i) => i % 2 === 1, year: (i) => 2016 + i % 3},
	{kind: 'discipline', has: (i) => i % 5 === 1, year: (i) => 2017 + i % 2},
	{kind: 'oversight', has: (i) => i % 6 === 2, year: () => 2018},
];

export function makeEarlier({units, tenures}) {
	const by = holders({tenures});
	const looked = units.filter((unit) => KINDS.includes(unit.kind));
	const team = (kind, i) => kind === 'stationed' ? `resident-${i % 8 + 1}` : 'discipline-accountability';
	const title = (unit, year, what) => `${year}年${unit.name}${what}（补录）`;

	return {
		supervision_check: {
			columns: ['number_ref', 'by', 'title', 'kind', 'team', 'unit', 'begin', 'until'],
			rows: CHECKS.flatMap(({kind, has, year}) => looked.flatMap((unit, i) => has(i) ? [{
				number_ref: `E-${kind}-${unit.code}`, by: by('discipline-supervision-head'), title: title(unit, year(i), TITLES[kind]), kind,
				team: team(kind, i), unit: unit.code, begin: RECORD_BY, until: REPORT_AFTER,
			}] : [])),
		},
		inspection: {
			columns: ['number_ref', 'by', 'title', 'round', 'kind', 'team', 'unit', 'begin', 'until'],
			rows: looked.flatMap((unit, i) => i % 5 === 0 && unit.code !== 'inspection-office' ? [{
				number_ref: `E-inspection-${unit.code}`, by: by('inspection-office-head'), title: title(unit, 2016 + i / 5 % 3, '巡察'),
				round: '九届区委前五轮巡察', kind: 'regular', team: `inspection-team-${i / 5 % 3 + 1}`, unit: unit.code, begin: RECORD_BY, until: REPORT_AFTER,
			}] : []),
		},
	};
}
