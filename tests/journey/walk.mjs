// 蓬江这篇文章逐条走一遍: each row of the article that has a screen, by the people it names, from sign-in to result. Offices act at a desk in
// Chinese, who is out on a phone in English; what came of it is read in both languages at both sizes.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { inside, openBrowser, root, run, serveData } from './lib.mjs'
import { combinations, people } from './people.mjs'
import { rows, who } from './rows.mjs'

const institution = join(root, 'institutions/pengjiang-2019')
const data = inside('data'), at = (day) => ['--now', `2019-${day}T09:00`]
run('init', data, '--institution', institution, '--now', '2019-06-03T08:00')
run('account', data, 'samples', ...Object.values(who), ...at('06-03'))
// A task whose time is over when the walks begin: its breach opens accountability by itself.
run('open', data, 'key_task', '--as', who.supervision, 'title=防汛物资储备', 'lead_unit=health', 'commander=government-head', 'due=2019-06-20', ...at('06-03'))
run('act', data, '督〔2019〕1号', 'dispatch', '--as', who.supervision, ...at('06-03'))
run('act', data, '督〔2019〕1号', 'sign', '--as', who.health, ...at('06-04'))
run('rule', 'issue', data, join(institution, 'rules/08-big-money.md'), '--as', who.reform, ...at('06-04'))
run('adopt', data, join(institution, 'performance.yaml'), '--yes', '--as', who.reform, ...at('06-04'))
const address = await serveData(data, '--limits', 'off', '--now', '2019-07-16T09:00')
const browser = await openBrowser()

test('no row of the article is left out, none is walked that it doesn’t name', () => {
	const named = [...readFileSync(join(institution, 'README.md'), 'utf8').matchAll(/^\| (?:\*\*)?([SPMX]\d+[a-d]?)(?:\*\*)? \|/gm)].map(([, id]) => id)
	assert.equal(named.length, 19)
	assert.deepEqual(Object.keys(rows).sort(), named.sort())
	assert.deepEqual(lanes.flat().sort(), named.filter((id) => !rows[id].in).sort())
	for (const { in: elsewhere } of Object.values(rows)) if (elsewhere) assert.match(readFileSync(join(root, 'tests/journey', elsewhere), 'utf8'), /\binAll\(/, elsewhere)
})

// What one row leaves behind, another goes on with; so the two lanes keep their order.
const lanes = [['S01', 'S02', 'S03', 'M6b', 'M7c', 'P1', 'S05', 'P4'], ['S04', 'M6c', 'M6a', 'M7a', 'M7d', 'P2', 'P3', 'M5', 'X1', 'X2']]
const done = {}
describe('the rows, two at a time', { concurrency: 2 }, () => {
	for (const lane of lanes)
		describe(lane.join(' '), { concurrency: 1 }, () => {
			const walk = people(browser, address)
			for (const id of lane)
				test(id, async () => {
					walk.walked()
					try {
						done[id] = await rows[id].walk(walk, done)
					} catch (error) {
						await walk.shots(`walk-${id}`)
						throw error
					}
					const walked = walk.walked()
					assert.deepEqual(walked.read, combinations.map(({ language, size }) => `${language} ${size}`), 'it is read in both languages at both sizes')
					assert.deepEqual(walked.by.sort(), rows[id].who.map((each) => who[each]).sort(), 'by whom')
					assert.deepEqual(rows[id].pages.filter((page) => !walked.pages.has(page)), [], 'pages')
					await walk.rest(new Set(lane.slice(lane.indexOf(id) + 1).flatMap((later) => rows[later].who.map((each) => who[each]))))
				})
		})
})
