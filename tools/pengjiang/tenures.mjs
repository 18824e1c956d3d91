/* tenures.mjs: who held which post from when to when, so that the article's figures come out of the rows.
 *
 * 279 moves of officials managed by the district in 2019: 52 promotions and 227 transfers; and the mean age of
 * the 21 heads of department, 47.2 on the day before the reform and 45.0 on its day (full years of age). */

export const REFORM = '2019-03-01';
export const PROMOTIONS = 52, TRANSFERS = 227;
/* Ages on the day of the reform: of the heads who leave then, of those who follow them, and of those who stay in
 * one of the 21 posts. 277 + 714 = 991 = 21 × 47.19; 231 + 714 = 945 = 21 × 45. */
const AGES_LEAVING = [56, 55, 57, 54, 55];
const AGES_FOLLOWING = [46, 45, 44, 48, 48];
const AGES_STAYING = [51, 50, 49, 48, 47, 46, 46, 45, 44, 44, 43, 42, 41, 40, 39, 39];

const DAYS_2018 = ['2018-03-12', '2018-06-20', '2018-09-10'];
const DAYS_2019 = ['2019-01-15', REFORM, '2019-04-10', '2019-05-20', '2019-06-25', '2019-07-30', '2019-09-05', '2019-10-22', '2019-11-28', '2019-12-20'];
const AGE_BY_TIER = {leader: [46, 56], chief: [40, 55], deputy: [34, 52], staff: [27, 42], village: [32, 58]};
/* Left empty on purpose; see the README. */
const VACATED = [['archives-deputy-2', '2019-10-22'], ['440703103004-liaison', '2019-11-28']];
/* Held by somebody who acts in it. */
const ACTING = ['party-work-head', 'party-work-deputy-1', '2019-10-22'];

