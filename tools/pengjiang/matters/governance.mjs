/* governance.mjs: deployments from above, the programmes they are broken down into, the key tasks of each, and the
 * meetings that began the year. What is deployed and what the programmes are called is the article's; the tasks, their
 * days and who has them are made up. */

/* [ref, title, source, document, lead unit, leader, due] */
export const DEPLOYMENTS = [
	['D1', '省委“1+1+9”工作部署', 'province', '省委全会', 'committee-office', 'committee-deputy', '2019-12-31'],
	['D2', '市委“1+1+5”工作举措', 'city', '市委全会', 'committee-office', 'committee-deputy', '2019-12-31'],
	['D3', '中央巡视反馈意见整改', 'central', '中央巡视反馈意见', 'inspection-office', 'committee-discipline', '2019-11-29'],
	['D4', '省委巡视反馈意见整改', 'province', '省委巡视反馈意见', 'inspection-office', 'committee-discipline', '2019-11-29'],
	['D5', '“不忘初心、牢记使命”主题教育', 'central', '主题教育工作安排', 'organisation', 'committee-organisation', '2019-12-31'],
	['D6', '重构良好政治生态“七个抓”', 'district', '区委九届九次全会', 'committee-office', 'committee-secretary', '2019-12-31'],
];

/* [ref, deployment, title, lead unit, leader, due, target, weight] */
export const PROGRAMMES = [
	['P1', 'D2', '“1+3”平台建设', 'binjiang', 'binjiang-head', '2019-12-20', '平台项目全部按节点推进', 3],
	['P2', 'D1', '三大攻坚战:防范化解重大风险', 'finance', 'government-executive', '2019-12-20', '风险隐患逐项销号', 2],
	['P3', 'D1', '三大攻坚战:精准脱贫', 'agriculture', 'government-deputy-5', '2019-12-20', '帮扶措施全部到户', 2],
	['P4', 'D1', '三大攻坚战:污染防治', 'environment', 'government-deputy-1', '2019-12-20', '年度任务全部完成', 2],
	['P5', 'D1', '乡村振兴', 'agriculture', 'committee-deputy', '2019-12-20', '人居环境整治全部达标', 3],
	['P6', 'D1', '扫黑除恶专项斗争', 'political-legal', 'committee-political-legal', '2019-12-20', '线索核查按期清零', 3],
	['P7', 'D2', '黑臭水体治理', 'agriculture', 'government-head', '2019-11-29', '河段水质逐月好转并达标', 3],
	['P8', 'D2', '城市品质提升', 'housing', 'government-deputy-2', '2019-12-20', '年度项目全部完工', 2],
	['P9', 'D2', '民生实事', 'government-office', 'government-executive', '2019-12-20', '十件实事全部办结', 3],
];

