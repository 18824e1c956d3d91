import { expect, test } from 'vitest'
import { isFigureColumn, isUnbroken } from '../src/lib/reportTable'

test('a column of figures is one, also where some are missing', () => {
	expect(isFigureColumn(['24.0', '', '-3'])).toBe(true)
	for (const cells of [[], ['', ''], ['24.0', '学习'], ['2019-03-01']]) expect(isFigureColumn(cells)).toBe(false)
})

test('numbers of matters and days do not break', () => {
	for (const cell of ['学计〔2019〕28号', '达〔2019〕001号', '2019-03-01']) expect(isUnbroken(cell)).toBe(true)
	for (const cell of ['', '区发展和改革局', '学计〔2019〕28号 有关材料']) expect(isUnbroken(cell)).toBe(false)
})
