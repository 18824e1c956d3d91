// The register of rules: its matrix as rows, a text by its chapters, and a comparison as two sides.
import type { Schema } from '../api/client'

export const AREAS = ['people', 'money', 'property', 'affairs'] as const
export const STAGES = ['policy', 'supervision', 'target', 'assessment'] as const
export const STATES = ['in_force', 'future', 'repealed'] as const
export type Area = (typeof AREAS)[number]
export type Stage = (typeof STAGES)[number]

type Part = Schema['rule_part']
type Difference = Schema['rule_difference']
type Words = Schema['rule_words']

/** How many rules in force serve each stage of an area, area by area. */
export function matrixRows(cells: readonly Schema['rule_cell'][]): { area: Area; cells: { stage: Stage; rules: number }[] }[] {
	return AREAS.map((area) => ({ area, cells: STAGES.map((stage) => ({ stage, rules: cells.find((cell) => cell.area === area && cell.stage === stage)?.rules ?? 0 })) }))
}

export interface Chapter {
	/** None: what stands before the first chapter, or in a text without one. */
	head?: Part
	parts: Part[]
}

/** A text by its chapters; sections stand among the articles. */
export function chaptersOf(parts: readonly Part[]): Chapter[] {
	const chapters: Chapter[] = []
	for (const part of parts) {
		if (part.kind === 'chapter') chapters.push({ head: part, parts: [] })
		else if (chapters.length === 0) chapters.push({ parts: [part] })
		else chapters[chapters.length - 1]!.parts.push(part)
	}
	return chapters
}

export type Side = 'before' | 'after'

/** The words of one side; those of the other are left out. */
export function wordsOf(difference: Difference, side: Side): Words[] {
	const own = difference[side]
	if (!own) return []
	const mark = side === 'before' ? 'removed' : 'added'
	if (!difference.words) return [{ mark: difference[side === 'before' ? 'after' : 'before'] ? 'same' : mark, text: own.text }]
	return difference.words.filter((words) => words.mark === 'same' || words.mark === mark)
}

/** Both in one line: what was taken out before what was put in. */
export function wordsTogether(difference: Difference): Words[] {
	if (difference.words) return difference.words
	const side = difference.after ? 'after' : 'before'
	return wordsOf(difference, side)
}

/** "第三条 → 第四条", or the one label there is. */
export function labelsOf({ before, after }: Difference): string {
	const labels = [before?.label, after?.label].filter((label, place, all) => label && all.indexOf(label) === place)
	return labels.join(' → ')
}
