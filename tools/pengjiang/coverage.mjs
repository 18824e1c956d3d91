/* coverage.mjs: what is to be inspected in the rest of the term, and by whom: the tables that `bihuan plan coverage` takes. */
import {IMPORT_DAY} from './matters.mjs';

const WEIGHTS = {organ: 2, department: 3, street: 5, town: 5};
/* Set up by the reform of the spring: not in the first round. */
const NEW = ['veterans', 'emergency', 'data'];
/* Their five years since the last inspection are over before the term is. */
const SOON = ['transport', 'housing', '440703101'];
const INSPECTORS = /^(inspection-team-\d-(head|deputy)|.*-deputy-1)$/;

export function makeCoverage({units, posts, tenures}) {
	const holds = (row) => row.from <= IMPORT_DAY && (row.until === '' || IMPORT_DAY < row.until) && row.kind === 'holder';
	const kind = new Map(units.map((unit) => [unit.code, unit.kind]));
	const holder = new Map(tenures.filter(holds).map((row) => [row.post, row.person]));
	const lent = posts.filter((post) => INSPECTORS.test(post.code) && ['team', 'department'].includes(kind.get(post.unit)));

	return {
		units: {
			columns: ['unit', 'weight', 'earliest', 'latest'],
			rows: units.filter((unit) => unit.kind in WEIGHTS && unit.code !== 'inspection-office').map((unit) => ({
				unit: unit.code,
				weight: WEIGHTS[unit.kind],
				earliest: NEW.includes(unit.code) ? 2 : '',
				latest: SOON.includes(unit.code) ? 3 : '',
			})),
		},
		inspectors: {columns: ['person'], rows: lent.filter((post) => holder.has(post.code)).map((post) => ({person: holder.get(post.code)}))},
	};
}
