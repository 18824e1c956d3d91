/* matters.mjs: what is to be imported when the year begins: one table a procedure, as institutions/README.md describes.
 * Nothing of cases, leads, sanctions or appointments: they are about persons, so none is made up. */
import {education} from './matters/education.mjs';
import {governance} from './matters/governance.mjs';
import {responsibility} from './matters/responsibility.mjs';
import {supervision} from './matters/supervision.mjs';

/* The day for which the tables are made; who holds a post then opens the matter. */
export const IMPORT_DAY = '2019-02-18';
const LEADING = ['number_ref', 'parent', 'weight', 'by'];

/* Who holds a post on that day. */
export function holders({tenures}) {
	const holds = (row) => row.from <= IMPORT_DAY && (row.until === '' || IMPORT_DAY < row.until);
	const holder = new Map(tenures.filter(holds).map((row) => [row.post, row.person]));

	return (post) => {
		if (!holder.has(post))
			throw new Error(`nobody holds ${post} on ${IMPORT_DAY}`);
		return holder.get(post);
	};
}

export function makeMatters({units, tenures}) {
	const by = holders({tenures});
	const names = new Map(units.map((unit) => [unit.code, unit.name]));
	const name = (unit) => names.get(unit);
	const tables = {...governance(by), ...supervision(by, name), ...responsibility(by, name, units), ...education(by, name, units)};

	return Object.fromEntries(Object.entries(tables).map(([procedure, rows]) => {
		const used = Object.keys(rows[0]);
		return [procedure, {columns: [...LEADING.filter((column) => used.includes(column)), ...used.filter((column) => !LEADING.includes(column))], rows}];
	}));
}
