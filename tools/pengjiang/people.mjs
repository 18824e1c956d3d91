/* people.mjs: made-up people, the same on every run.
 *
 * No name is taken from a list of real persons: a surname common in the region is joined to a given name put
 * together from characters of plants, weather and stationery that officials' names seldom use. */

/* mulberry32: small, and the same on every machine. */
export function makeRandom(seed) {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
	const below = (n) => Math.floor(next() * n);
	return {below, pick: (list) => list[below(list.length)],
		shuffle: (list) => {
			for (let i = list.length - 1; i > 0; i--) {
				const j = below(i + 1);
				[list[i], list[j]] = [list[j], list[i]];
			}
			return list;
		}};
}

const SURNAMES = [['chen', '陈'], ['liang', '梁'], ['huang', '黄'], ['li', '李'], ['lin', '林'], ['ou', '区'], ['tan', '谭'], ['feng', '冯'],
	['lu', '卢'], ['rong', '容'], ['situ', '司徒'], ['guan', '关'], ['wu', '伍'], ['zhao', '赵'], ['lv', '吕'], ['zhong', '钟'],
	['he', '何'], ['deng', '邓'], ['su', '苏'], ['luo', '罗'], ['mai', '麦'], ['pan', '潘'], ['zhou', '周'], ['ye', '叶'],
	['ruan', '阮'], ['yu', '余'], ['tang', '汤'], ['kuang', '邝'], ['mo', '莫'], ['xian', '冼'], ['jian', '简'], ['dai', '戴']];
const FIRST = [...'砚竹汀岫棠澍筠珩沐霁蒲荻舟篱穗禾麦稻葵芷荔榕柘桐槐枫楠椿樟桑溪涧泽浦湄渚澜潮汐帆'];
const SECOND_M = [...'川舟原野衡岳陵垣稷畴渔樵耕砺石杉松柏篙桥亭廊窗砚墨笺尺规矩钧衍骞峤屿'];
const SECOND_F = [...'秋穗荷苓芙蓉蔓萝藤蕊霜露雪霏岚晴曦晚汀漪澄溪莞菱芡芹蓼荑'];

export function makePeople(random) {
	const people = [], taken = new Set();

	function name(gender) {
		for (;;) {
			const [latin, surname] = random.pick(SURNAMES);
			const first = random.pick(FIRST), second = random.pick(gender === 'm' ? SECOND_M : SECOND_F);
			const full = surname + first + second;
			if (first !== second && !taken.has(full)) {
				taken.add(full);
				return [latin, full];
			}
		}
	}
	/* A person who is `age` full years old on the day of the reform; never with a birthday near it. */
	function add(minAge, maxAge) {
		const gender = random.below(10) < 7 ? 'm' : 'f';
		const [latin, full] = name(gender);
		const person = {code: `${latin}${String(people.length + 1).padStart(4, '0')}`, name: full, gender, born: ''};
		people.push(person);
		setAge(person, minAge + random.below(maxAge - minAge + 1));
		return person;
	}
	/* Birthdays fall from April to December, so somebody aged N on 1 March was born in 2019 - N - 1. */
	function setAge(person, age) {
		const month = 4 + random.below(9), day = 1 + random.below(28);
		person.born = `${2018 - age}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
	}
	return {rows: people, add, setAge};
}
