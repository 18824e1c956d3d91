/* figures.mjs: recompute from the rows what the article says, and what every institution must satisfy.
 * Reads only the parsed files, never the generator's own state. */
import {REFORM} from './tenures.mjs';

const dayBefore = (day) => new Date(Date.parse(day) - 86400000).toISOString().slice(0, 10);
const holds = (row, day) => row.from <= day && (row.until === '' || day < row.until);

export function fullYears(born, day) {
	const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
	return day.slice(5) < born.slice(5) ? years - 1 : years;
}

export function meanAgeOfDepartmentHeads({units, posts, people, tenures}, day) {
	const departments = new Set(units.filter((unit) => unit.kind === 'department').map((unit) => unit.code));
	const heads = new Set(posts.filter((post) => departments.has(post.unit) && post.kind === 'head').map((post) => post.code));
	const born = new Map(people.map((person) => [person.code, person.born]));
	const ages = tenures.filter((row) => heads.has(row.post) && holds(row, day)).map((row) => fullYears(born.get(row.person), day));
	return {count: ages.length, mean: ages.reduce((sum, age) => sum + age, 0) / ages.length};
}

export function movesIn({tenures}, year, move) {
	return tenures.filter((row) => row.from.startsWith(year) && row.move === move).length;
}

/* The second opinion: every sentence that doesn't hold. */
export function findFaults(data) {
	const faults = [];
	const expect = (holdsTrue, text) => { if (!holdsTrue) faults.push(text); };
	const {units, posts, people, tenures} = data;
	const codes = (rows) => new Set(rows.map((row) => row.code));
	const unitCodes = codes(units), postCodes = codes(posts), personCodes = codes(people);

	for (const [name, rows, set] of [['units', units, unitCodes], ['posts', posts, postCodes], ['people', people, personCodes]])
		expect(rows.length === set.size, `${name}: a code is given twice`);
	expect(new Set(people.map((person) => person.name)).size === people.length, 'people: a name is given twice');
	for (const unit of units) {
		expect(unit.parent === '' || unitCodes.has(unit.parent), `${unit.code}: no unit ${unit.parent}`);
		expect(unit.leader === '' || postCodes.has(unit.leader), `${unit.code}: no post ${unit.leader}`);
		expect(posts.some((post) => post.unit === unit.code && post.kind === 'head'), `${unit.code}: no post heads it`);
	}
	for (const post of posts)
		expect(unitCodes.has(post.unit), `${post.code}: no unit ${post.unit}`);
	expect(units.filter((unit) => unit.kind === 'department').length === 21, 'not 21 departments');
	expect(units.filter((unit) => unit.kind === 'village').length === 140, 'not 139 committees and Luwan');

	const byPost = new Map(posts.map((post) => [post.code, []]));
	for (const row of tenures) {
		expect(personCodes.has(row.person), `${row.post}: no person ${row.person}`);
		expect(row.until === '' || row.from < row.until, `${row.post}: ends before it begins`);
		byPost.get(row.post).push(row);
	}
	const vacant = [];
	for (const [post, rows] of byPost) {
		for (let i = 1; i < rows.length; i++)
			expect(rows[i - 1].until !== '' && rows[i - 1].until <= rows[i].from, `${post}: two holders at once`);
		if (!rows.some((row) => holds(row, '2019-12-31')))
			vacant.push(post);
	}
	expect(vacant.join() === 'archives-deputy-2,440703103004-liaison', `vacant at the end of 2019: ${vacant.join()}`);

	const before = meanAgeOfDepartmentHeads(data, dayBefore(REFORM)), after = meanAgeOfDepartmentHeads(data, REFORM);
	expect(before.count === 21 && before.mean.toFixed(1) === '47.2', `before the reform: ${before.count} heads, mean age ${before.mean}`);
	expect(after.count === 21 && after.mean.toFixed(1) === '45.0', `after the reform: ${after.count} heads, mean age ${after.mean}`);
	expect(movesIn(data, '2019', 'promotion') === 52, `promotions: ${movesIn(data, '2019', 'promotion')}`);
	expect(movesIn(data, '2019', 'transfer') === 227, `transfers: ${movesIn(data, '2019', 'transfer')}`);
	return faults;
}
