// The small logic of the ballot: a code as people type it, marks, points.
import { expect, test } from 'vitest'
import { codeOf, inFours, marksOf, points, said } from '../src/ballot/words'

test('a code is read as it is typed, with what is easily mistaken put right', () => {
	expect(codeOf(' 70y8-gh0e tt1a-kqtg ')).toBe('70Y8GH0ETT1AKQTG')
	expect(codeOf('OIL0')).toBe('0110')
	expect(inFours('70y8gh')).toBe('70Y8-GH')
	expect(inFours('70Y8-GH0E-TT1A-KQTG-9999')).toBe('70Y8-GH0E-TT1A-KQTG')
})

test('marks are a digit each, scores are hundredths', () => {
	expect(marksOf([1, 0, 4])).toBe('104')
	expect(points(8881)).toBe('88.81')
	expect(points(0)).toBe('0.00')
	expect(points(-1)).toBe('—')
})

test('a label without English is said in Chinese', () => {
	expect(said({ zh: '好', en: 'Good' }, 'en')).toBe('Good')
	expect(said({ zh: '好' }, 'en')).toBe('好')
	expect(said({ zh: '好', en: 'Good' }, 'zh')).toBe('好')
})
