/* units.mjs: the units of Pengjiang District in 2019.
 *
 * Streets, towns and committees come from the public divisions (sources/divisions.json); the offices and
 * departments are a plausible list after the reform of early 2019, not a copy of the official one.
 * A row: code, name, name_en, kind, parent, leader (the post in charge of the unit, or ""). */

const row = (code, name, name_en, kind, parent, leader = '') => ({code, name, name_en, kind, parent, leader});

const LEADING = [
	row('committee', '中共蓬江区委员会', 'District Party Committee', 'committee', ''),
	row('congress', '蓬江区人大常委会', "Standing Committee of the District People's Congress", 'congress', 'committee', 'committee-secretary'),
	row('government', '蓬江区人民政府', "District People's Government", 'government', 'committee', 'committee-secretary'),
	row('conference', '政协蓬江区委员会', 'District Consultative Conference', 'conference', 'committee', 'committee-secretary'),
	row('binjiang', '滨江新区管理委员会', 'Binjiang New Area Management Committee', 'zone', 'committee', 'committee-secretary'),
	row('discipline', '蓬江区纪委监委', 'District Discipline and Supervision Commission', 'discipline', 'committee', 'committee-secretary'),
];

const ORGANS = [
	row('committee-office', '区委办公室', 'Committee Office', 'organ', 'committee', 'committee-secretary'),
	row('organisation', '区委组织部', 'Organisation Department', 'organ', 'committee', 'committee-secretary'),
	row('publicity', '区委宣传部', 'Publicity Department', 'organ', 'committee', 'committee-secretary'),
	row('united-front', '区委统战部', 'United Front Work Department', 'organ', 'committee', 'committee-secretary'),
	row('political-legal', '区委政法委', 'Political and Legal Affairs Commission', 'organ', 'committee', 'committee-secretary'),
	row('inspection-office', '区委巡察办', 'Inspection Office', 'organ', 'committee', 'committee-discipline'),
	row('inspection-team-1', '区委第一巡察组', 'First Inspection Team', 'team', 'inspection-office', 'committee-discipline'),
	row('inspection-team-2', '区委第二巡察组', 'Second Inspection Team', 'team', 'inspection-office', 'committee-discipline'),
	row('inspection-team-3', '区委第三巡察组', 'Third Inspection Team', 'team', 'inspection-office', 'committee-discipline'),
	row('supervision-office', '区委区政府督查室', 'Supervision Office', 'organ', 'committee', 'committee-office-chief'),
	row('reform-office', '区委改革办', 'Reform Office', 'organ', 'committee', 'committee-deputy'),
	row('staffing', '区委编办', 'Staffing Office', 'organ', 'committee', 'committee-organisation'),
	row('letters', '区信访局', 'Letters and Visits Bureau', 'organ', 'committee', 'committee-political-legal'),
	row('party-work', '区直机关工委', 'Work Committee of District Organs', 'organ', 'committee', 'committee-organisation'),
	row('party-school', '区委党校', 'Party School', 'organ', 'committee', 'committee-organisation'),
	row('archives', '区档案馆', 'Archives', 'organ', 'committee', 'committee-office-chief'),
];

const DISCIPLINE_ROOMS = [
	row('discipline-letters', '区纪委监委信访室', 'Petitions Room', 'room', 'discipline', 'discipline-deputy-1'),
	row('discipline-management', '区纪委监委案件监督管理室', 'Case Management Room', 'room', 'discipline', 'discipline-deputy-1'),
	row('discipline-supervision', '区纪委监委党风政风监督室', 'Conduct Supervision Room', 'room', 'discipline', 'discipline-deputy-2'),
	row('discipline-accountability', '区纪委监委第一监督检查室', 'First Supervision and Inquiry Room', 'room', 'discipline', 'discipline-deputy-2'),
	row('discipline-investigation', '区纪委监委审查调查室', 'Investigation Room', 'room', 'discipline', 'discipline-deputy-3'),
	row('discipline-trial', '区纪委监委案件审理室', 'Trial Review Room', 'room', 'discipline', 'discipline-standing-1'),
	row('discipline-appeals', '区纪委监委申诉复查室', 'Appeals Room', 'room', 'discipline', 'discipline-standing-2'),
];

/* Resident groups: who they watch is in their name; the list is made up. */
const RESIDENT = ['区委办', '区政府办', '区委组织部', '区教育局', '区财政局', '区住房城乡建设局', '区农业农村和水利局', '区卫生健康局'];

