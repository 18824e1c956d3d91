/* responsibility.mjs: responsibility lists, reports on duty and integrity, and the standards review of every village,
 * community and service centre. The lists' items are short and made up. */

const MAIN = '研究部署党风廉政建设;落实“一岗双责”;支持执纪执法;述责述廉;问题整改';
const KEY = '制定任务清单;明确主办单位和时限;每月研究推进;现场督导;年终核实';
/* Which resident group watches which unit; the rest are watched by the conduct room. */
const WATCHED = {education: 'resident-4', finance: 'resident-5', housing: 'resident-6', agriculture: 'resident-7', health: 'resident-8', 'government-office': 'resident-2'};
const CHECKLIST = '基层党建标准化规范化检查表(2019年)', ITEMS = 30;
const REPORTERS = ['development', 'finance', 'housing', 'agriculture', 'health', 'education'];

export function responsibility(by, name, units) {
	const departments = units.filter((unit) => unit.kind === 'department').map((unit) => unit.code);
	const local = units.filter((unit) => unit.kind === 'street' || unit.kind === 'town').map((unit) => unit.code);
	const townOf = (unit) => (unit.parent.includes('luwan') ? '440703005' : unit.parent);
	const list = (unit, kind, title, items) =>
		({by: by('discipline-supervision-head'), title: `${name(unit)}${title}`, kind, unit, leader: `${unit}-head`,
			supervisor: WATCHED[unit] ?? 'discipline-supervision', items, count: items.split(';').length, until: '2019-12-13'});

	return {
		responsibility_list: [
			...[...departments, ...local].map((unit) => list(unit, 'main', '党风廉政建设主体责任清单', MAIN)),
			...local.map((unit) => list(unit, 'key_work', '乡村振兴责任清单', KEY)),
			...local.map((unit) => list(unit, 'key_work', '扫黑除恶专项斗争责任清单', KEY)),
		],
		duty_report: [...REPORTERS, ...local].map((unit) =>
			({by: by('discipline-supervision-head'), title: `${name(unit)}主要负责人2019年度述责述廉`, reporter: `${unit}-head`, unit, year: 2019, held_on: '2019-12-19'})),
		standard_review: units.filter((unit) => unit.kind === 'village' || unit.kind === 'centre').map((unit) =>
			({by: by('organisation-liaison'), title: `${unit.name}基层党建标准化达标`, standard: CHECKLIST, unit: unit.code, town: townOf(unit), items: ITEMS, due: '2019-09-27'})),
	};
}
