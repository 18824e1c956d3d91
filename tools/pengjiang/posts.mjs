/* posts.mjs: the posts of each unit.
 *
 * A row: code, unit, title, title_en, kind, rank; `tier` says how the post is filled and moved and isn't
 * written: leader (处级, managed by the city), chief (正科), deputy (副科), staff (股级), village.
 * `with` names the post whose holder holds this one too (a standing member who heads a department). */

const post = (unit, suffix, title, title_en, kind, rank, tier, extra = {}) =>
	({code: `${unit}-${suffix}`, unit, title, title_en, kind, rank, tier, ...extra});

function committeePosts() {
	const member = (suffix, title, title_en) => post('committee', suffix, title, title_en, 'member', '副处', 'leader');

	return [
		post('committee', 'secretary', '区委书记', 'Secretary of the District Committee', 'head', '正处', 'leader'),
		post('committee', 'mayor', '区委副书记(区长)', 'Deputy Secretary (District Head)', 'deputy', '正处', 'leader'),
		post('committee', 'deputy', '区委专职副书记', 'Deputy Secretary', 'deputy', '副处', 'leader'),
		member('discipline', '区委常委(纪委书记)', 'Standing Member (Discipline)'),
		member('organisation', '区委常委(组织部长)', 'Standing Member (Organisation)'),
		member('publicity', '区委常委(宣传部长)', 'Standing Member (Publicity)'),
		member('united-front', '区委常委(统战部长)', 'Standing Member (United Front)'),
		member('political-legal', '区委常委(政法委书记)', 'Standing Member (Political and Legal)'),
		member('executive', '区委常委(常务副区长)', 'Standing Member (Executive Deputy Head)'),
		member('office-chief', '区委常委(区委办主任)', 'Standing Member (Committee Office)'),
		post('committee', 'liaison', '区委常委会秘书', 'Secretary to the Standing Committee', 'liaison', '股级', 'staff'),
	];
}

function otherLeaders() {
	const rows = [
		post('government', 'head', '区长', 'District Head', 'head', '正处', 'leader', {with: 'committee-mayor'}),
		post('government', 'executive', '常务副区长', 'Executive Deputy District Head', 'deputy', '副处', 'leader', {with: 'committee-executive'}),
		post('congress', 'head', '区人大常委会主任', "Chairman of the People's Congress", 'head', '正处', 'leader'),
		post('conference', 'head', '区政协主席', 'Chairman of the Consultative Conference', 'head', '正处', 'leader'),
		post('binjiang', 'head', '滨江新区管委会主任', 'Director of Binjiang New Area', 'head', '副处', 'leader'),
	];
	for (let i = 1; i <= 5; i++)
		rows.push(post('government', `deputy-${i}`, '副区长', 'Deputy District Head', 'deputy', '副处', 'leader'));
	for (let i = 1; i <= 4; i++) {
		rows.push(post('congress', `deputy-${i}`, '区人大常委会副主任', "Vice-Chairman of the People's Congress", 'deputy', '副处', 'leader'));
		rows.push(post('conference', `deputy-${i}`, '区政协副主席', 'Vice-Chairman of the Consultative Conference', 'deputy', '副处', 'leader'));
		rows.push(post('binjiang', `deputy-${i}`, '滨江新区管委会副主任', 'Deputy Director of Binjiang New Area', 'deputy', '正科', 'chief'));
	}
	const committees = ['法制', '财经', '教科文卫', '农村农业', '社会建设'];
	for (const [i, name] of committees.entries()) {
		rows.push(post('congress', `committee-${i + 1}`, `区人大${name}工委主任`, `Director of Work Committee ${i + 1}`, 'member', '正科', 'chief'));
		rows.push(post('conference', `committee-${i + 1}`, `区政协${name}委主任`, `Director of Special Committee ${i + 1}`, 'member', '正科', 'chief'));
	}
	for (const unit of ['government', 'congress', 'conference', 'binjiang'])
		rows.push(post(unit, 'liaison', '联络员', 'Liaison Officer', 'liaison', '股级', 'staff'));
	return rows;
}

function disciplinePosts() {
	const rows = [post('discipline', 'secretary', '区纪委书记、监委主任', 'Secretary of the Discipline Commission', 'head', '副处', 'leader', {with: 'committee-discipline'})];
	for (let i = 1; i <= 3; i++)
		rows.push(post('discipline', `deputy-${i}`, '区纪委副书记', 'Deputy Secretary of the Discipline Commission', 'deputy', '正科', 'chief'));
	for (let i = 1; i <= 4; i++)
		rows.push(post('discipline', `standing-${i}`, '区纪委常委', 'Standing Member of the Discipline Commission', 'member', '副科', 'deputy'));
	rows.push(post('discipline', 'liaison', '联络员', 'Liaison Officer', 'liaison', '股级', 'staff'));
	return rows;
}