/* [programme, title, lead unit, co-units, commander, due, what counts as done, weight] */
export const TASKS = [
	['P1', '滨江新区道路和管网配套', 'binjiang', 'housing;transport', 'binjiang-head', '2019-10-31', '配套道路通车、管网通水', 3],
	['P1', '平台项目用地保障', 'natural-resources', 'binjiang;440703101', 'government-deputy-2', '2019-08-30', '用地手续全部办结', 2],
	['P1', '平台招商项目落地', 'industry', 'binjiang', 'government-deputy-1', '2019-11-29', '签约项目开工率', 2],
	['P1', '平台项目审批提速', 'data', 'development;natural-resources', 'government-executive', '2019-07-31', '审批时限压减到位', 1],
	['P2', '存量债务和隐性债务排查', 'finance', 'audit', 'government-executive', '2019-06-28', '台账逐笔核清', 2],
	['P2', '非法集资风险排查', 'finance', 'market;police', 'government-executive', '2019-09-27', '风险点逐个处置', 1],
	['P2', '企业欠薪隐患排查', 'human-resources', 'housing', 'government-executive', '2019-11-29', '欠薪案件按期办结', 1],
	['P3', '低收入家庭帮扶措施到户', 'agriculture', 'civil-affairs', 'government-deputy-5', '2019-09-30', '帮扶措施到户率', 2],
	['P3', '对口帮扶项目', 'development', 'agriculture', 'government-executive', '2019-11-29', '项目建成并移交', 1],
	['P4', '工地和道路扬尘治理', 'housing', 'environment;city-management', 'government-deputy-2', '2019-09-27', '在建工地全部达标', 1],
	['P4', '“散乱污”企业整治', 'environment', 'industry;market', 'government-deputy-1', '2019-08-30', '清单企业全部分类处置', 2],
	['P4', '工业固废规范处置', 'environment', 'industry', 'government-deputy-1', '2019-10-31', '产废企业台账齐全', 1],
	['P5', '棠下镇人居环境整治', '440703101', 'agriculture', 'binjiang-head', '2019-09-27', '自然村整治达标', 2],
	['P5', '荷塘镇人居环境整治', '440703102', 'agriculture', 'committee-united-front', '2019-09-27', '自然村整治达标', 2],
	['P5', '杜阮镇人居环境整治', '440703103', 'agriculture', 'committee-organisation', '2019-09-27', '自然村整治达标', 2],
	['P5', '农村生活污水处理设施', 'agriculture', '440703101;440703102;440703103', 'government-deputy-5', '2019-11-29', '设施建成并通水', 2],
	['P5', '农村集体“三资”监管平台', 'agriculture', 'data', 'committee-deputy', '2019-07-31', '村级账户全部接入', 1],
	['P6', '涉黑涉恶线索核查', 'police', 'political-legal', 'committee-political-legal', '2019-10-31', '线索核查率', 3],
	['P6', '建筑领域行业整治', 'housing', 'police', 'government-deputy-2', '2019-10-31', '行业乱点清零', 1],
	['P6', '运输领域行业整治', 'transport', 'police', 'government-deputy-2', '2019-10-31', '行业乱点清零', 1],
	['P6', '村(社区)“两委”资格联审', 'organisation', 'police;civil-affairs', 'committee-organisation', '2019-06-28', '联审全覆盖', 2],
	['P7', '天沙河流域截污', 'agriculture', 'environment;440703101', 'government-head', '2019-10-31', '截污管网贯通', 3],
	['P7', '杜阮河清淤疏浚', '440703103', 'agriculture', 'committee-organisation', '2019-08-30', '清淤河段长度', 2],
	['P7', '环市街道排水口整治', '440703006', 'city-management', 'committee-political-legal', '2019-07-31', '排水口逐个销号', 1],
	['P7', '白沙街道河涌保洁', '440703002', 'city-management', 'committee-deputy', '2019-06-28', '河面保洁全覆盖', 1],
	['P7', '沿河违建清拆', 'city-management', 'natural-resources', 'government-deputy-2', '2019-09-27', '清单违建拆除率', 2],
	['P8', '老旧小区改造', 'housing', '440703002;440703006', 'government-deputy-2', '2019-11-29', '列入计划的小区完工', 2],
	['P8', '背街小巷整治', 'city-management', '440703002', 'government-deputy-2', '2019-09-27', '列入计划的街巷完工', 1],
	['P8', '公共停车位建设', 'transport', 'city-management', 'government-deputy-2', '2019-10-31', '新增车位投入使用', 1],
	['P8', '绿道和口袋公园', 'housing', 'natural-resources', 'government-deputy-2', '2019-10-31', '建成开放', 1],
	['P9', '新增公办学位', 'education', 'housing', 'government-deputy-3', '2019-08-30', '新学年投入使用', 1],
	['P9', '社区卫生服务站改造', 'health', '', 'government-deputy-3', '2019-09-27', '改造完成并开诊', 1],
	['P9', '长者饭堂', 'civil-affairs', '440703002;440703006', 'government-deputy-5', '2019-07-31', '开业并公示菜单', 1],
	['P9', '公厕新建改造', 'city-management', 'culture', 'government-deputy-2', '2019-09-27', '建成开放', 1],
	['P9', '农贸市场升级', 'market', '440703002', 'government-deputy-4', '2019-10-31', '升级改造完成', 1],
	['P9', '食品快检进市场', 'market', '', 'government-deputy-4', '2019-06-28', '检测结果每日公示', 1],
	['P9', '群众体育场地', 'culture', 'education', 'government-deputy-3', '2019-10-31', '场地建成开放', 1],
	['P9', '退役军人服务站', 'veterans', '440703101;440703102;440703103', 'government-deputy-5', '2019-06-28', '镇(街)全覆盖', 1],
	['P9', '政务服务“一窗通办”', 'data', 'government-office', 'government-executive', '2019-08-30', '事项进驻率', 1],
	['P9', '应急避护场所', 'emergency', 'housing', 'government-executive', '2019-09-27', '场所挂牌并演练', 1],
];

/* Held at the beginning of the year; the article gives their order and no days, so these are made up.
 * [ref, title, kind, organiser, chair, held on] */
export const MEETINGS = [
	['M1', '区委九届八次全会', 'plenary', 'committee-office', 'committee-secretary', '2019-02-20'],
	['M2', '区纪委九届四次全会', 'discipline', 'discipline', 'discipline-secretary', '2019-02-22'],
	['M3', '区委九届九次全会', 'plenary', 'committee-office', 'committee-secretary', '2019-02-26'],
	['M4', '区开年工作会议', 'work', 'committee-office', 'committee-secretary', '2019-02-28'],
	['M5', '区委常委会会议（三月）', 'standing', 'committee-office', 'committee-secretary', '2019-03-29'],
	['M6', '区委常委会会议（四月）', 'standing', 'committee-office', 'committee-secretary', '2019-04-26'],
	['M7', '区委常委会会议（五月）', 'standing', 'committee-office', 'committee-secretary', '2019-05-31'],
	['M8', '区委常委会会议（六月）', 'standing', 'committee-office', 'committee-secretary', '2019-06-28'],
];

export function governance(by) {
	return {
		deployment: DEPLOYMENTS.map(([number_ref, title, source, document, lead_unit, leader, due]) =>
			({number_ref, by: by('committee-office-head'), title, source, document, lead_unit, leader, due})),
		programme: PROGRAMMES.map(([number_ref, parent, title, lead_unit, leader, due, target, weight]) =>
			({number_ref, parent, weight, by: by(`${lead_unit}-head`), title, lead_unit, leader, due, target})),
		key_task: TASKS.map(([parent, title, lead_unit, co_units, commander, due, measure, weight], i) =>
			({number_ref: `T${i + 1}`, parent, weight, by: by('supervision-office-head'), title, lead_unit, co_units, commander, target: 100, measure, due})),
		meeting: MEETINGS.map(([number_ref, title, kind, unit, chair, held_on]) =>
			({number_ref, by: by(`${unit === 'discipline' ? 'discipline-secretary' : `${unit}-head`}`), title, kind, unit, chair, body: kind === 'standing' ? 'committee' : '', held_on, place: '区机关会议室'})),
	};
}
