// Every shipped procedure's drawings, as their readers read them: BPMN by the library that bpmn-js opens files
// with (no warning), SVG as well-formed XML, and each shape of a BPMN diagram apart from every other.
// usage: node draw.mjs ROOT TEST_DRAW
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import BpmnModdle from 'bpmn-moddle'
import { Parser } from 'saxen'

const [root, program] = process.argv.slice(2)

function definitions() {
	const files = ['task', 'odd'].map((name) => join(root, 'tests/procedure/drawn', `${name}.yaml`))
	for (const institution of readdirSync(join(root, 'institutions'))) {
		const folder = join(root, 'institutions', institution, 'procedures')
		if (existsSync(folder)) files.push(...readdirSync(folder).filter((name) => name.endsWith('.yaml')).map((name) => join(folder, name)))
	}
	return files
}

function draw(file, format, lang) {
	return execFileSync(program, ['--draw', file, format, lang], { encoding: 'utf8', maxBuffer: 1 << 26 })
}

function isWellFormed(text) {
	const open = []
	const ids = new Set()
	const parser = new Parser()
	parser.on('error', (error) => { throw error })
	parser.on('warn', (error) => { throw error })
	parser.on('openTag', (name, attributes) => {
		const { id } = attributes()
		assert.ok(!id || !ids.has(id), `the id ${id} stands twice`)
		ids.add(id)
		open.push(name)
	})
	parser.on('closeTag', (name) => assert.equal(open.pop(), name))
	parser.parse(text)
	assert.equal(open.length, 0)
}

// Tasks, events and gateways; a timer sits on the edge of its task.
function shapesApart(diagram) {
	const shapes = diagram.plane.planeElement
		.filter((element) => /Task|Event$|Gateway/.test(element.bpmnElement.$type) && element.bpmnElement.$type !== 'bpmn:BoundaryEvent')
	for (const [i, a] of shapes.entries())
		for (const b of shapes.slice(0, i)) {
			const apart = a.bounds.x >= b.bounds.x + b.bounds.width || b.bounds.x >= a.bounds.x + a.bounds.width ||
				a.bounds.y >= b.bounds.y + b.bounds.height || b.bounds.y >= a.bounds.y + a.bounds.height
			assert.ok(apart, `${a.id} covers ${b.id}`)
		}
}

// A line goes straight across or straight down and never through a shape.
function linesClear(diagram) {
	const shapes = diagram.plane.planeElement.filter((element) => /Task|Gateway/.test(element.bpmnElement.$type))
	for (const edge of diagram.plane.planeElement.filter((element) => element.waypoint))
		for (const [i, to] of edge.waypoint.entries()) {
			if (i === 0) continue
			const from = edge.waypoint[i - 1]
			assert.ok(from.x === to.x || from.y === to.y, `${edge.id} runs aslant`)
			for (const { id, bounds } of shapes) {
				const through = Math.max(from.x, to.x) > bounds.x && Math.min(from.x, to.x) < bounds.x + bounds.width &&
					Math.max(from.y, to.y) > bounds.y && Math.min(from.y, to.y) < bounds.y + bounds.height
				assert.ok(!through, `${edge.id} runs through ${id}`)
			}
		}
}

for (const file of definitions()) {
	const name = file.slice(root.length + 1)
	test(`${name} as BPMN`, async () => {
		for (const lang of ['zh', 'en']) {
			const { rootElement, warnings } = await new BpmnModdle().fromXML(draw(file, 'bpmn', lang))
			assert.deepEqual(warnings, [])
			const process = rootElement.rootElements.find((element) => element.$type === 'bpmn:Process')
			const drawn = new Set(rootElement.diagrams[0].plane.planeElement.map((element) => element.bpmnElement.id))
			for (const element of process.flowElements) assert.ok(drawn.has(element.id), `${element.id} is not drawn`)
			shapesApart(rootElement.diagrams[0])
			linesClear(rootElement.diagrams[0])
		}
	})
	test(`${name} as SVG`, () => {
		for (const lang of ['zh', 'en']) isWellFormed(draw(file, 'svg', lang))
	})
}

test('a wrong XML would be seen', () => {
	for (const wrong of ['<a><b></a>', '<a id="1"><b id="1"/></a>', '<a>', '<a b="&x;"></a'])
		assert.throws(() => isWellFormed(wrong), `${wrong} passes`)
})