/* Who heads an organ when that is a standing member of the committee. */
const HEADED_BY_MEMBER = {
	'committee-office': ['区委办主任', 'committee-office-chief'], organisation: ['组织部部长', 'committee-organisation'],
	publicity: ['宣传部部长', 'committee-publicity'], 'united-front': ['统战部部长', 'committee-united-front'],
	'political-legal': ['政法委书记', 'committee-political-legal'],
};

function organPosts(unit) {
	const member = HEADED_BY_MEMBER[unit.code];
	const head = member
		? post(unit.code, 'head', member[0], 'Head', 'head', '副处', 'leader', {with: member[1]})
		: post(unit.code, 'head', `${unit.name}主任`.replace(/(局|馆)主任/, '$1$1长').replace('党校主任', '党校常务副校长').replace('工委主任', '工委书记'),
			'Director', 'head', '正科', 'chief');
	const rows = [head];
	const deputy = head.title.replace(/(主任|部长|书记|局长|馆长|常务副校长)$/, (last) => `副${last.replace('常务副', '')}`);
	for (let i = 1; i <= (member ? 4 : 2); i++)
		rows.push(post(unit.code, `deputy-${i}`, deputy, 'Deputy', 'deputy', '副科', 'deputy'));
	rows.push(...staffPosts(unit));
	return rows;
}

function staffPosts(unit) {
	return [
		post(unit.code, 'liaison', '联络员', 'Liaison Officer', 'liaison', '股级', 'staff'),
		post(unit.code, 'office', '综合股股长', 'Chief of General Affairs', 'member', '股级', 'staff'),
	];
}

function departmentPosts(unit) {
	const title = unit.code === 'government-office' ? '区政府办公室主任' : `${unit.name}局长`;
	const rows = [post(unit.code, 'head', title, 'Director', 'head', '正科', 'chief')];
	for (let i = 1; i <= 4; i++)
		rows.push(post(unit.code, `deputy-${i}`, '副局长', 'Deputy Director', 'deputy', '副科', 'deputy'));
	if (unit.code === 'government-office')
		rows.slice(1).forEach((row) => { row.title = '副主任'; });
	rows.push(...staffPosts(unit));
	return rows;
}

function roomPosts(unit) {
	const group = unit.kind === 'resident' || unit.kind === 'team';
	return [
		post(unit.code, 'head', group ? '组长' : '主任', group ? 'Group Leader' : 'Director', 'head', '正科', 'chief'),
		post(unit.code, 'deputy', group ? '副组长' : '副主任', 'Deputy', 'deputy', '副科', 'deputy'),
		post(unit.code, 'liaison', '联络员', 'Liaison Officer', 'liaison', '股级', 'staff'),
	];
}

function localPosts(unit) {
	const town = unit.kind === 'town';
	const titles = town
		? ['镇委书记', '镇长', '镇人大主席', '镇委副书记', '镇纪委书记']
		: ['街道党工委书记', '街道办事处主任', '人大工委主任', '街道党工委副书记', '街道纪工委书记'];
	const rows = [
		post(unit.code, 'head', titles[0], 'Party Secretary', 'head', '正科', 'chief'),
		post(unit.code, 'mayor', titles[1], town ? 'Town Mayor' : 'Director of the Subdistrict Office', 'deputy', '正科', 'chief'),
		post(unit.code, 'congress', titles[2], "People's Congress Chair", 'member', '正科', 'chief'),
		post(unit.code, 'deputy', titles[3], 'Deputy Party Secretary', 'deputy', '副科', 'deputy'),
		post(unit.code, 'discipline', titles[4], 'Discipline Secretary', 'member', '副科', 'deputy'),
	];
	for (let i = 1; i <= 8; i++)
		rows.push(post(unit.code, `member-${i}`, town ? '镇委委员、副镇长' : '党工委委员、办事处副主任', 'Committee Member', 'deputy', '副科', 'deputy'));
	rows.push(...staffPosts(unit));
	return rows;
}

function villagePosts(unit) {
	const title = unit.name.includes('村') ? '村党组织书记、村委会主任' : '社区党组织书记、居委会主任';
	return [
		post(unit.code, 'head', title, 'Party Secretary and Committee Chair', 'head', '', 'village'),
		post(unit.code, 'liaison', '党建联络员', 'Liaison Officer', 'liaison', '', 'village'),
	];
}

function centrePosts(unit) {
	return [
		post(unit.code, 'head', '党群服务中心主任', 'Director of the Service Centre', 'head', '', 'village'),
		post(unit.code, 'liaison', '党群服务中心专职人员', 'Centre Officer', 'liaison', '', 'village'),
	];
}

const BY_KIND = {organ: organPosts, department: departmentPosts, branch: departmentPosts, room: roomPosts, resident: roomPosts, team: roomPosts,
	street: localPosts, town: localPosts, village: villagePosts, centre: centrePosts};

export function makePosts(units) {
	const rows = [...committeePosts(), ...otherLeaders(), ...disciplinePosts()];
	for (const unit of units)
		if (BY_KIND[unit.kind])
			rows.push(...BY_KIND[unit.kind](unit));
	return rows;
}
