// How the columns of a report are set: figures stand under each other, and what is one word to whoever reads it doesn't break.

/** All that is filled in is a figure, and something is. */
export function isFigureColumn(cells: readonly string[]): boolean {
	const filled = cells.filter(Boolean)
	return filled.length > 0 && filled.every((cell) => /^-?\d+(\.\d+)?$/.test(cell))
}

/** A number of a matter (学计〔2019〕1号) or a day. */
export const isUnbroken = (cell: string): boolean => /^\S{1,6}〔\d{4}〕\d+\p{L}$/u.test(cell) || /^\d{4}-\d{2}-\d{2}$/.test(cell)
