/* supervision.mjs: problems fed back by inspections, the inspections of a round, supervision by discipline and by resident
 * groups, special supervision, and the visits of leaders to their streets and towns. The fields of the work are the article's; the
 * problems are made up, so each says that it is an example (示例). */

/* [source, reference, title, found by, unit, leader, due] */
const FINDINGS = [
	['central_inspection', '中巡-01', '落实“第一议题”制度不够经常', 'committee-office', 'party-school', 'committee-organisation', '2019-06-28'],
	['central_inspection', '中巡-02', '主题教育向村(社区)延伸不够', 'committee-office', 'organisation', 'committee-organisation', '2019-09-27'],
	['central_inspection', '中巡-03', '水污染治理销号凭据不足', 'committee-office', 'agriculture', 'government-head', '2019-09-27'],
	['provincial_inspection', '省巡-01', '“三重一大”事项会议记录不完整', 'committee-office', 'transport', 'government-deputy-2', '2019-05-31'],
	['provincial_inspection', '省巡-02', '大额资金使用集体研究材料未提前送达', 'committee-office', 'finance', 'government-executive', '2019-05-31'],
	['provincial_inspection', '省巡-03', '重点项目督办没有形成闭环', 'committee-office', 'development', 'government-executive', '2019-07-31'],
	['provincial_inspection', '省巡-04', '工程变更审批把关不严', 'committee-office', 'housing', 'government-deputy-2', '2019-07-31'],
	['provincial_inspection', '省巡-05', '干部档案审核有缺项', 'committee-office', 'organisation', 'committee-organisation', '2019-06-28'],
	['provincial_inspection', '省巡-06', '制度修订后没有对照清理旧制度', 'committee-office', 'reform-office', 'committee-deputy', '2019-08-30'],
	['district_inspection', '区巡-01', '党组织生活记录不全', 'inspection-team-1', 'education', 'government-deputy-3', '2019-06-28'],
	['district_inspection', '区巡-02', '公务用车台账缺失', 'inspection-team-1', 'health', 'government-deputy-3', '2019-05-31'],
	['district_inspection', '区巡-03', '村级“三资”公开不及时', 'inspection-team-2', '440703103', 'committee-organisation', '2019-07-31'],
	['district_inspection', '区巡-04', '基层党组织换届档案不全', 'inspection-team-2', '440703101', 'binjiang-head', '2019-06-28'],
	['district_inspection', '区巡-05', '廉政风险点清单没有更新', 'inspection-team-3', 'market', 'government-deputy-4', '2019-06-28'],
	['audit', '审-01', '专项资金结转超过规定期限', 'audit', 'agriculture', 'government-deputy-5', '2019-06-28'],
	['special', '督-01', '民生实事进度台账与现场不符', 'supervision-office', 'government-office', 'government-executive', '2019-05-31'],
];

const ROUND = '九届区委第六轮巡察';
/* [team, unit, begins, on site until] */
const INSPECTIONS = [
	['inspection-team-1', 'human-resources', '2019-03-18', '2019-05-17'],
	['inspection-team-1', 'culture', '2019-03-18', '2019-05-17'],
	['inspection-team-2', 'natural-resources', '2019-03-18', '2019-05-17'],
	['inspection-team-2', '440703102', '2019-03-18', '2019-05-17'],
	['inspection-team-3', 'city-management', '2019-03-18', '2019-05-17'],
	['inspection-team-3', '440703006', '2019-03-18', '2019-05-17'],
];

/* [kind, who supervises, unit, begins, until] */
const CHECKS = [
	...['committee-office', 'government-office', 'organisation', 'education', 'finance', 'housing', 'agriculture', 'health']
		.map((unit, i) => ['stationed', `resident-${i + 1}`, unit, '2019-03-11', '2019-03-22']),
	['discipline', 'discipline-accountability', 'transport', '2019-03-11', '2019-03-15'],
	['discipline', 'discipline-accountability', '440703103', '2019-04-15', '2019-04-19'],
	['oversight', 'discipline-accountability', 'development', '2019-04-08', '2019-04-12'],
	['oversight', 'discipline-accountability', 'market', '2019-05-13', '2019-05-17'],
];
const CHECK_TITLES = {stationed: '派驻监督检查', discipline: '纪律监督检查', oversight: '监察监督检查'};

/* [title, unit, commander, inspect by] */
const SPECIAL = [
	['污染防治攻坚战专项督查', 'environment', 'government-deputy-1', '2019-06-28'],
	['乡村振兴专项督查', 'agriculture', 'committee-deputy', '2019-06-28'],
	['黑臭水体治理专项督查', 'agriculture', 'government-head', '2019-05-31'],
	['民生实事专项督查', 'government-office', 'congress-deputy-1', '2019-08-30'],
	['扫黑除恶专项督查', 'police', 'committee-political-legal', '2019-07-31'],
];

/* The leader of each street or town and those who help: 四套领导班子 and 滨江新区. */
const ASSIGNED = [
	['440703002', 'committee-deputy'], ['440703002', 'congress-head'], ['440703005', 'committee-publicity'], ['440703005', 'conference-deputy-1'],
	['440703006', 'committee-political-legal'], ['440703006', 'government-deputy-4'], ['440703101', 'binjiang-head'], ['440703101', 'congress-deputy-2'],
	['440703102', 'committee-united-front'], ['440703102', 'conference-head'], ['440703103', 'committee-organisation'], ['440703103', 'government-deputy-5'],
];
const SUBJECTS = [['乡村振兴一线督导', '2019-04-30'], ['扫黑除恶一线督导', '2019-05-31']];

export function supervision(by, name) {
	return {
		finding: FINDINGS.map(([source, reference, title, found_by, unit, leader, due], i) =>
			({number_ref: `F${i + 1}`, by: by(`${found_by}-head`), title: `${title}(示例)`, source, reference, found_by, unit, leader, due})),
		inspection: INSPECTIONS.map(([team, unit, begin, until], i) =>
			({number_ref: `I${i + 1}`, by: by('inspection-office-head'), title: `巡察${name(unit)}`, round: ROUND, kind: 'regular', team, unit, begin, until})),
		supervision_check: CHECKS.map(([kind, team, unit, begin, until], i) =>
			({number_ref: `J${i + 1}`, by: by('discipline-supervision-head'), title: `${name(unit)}${CHECK_TITLES[kind]}`, kind, team, unit, begin, until})),
		special_supervision: SPECIAL.map(([title, unit, commander, inspect_by]) =>
			({by: by('supervision-office-head'), title, kind: 'special', unit, commander, inspect_by})),
		site_visit: ASSIGNED.flatMap(([unit, leader]) => SUBJECTS.map(([subject, visit_by]) =>
			({by: by(leader), title: `${name(unit)}${subject}`, leader, unit, visit_by}))),
	};
}
