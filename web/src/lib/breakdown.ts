// Programmes by the procedure they follow, the one with most parts first: deployments stand above programmes, and those above tasks.
import type { Schema } from '../api/client'

type Programme = Schema['programme']
export interface Level {
	procedure: string
	title: string
	programmes: Programme[]
}

export function levelsOf(programmes: readonly Programme[]): Level[] {
	const levels = new Map<string, Level>()
	for (const programme of programmes) {
		const { procedure, procedure_title: title } = programme.matter
		const level = levels.get(procedure) ?? { procedure, title, programmes: [] }
		level.programmes.push(programme)
		levels.set(procedure, level)
	}
	const parts = (level: Level) => level.programmes.reduce((sum, each) => sum + each.parts, 0)
	return [...levels.values()].sort((a, b) => parts(b) - parts(a) || a.procedure.localeCompare(b.procedure))
}
