// What one leader commands, laid out: by procedure as the office works, by unit as the map has it.
import type { Schema } from '../api/client'
import type { LampColour } from '../parts/Lamp'

type Line = Schema['matter_line']

export interface Heap {
	procedure: string
	title: string
	lines: Line[]
}
export interface UnitRow extends Record<LampColour, number> {
	code: string
	name: string
	open: number
}

/** By procedure, the one with most first; within it as they came. */
export function heapsOf(lines: readonly Line[]): Heap[] {
	const heaps = new Map<string, Heap>()
	for (const line of lines) {
		const heap = heaps.get(line.procedure) ?? { procedure: line.procedure, title: line.procedure_title, lines: [] }
		heap.lines.push(line)
		heaps.set(line.procedure, heap)
	}
	return [...heaps.values()].sort((a, b) => b.lines.length - a.lines.length || a.procedure.localeCompare(b.procedure))
}

/** By unit, with how many of each lamp. What no unit leads isn't there. */
export function unitsOf(lines: readonly Line[]): UnitRow[] {
	const units = new Map<string, UnitRow>()
	for (const { unit, unit_name, lamp } of lines) {
		if (!unit) continue
		const row = units.get(unit) ?? { code: unit, name: unit_name ?? unit, open: 0, red: 0, yellow: 0, green: 0, blue: 0, grey: 0 }
		row.open++
		row[lamp]++
		units.set(unit, row)
	}
	return [...units.values()]
}