export function makeTenures(units, posts, people, random) {
	const rows = [], holding = new Map(); /* post code → its open row */
	const touched = new Set(VACATED.map(([code]) => code));
	const byCode = new Map(posts.map((post) => [post.code, post]));
	touched.add(ACTING[0]).add(ACTING[1]);

	const begin = (post, person, from, move, kind = 'holder') => {
		const row = {post: post.code, person: person.code, from, until: '', kind, move, who: person};
		rows.push(row);
		if (kind === 'holder')
			holding.set(post.code, row);
	};
	const end = (post, day) => {
		const row = holding.get(post.code);
		row.until = day;
		holding.delete(post.code);
		return row.who;
	};

	/* First holders: some day before 2018. */
	for (const post of posts.filter((each) => !each.with)) {
		const year = 2014 + random.below(4), month = 1 + random.below(12), day = 1 + random.below(28);
		const from = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
		begin(post, people.add(...AGE_BY_TIER[post.tier]), from, 'appointment');
	}
	for (const post of posts.filter((each) => each.with)) {
		const main = holding.get(post.with);
		begin(post, main.who, main.from, 'concurrent');
	}

	const departments = new Set(units.filter((unit) => unit.kind === 'department').map((unit) => unit.code));
	const isDepartmentHead = (post) => departments.has(post.unit) && post.kind === 'head';
	const heads = posts.filter(isDepartmentHead);

	/* Move the holders of some posts round in a circle. */
	const rotate = (circle, day) => {
		const who = circle.map((post) => end(post, day));
		circle.forEach((post, i) => begin(post, who[(i + 1) % who.length], day, 'transfer'));
	};
	const rotateAll = (pool, count, day) => {
		let left = count;
		while (left > 0) {
			const size = left <= 3 ? left : left === 4 ? 2 : 2 + random.below(Math.min(4, left - 3));
			rotate(pool.splice(0, size), day);
			left -= size;
		}
	};
	for (const day of DAYS_2018)
		rotateAll(random.shuffle(posts.filter((post) => post.tier === 'deputy' && !touched.has(post.code) && holding.get(post.code).from < '2018')), 8, day);

	/* A post falls vacant by retirement; who follows comes up from the same unit, and so on down. */
	const succeed = (post, day) => {
		touched.add(post.code);
		end(post, day);
		const wanted = post.tier === 'chief' ? 'deputy' : 'staff';
		const from = posts.find((each) => each.unit === post.unit && each.tier === wanted && !touched.has(each.code));
		touched.add(from.code);
		const who = end(from, day);
		begin(post, who, day, 'promotion');
		if (from.tier === 'staff') {
			begin(from, people.add(...AGE_BY_TIER.staff), day, 'appointment');
			return 1;
		}
		return 1 + fillDeputy(from, day);
	};
	const fillDeputy = (post, day) => {
		const from = posts.find((each) => each.unit === post.unit && each.tier === 'staff' && !touched.has(each.code));
		touched.add(from.code);
		begin(post, end(from, day), day, 'promotion');
		begin(from, people.add(...AGE_BY_TIER.staff), day, 'appointment');
		return 1;
	};

	/* The reform: five heads of department leave and are followed by their deputies; eight change places. */
	const leaving = heads.filter((_, i) => i % 4 === 2);
	const staying = heads.filter((post) => !leaving.includes(post));
	leaving.forEach((post, i) => people.setAge(holding.get(post.code).who, AGES_LEAVING[i]));
	staying.forEach((post, i) => people.setAge(holding.get(post.code).who, AGES_STAYING[i]));
	let promotions = 0, transfers = 0;
	for (const [i, post] of leaving.entries()) {
		promotions += succeed(post, REFORM);
		people.setAge(holding.get(post.code).who, AGES_FOLLOWING[i]);
	}
	heads.forEach((post) => touched.add(post.code));
	rotate(staying.slice(0, 5), REFORM);
	rotate(staying.slice(8, 11), REFORM);
	transfers += 8;

	/* Promotions over the year, until there are 52; a chief's successor brings two. */
	const hasStaff = (post) => posts.some((each) => each.unit === post.unit && each.tier === 'staff' && !touched.has(each.code));
	const hasDeputy = (post) => posts.some((each) => each.unit === post.unit && each.tier === 'deputy' && !touched.has(each.code));
	const free = (tier) => random.shuffle(posts.filter((post) => post.tier === tier && !touched.has(post.code)));
	const chiefs = free('chief').filter((post) => hasStaff(post) && hasDeputy(post));
	const deputies = free('deputy');
	for (let turn = 0; promotions < PROMOTIONS; turn++) {
		const day = DAYS_2019[turn % DAYS_2019.length];
		const wantChief = turn % 5 < 2 && promotions + 2 <= PROMOTIONS;
		const post = (wantChief ? chiefs : deputies).find((each) => !touched.has(each.code) && hasStaff(each) && (!wantChief || hasDeputy(each)));
		promotions += succeed(post, day);
	}

	/* Transfers over the year, until there are 227. */
	const shares = [0.06, 0.34, 0.1, 0.08, 0.08, 0.08, 0.08, 0.06, 0.06, 0.06];
	for (const [i, day] of DAYS_2019.entries()) {
		const last = i === DAYS_2019.length - 1;
		const wanted = last ? TRANSFERS - transfers : Math.round((TRANSFERS - 8) * shares[i]);
		const ofChiefs = Math.min(Math.floor(wanted / 4), Math.max(0, free('chief').length));
		for (const [tier, count] of [['chief', ofChiefs === 1 ? 0 : ofChiefs], ['deputy', wanted - (ofChiefs === 1 ? 0 : ofChiefs)]]) {
			const pool = free(tier);
			const moved = pool.slice(0, count);
			rotateAll(pool, count, day);
			moved.forEach((post) => touched.add(post.code));
			transfers += count;
		}
	}

	for (const [code, day] of VACATED)
		end(byCode.get(code), day);
	const [actingPost, actingFrom, actingDay] = ACTING;
	end(byCode.get(actingPost), actingDay);
	begin(byCode.get(actingPost), holding.get(actingFrom).who, actingDay, 'appointment', 'acting');
	rows.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
	return rows;
}
