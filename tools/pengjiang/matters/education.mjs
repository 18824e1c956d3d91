/* education.mjs: study plans and sessions, research visits, standards of work; the rules that the article says were
 * revised; two collective decisions, two front-line assessments and three problems of work style. The rules' names, the
 * campaigns and the first item are the article's; everything else is made up. */

/* [title, area, drafting unit, due] */
const RULES = [
	['党委(党组)“三重一大”制度', 'affairs', 'discipline', '2019-05-31'],
	['区委工作规则', 'affairs', 'committee-office', '2019-05-31'],
	['区政府党组工作规则', 'affairs', 'government-office', '2019-06-28'],
	['区政府常务会议工作规程', 'affairs', 'government-office', '2019-06-28'],
	['党组工作条例实施细则', 'people', 'organisation', '2019-06-28'],
	['机关经费管理办法', 'money', 'finance', '2019-07-31'],
	['国有资产管理办法', 'property', 'finance', '2019-07-31'],
];
/* [topic, leader, unit that carries it out, due] */
const RESEARCH = [
	['融入粤港澳大湾区建设的产业协作', 'government-head', 'industry', '2019-06-28'],
	['中心城区教育资源均衡', 'government-deputy-3', 'education', '2019-06-28'],
	['基层治理与村级“三资”监管', 'committee-deputy', 'agriculture', '2019-05-31'],
	['黑臭水体长效管护', 'government-deputy-1', 'environment', '2019-07-31'],
];
/* [standard, requirement, unit, area] */
const STANDARDS = [
	['工程变更审批工作标准', '重大变更集体研究、痕迹齐全', 'housing', 'affairs'],
	['公务接待和用车工作标准', '事前审批、事后公示', 'government-office', 'property'],
	['专项资金拨付工作标准', '按进度拨付、逐笔留痕', 'finance', 'money'],
	['干部谈心谈话工作标准', '新任必谈、调整必谈', 'organisation', 'people'],
];
/* [subject, kind, held on, first item] under the plan of `unit` */
const SESSIONS = [
	['committee-office', '区委第一议题学习', 'first_item', '2019-03-11', '学习贯彻习近平总书记重要讲话精神'],
	['publicity', '理论学习中心组学习', 'centre_group', '2019-03-22', '学习贯彻习近平新时代中国特色社会主义思想'],
	['440703005', '镇街村居培训', 'training', '2019-03-28', '党风廉政建设和反腐败斗争规定要求'],
];
/* Every unit with a plan studies once a month, on the working day that stands here, a week later for each sixth unit; streets and towns
 * train the people of their villages besides. */
const MONTHLY = [
	['2019-03-04', '第一议题学习', 'first_item', '学习贯彻习近平总书记重要讲话精神'],
	['2019-04-08', '专题学习', 'theme', '学习贯彻习近平新时代中国特色社会主义思想'],
	['2019-05-06', '主题党日', 'party_day', '党风廉政建设和反腐败斗争规定要求'],
	['2019-06-10', '“大学习、深调研、真落实”集中学习', 'theme', '学习贯彻习近平总书记对广东重要讲话和重要指示批示精神'],
	['2019-07-01', '“不忘初心、牢记使命”主题教育集中学习', 'theme', '学习贯彻习近平总书记在主题教育工作会议上的重要讲话精神'],
];
const TRAINING = ['2019-05-22', '镇街村居培训', 'training', '基层党建标准化规范化规定要求'];
const dayAfter = (day, days) => new Date(Date.parse(day) + days * 86400000).toISOString().slice(0, 10);
const DECISIONS = [
	['黑臭水体治理年度资金安排', 'money', 'agriculture', '38000000.00', '安排年度治理资金', 'M6'],
	['滨江新区道路配套项目安排', 'project', 'binjiang', '120000000.00', '安排年度建设项目', 'M6'],
	['镇街基层治理权责下放方案', 'decision', 'political-legal', '', '镇街权责清单和下放事项', 'M7'],
	['部分镇街领导班子成员调整', 'personnel', 'organisation', '', '人选已经民主推荐和考察', 'M7'],
	['重点企业纾困资金安排', 'money', 'finance', '15000000.00', '安排纾困专项资金', ''],
];
const PROBLEMS = [
	['窗口办事一次性告知不到位', 'named', 'service', 'data'],
	['会议文件层层转发', 'supervision', 'formalism', 'transport'],
	['群众来电长期无人接听', 'anonymous', 'slowness', '440703006'],
];
const FRONT = [
	['天沙河流域截污一线', 'agriculture-deputy-1', '2019-06-28'],
	['老旧小区改造一线', 'housing-deputy-1', '2019-06-28'],
];

export function education(by, name, units) {
	const planned = units.filter((unit) => ['department', 'street', 'town'].includes(unit.kind)).map((unit) => unit.code);

	const monthly = [...planned, 'committee-office', 'publicity'].flatMap((unit, i) => [
		...MONTHLY.map(([day, title, kind, first_item]) => [unit, title, kind, dayAfter(day, i % 6 === 5 ? 7 : i % 5), first_item]),
		...(units.find(({ code }) => code === unit)?.kind === 'street' || units.find(({ code }) => code === unit)?.kind === 'town' ? [[unit, TRAINING[1], TRAINING[2], TRAINING[0], TRAINING[3]]] : []),
	]);

	return {
		study_plan: [...planned, 'committee-office', 'publicity'].map((unit) =>
			({number_ref: `S-${unit}`, by: by(`${unit}-liaison`), title: `${name(unit)}2019年学习计划`, unit, year: 2019, sessions: 10, hours: 20, until: '2019-12-13'})),
		study_session: [...SESSIONS, ...monthly].map(([unit, title, kind, held_on, first_item]) =>
			({parent: `S-${unit}`, weight: 1, by: by(`${unit}-head`), title, unit, kind, held_on, first_item})),
		research_visit: RESEARCH.map(([title, leader, lead_unit, due]) => ({by: by(leader), title, leader, lead_unit, due})),
		work_standard: STANDARDS.map(([title, requirement, unit, area]) => ({by: by(`${unit}-head`), title, requirement, unit, area})),
		rule_making: RULES.map(([title, area, unit, due]) =>
			({by: by(unit === 'discipline' ? 'discipline-secretary' : `${unit}-head`), title, kind: 'amend', area, unit, replaces: title, due})),
		collective_decision: DECISIONS.map(([title, kind, unit, amount, content, meeting]) => ({by: by(`${unit}-head`), title, kind, unit, amount, content, meeting})),
		conduct_problem: PROBLEMS.map(([title, source, kind, subject]) => ({by: by('discipline-letters-head'), title: `${title}(示例)`, source, kind, subject})),
		front_line_assessment: FRONT.map(([front, post, due]) =>
			({by: by('organisation-head'), title: `${front}考察`, person: by(post), post, front, due})),
	};
}
