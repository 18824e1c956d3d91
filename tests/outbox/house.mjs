// What the tests of sending share: the smallest institution with people who have passwords, and a round of sending at a given time.
// usage: node FILE.mjs ROOT BIHUAN
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { call } from './servers.mjs'

export const [root, bihuan] = process.argv.slice(2)
export const folder = mkdtempSync(join(tmpdir(), 'bihuan-outbox-'))
after(() => rmSync(folder, { recursive: true, force: true }))

export const password = 'three-lamps-one-river-2019'
export const registry = 'li.zhufei', lead = 'deng.puqing', liaison = 'su.lanmo', leader = 'huang.tongheng', discipline = 'lu.tinghe', director = 'chen.zhuzhou'

export async function run(args, options) {
	const done = await call(bihuan, [...args, '--lang', 'en'], options).ended
	assert.equal(done.code, 0, `bihuan ${args.join(' ')}: ${done.out}${done.err}`)
	return done.out
}
export const at = (text) => ['--now', `2019-${text}`]

let houses = 0
// Founded, with accountability as a compartment; `settings` is outbox.json.
export async function house(settings, ...people) {
	const data = join(folder, `house${++houses}`), from = data + '-institution'
	cpSync(join(root, 'institutions/minimal'), from, { recursive: true })
	const file = join(from, 'procedures/accountability.yaml')
	writeFileSync(file, readFileSync(file, 'utf8').replace(/^visibility: unit/m, 'visibility: compartment')
		.replace('    to: told\n    evidence', '    to: told\n    tells: [facts]\n    evidence').replace('    to: decided\n', '    to: decided\n    tells: [form, reason]\n'))
	await run(['init', data, '--institution', from, '--now', '2018-12-31T08:00'])
	await run(['account', data, 'samples', ...people, '--now', '2018-12-31T09:00'])
	if (settings) settle(data, settings)
	const mine = (verb, who, ...rest) => run(['account', data, verb, who, ...rest], { input: password + '\n' })
	const one = {
		data, mine,
		send: (time) => run(['outbox', data, 'send', ...at(time)]),
		letters: async (time) => JSON.parse(await run(['outbox', data, '--json', ...at(time)])),
		act: (...words) => run(words.flatMap((word, i) => (i === 1 ? [data, word] : [word]))),
		// A task of the projects unit, handed out: its lead owes a signature.
		task: async (title, time, due = '2019-06-28') => {
			const made = JSON.parse(await run(['open', data, 'task', `title=${title}`, 'lead_unit=projects', 'leader=deputy-director-2', `due=${due}`, '--as', registry, '--json', ...at(time)]))
			await run(['act', data, made.number, 'send', '--as', registry, ...at(time)])
			return made
		},
		// Proves an address by the code that the mail server was given.
		prove: async (server, who, address, time) => {
			await mine('address', who, address, ...at(time))
			await one.send(time)
			const code = /\b\d{8}\b/.exec(server.letters.at(-1).text)[0]
			await mine('prove', who, code, ...at(time))
		},
	}
	return one
}
export function settle(data, settings) {
	writeFileSync(join(data, 'outbox.json'), JSON.stringify(settings), { mode: 0o600 })
}