/* The 21 departments of the district government after the reform, each with the post in charge of it. */
const DEPARTMENTS = [
	['government-office', '区政府办公室', 'Government Office', 'government-executive'],
	['development', '区发展和改革局', 'Development and Reform Bureau', 'government-executive'],
	['education', '区教育局', 'Education Bureau', 'government-deputy-3'],
	['industry', '区科工商务局', 'Science, Industry and Commerce Bureau', 'government-deputy-1'],
	['civil-affairs', '区民政局', 'Civil Affairs Bureau', 'government-deputy-5'],
	['justice', '区司法局', 'Justice Bureau', 'government-deputy-4'],
	['finance', '区财政局', 'Finance Bureau', 'government-executive'],
	['human-resources', '区人力资源和社会保障局', 'Human Resources and Social Security Bureau', 'government-executive'],
	['natural-resources', '区自然资源局', 'Natural Resources Bureau', 'government-deputy-2'],
	['housing', '区住房和城乡建设局', 'Housing and Urban-Rural Development Bureau', 'government-deputy-2'],
	['transport', '区交通运输局', 'Transport Bureau', 'government-deputy-2'],
	['agriculture', '区农业农村和水利局', 'Agriculture, Rural Affairs and Water Bureau', 'government-deputy-5'],
	['culture', '区文化广电旅游体育局', 'Culture, Tourism and Sports Bureau', 'government-deputy-3'],
	['health', '区卫生健康局', 'Health Bureau', 'government-deputy-3'],
	['veterans', '区退役军人事务局', 'Veterans Affairs Bureau', 'government-deputy-5'],
	['emergency', '区应急管理局', 'Emergency Management Bureau', 'government-executive'],
	['audit', '区审计局', 'Audit Bureau', 'government-head'],
	['market', '区市场监督管理局', 'Market Supervision Bureau', 'government-deputy-4'],
	['statistics', '区统计局', 'Statistics Bureau', 'government-executive'],
	['city-management', '区城市管理和综合执法局', 'City Management and Law Enforcement Bureau', 'government-deputy-2'],
	['data', '区政务服务数据管理局', 'Government Services and Data Bureau', 'government-executive'],
];

/* Branches of city bodies that work in the district; not among the 21. */
const BRANCHES = [
	['police', '市公安局蓬江分局', 'Public Security Branch', 'government-deputy-4'],
	['environment', '市生态环境局蓬江分局', 'Ecology and Environment Branch', 'government-deputy-1'],
	['tax', '区税务局', 'Tax Bureau', 'government-executive'],
];

/* Leaders who look after a street or town (挂点). */
const LOCAL = {
	'440703002': ['Baisha Subdistrict', 'committee-deputy'],
	'440703005': ['Chaolian Subdistrict', 'committee-publicity'],
	'440703006': ['Huanshi Subdistrict', 'committee-political-legal'],
	'440703101': ['Tangxia Town', 'binjiang-head'],
	'440703102': ['Hetang Town', 'committee-united-front'],
	'440703103': ['Duruan Town', 'committee-organisation'],
};

export const LUWAN = '440703005-luwan';

export function makeUnits(divisions) {
	const rows = [...LEADING, ...ORGANS, ...DISCIPLINE_ROOMS];
	RESIDENT.forEach((at, i) => rows.push(row(`resident-${i + 1}`, `区纪委监委派驻${at}纪检监察组`,
		`Resident Discipline Group ${i + 1}`, 'resident', 'discipline', `discipline-deputy-${1 + i % 3}`)));
	for (const [code, name, english, leader] of DEPARTMENTS)
		rows.push(row(code, name, english, 'department', 'government', leader));
	for (const [code, name, english, leader] of BRANCHES)
		rows.push(row(code, name, english, 'branch', 'government', leader));
	for (const street of divisions.streets) {
		const [english, leader] = LOCAL[street.code];
		rows.push(row(street.code, street.name, english, street.name.endsWith('镇') ? 'town' : 'street', 'committee', leader));
		for (const village of street.villages)
			rows.push(row(village.code, street.name.replace(/街道|镇/, '') + village.name, '', 'village', street.code));
	}
	/* Named in the article; absent from the divisions of 2023. */
	rows.push(row(LUWAN, '潮连卢湾村委会', 'Luwan Village', 'village', '440703005'));
	rows.push(row(`${LUWAN}-centre`, '卢湾村党群服务中心', 'Luwan Village Service Centre', 'centre', LUWAN));
	return rows;
}
