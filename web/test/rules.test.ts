import { expect, test } from 'vitest'
import { chaptersOf, labelsOf, matrixRows, wordsOf, wordsTogether } from '../src/lib/rules'

const part = (kind: 'preamble' | 'chapter' | 'section' | 'article', label: string, text = '') => ({ kind, label, text })

test('every area has every stage, and what is missing is a gap', () => {
	const rows = matrixRows([{ area: 'money', stage: 'policy', rules: 2 }])
	expect(rows.map(({ area }) => area)).toEqual(['people', 'money', 'property', 'affairs'])
	expect(rows[1]!.cells.map(({ rules }) => rules)).toEqual([2, 0, 0, 0])
})

test('articles stand under their chapter, and before the first under none', () => {
	const chapters = chaptersOf([part('preamble', ''), part('article', '第一条'), part('chapter', '第一章'), part('section', '第一节'), part('article', '第二条'), part('chapter', '第二章')])
	expect(chapters.map(({ head, parts }) => [head?.label, parts.map(({ label }) => label)])).toEqual([[undefined, ['', '第一条']], ['第一章', ['第一节', '第二条']], ['第二章', []]])
})

const changed = { change: 'changed' as const, kind: 'article' as const, before: { label: '第三条', text: '三日' }, after: { label: '第四条', text: '五日' }, words: [{ mark: 'removed' as const, text: '三' }, { mark: 'added' as const, text: '五' }, { mark: 'same' as const, text: '日' }] }

test('each side has its own words, and one text has both', () => {
	expect(wordsOf(changed, 'before').map(({ text }) => text)).toEqual(['三', '日'])
	expect(wordsOf(changed, 'after').map(({ text }) => text)).toEqual(['五', '日'])
	expect(wordsTogether(changed)).toEqual(changed.words)
	expect(labelsOf(changed)).toBe('第三条 → 第四条')
})

test('what is only on one side is marked as a whole', () => {
	const added = { change: 'added' as const, kind: 'article' as const, after: { label: '第五条', text: '新' } }
	expect(wordsOf(added, 'before')).toEqual([])
	expect(wordsTogether(added)).toEqual([{ mark: 'added', text: '新' }])
	const same = { change: 'same' as const, kind: 'article' as const, before: { label: '第一条', text: '旧' }, after: { label: '第一条', text: '旧' } }
	expect(wordsTogether(same)).toEqual([{ mark: 'same', text: '旧' }])
	expect(labelsOf(same)).toBe('第一条')
})
