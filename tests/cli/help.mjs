// What comes from the table of commands: help in both languages, examples that parse, the man page, the completion.
import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { bihuan, file, inside, program, root, run } from './run.mjs'

const commands = JSON.parse(run('help', '--json'))
const chinese = /[\u4e00-\u9fff]/

test('every command and every option is told in Chinese and in English', () => {
	assert.ok(commands.length >= 35)
	for (const command of commands) {
		assert.match(command.zh, chinese, command.command)
		assert.match(command.en, /^[^\u4e00-\u9fff]{4,}$/, command.command)
		for (const option of command.options) {
			assert.match(option.zh, chinese, `${command.command} --${option.option}`)
			assert.match(option.en, /^[^\u4e00-\u9fff]{3,}$/, `${command.command} --${option.option}`)
		}
	}
})

test('the help of each command shows its arguments, its options and an example', () => {
	for (const command of commands)
		for (const lang of ['zh', 'en']) {
			const { code, out, err } = bihuan([command.command, '--help', '--lang', lang])
			assert.equal(code, 0, err)
			assert.ok(out.startsWith(`${lang === 'zh' ? '用法' : 'usage'}: bihuan ${command.command} ${command.arguments}`.trimEnd()), out)
			assert.ok(out.includes(command[lang]) && out.includes(command.example))
			for (const option of command.options) assert.ok(out.includes(`--${option.option}`) && out.includes(option[lang]))
		}
})

// What goes on until it is stopped: stopped as soon as it says where it serves.
const lasting = new Set(['demo', 'serve'])

async function tried({ command, example }) {
	// What goes to files and to other programs is the shell's affair.
	const call = example.split(/ [<>|] /)[0] + (lasting.has(command) ? ' --listen 127.0.0.1:0' : '')
	const child = spawn('bash', ['-c', 'bihuan() { exec "$PROGRAM" "$@"; }; ' + call], {
		cwd: inside('examples'), env: { ...process.env, PROGRAM: program, LANG: 'en' },
	})
	let said = ''
	const hear = (data) => {
		said += data
		if (lasting.has(command) && /http:\/\//.test(said)) child.kill('SIGTERM')
	}
	child.stdout.resume()
	child.stdout.on('data', (data) => lasting.has(command) && hear(data))
	child.stderr.on('data', hear)
	child.stdin.on('error', () => {}) // it may end without having read
	child.stdin.end('{}')
	const [code, signal] = await once(child, 'close')
	return { call, code, signal, said }
}

test('every example is a call that is taken as it stands', async () => {
	mkdirSync(inside('examples'))
	symlinkSync(join(root, 'institutions'), inside('examples/institutions'))
	for (const row of commands) {
		assert.ok(row.example.startsWith(`bihuan ${row.command}`), row.example)
		const { call, code, signal, said } = await tried(row)
		assert.ok(code >= 0 && code <= 3 && signal === null, `${call}: exit ${code} ${signal}\n${said}`)
		assert.doesNotMatch(said, /no such option|number of arguments|needs a value|takes no value|no whole number|is no time/, `${call}\n${said}`)
	}
})

test('a command that there isn\'t is named, with the nearest that there is', () => {
	for (const args of [['inti'], ['help', 'inti']]) {
		const { code, err } = bihuan(args)
		assert.equal(code, 2)
		assert.match(err, /^bihuan: .*inti: there is no such command; did you mean init: bihuan help lists them\n$/)
	}
	assert.equal(bihuan(['nothing-like-it']).err, 'bihuan: nothing-like-it: there is no such command: bihuan help lists them\n')
})

test('what is wrong is said in the language of the call', () => {
	assert.equal(bihuan(['inti', '--lang', 'zh']).err, 'bihuan: inti: 没有这个命令;是否应为 init:bihuan help 可以列出\n')
	assert.match(bihuan(['check', '--explain', 'Q', '--lang', 'zh']).err, /^bihuan: check: Q: 没有这条规则:规则有 W1, /)
})

test('an option that there isn\'t is named, with the nearest that the command takes', () => {
	const { code, err } = bihuan(['check', '--explian', 'P1'])
	assert.equal(code, 2)
	assert.match(err, /^bihuan: check: --explian: there is no such option; did you mean --explain: bihuan check --help lists them\n$/)
	// An option of another command is none of this one's.
	assert.match(bihuan(['check', '--institution', 'x']).err, /--institution: there is no such option/)
})

test('options are checked before anything is done', () => {
	assert.match(bihuan(['check', '--explain']).err, /--explain needs a value: RULE/)
	assert.match(bihuan(['check', '--mutations=yes']).err, /--mutations takes no value/)
	assert.match(bihuan(['check', 'a', 'b']).err, /wrong number of arguments: bihuan check PATH/)
	assert.match(bihuan(['simulate', 'x', '--seed', '-1']).err, /--seed: '-1' is no whole number from 0/)
	assert.match(bihuan(['version', '--lang', 'fr']).err, /--lang: fr:没有这种语言:写 zh 或 en/)
	assert.equal(bihuan(['list', ...Array(130).fill('x')]).code, 2)
})

test('without a command the list of commands is shown, and that is bad usage', () => {
	const { code, out } = bihuan([])
	// The tests' own --lang makes it an unknown command; the plain call is made here.
	assert.equal(code, 2)
	assert.equal(out, '')
	const plain = spawnSync(program, [], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'en_GB.UTF-8' } })
	assert.equal(plain.status, 2)
	assert.match(plain.stdout, /usage: bihuan COMMAND/)
	assert.equal(bihuan(['--help']).code, 0)
})

test('the language is Chinese unless the user or their system asks for English', () => {
	const said = (env, ...args) => spawnSync(program, ['help', ...args], { encoding: 'utf8', env: { PATH: process.env.PATH, ...env } }).stdout
	assert.match(said({}), /用法/)
	assert.match(said({ LANG: 'en_US.UTF-8' }), /usage/)
	assert.match(said({ LANG: 'en_US.UTF-8', LC_ALL: 'zh_CN.UTF-8' }), /用法/)
	assert.match(said({ LANG: 'zh_CN.UTF-8' }, '--lang', 'en'), /usage/)
})

test('the version is the project\'s', () => {
	const stated = execFileSync('sed', ['-n', "s/.*version : '\\([0-9.]*\\)', license.*/\\1/p", join(root, 'meson.build')], { encoding: 'utf8' }).trim()
	assert.equal(run('version'), `bihuan ${stated}\n`)
	assert.equal(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout, `bihuan ${stated}\n`)
})

test('the man page is plain man: known requests only, every command a heading', () => {
	for (const lang of ['zh', 'en']) {
		const page = run('man', '--lang', lang)
		const known = new Set(['.TH', '.SH', '.SS', '.B', '.I', '.TP', '.PP', '.EX', '.EE'])
		for (const line of page.split('\n'))
			if (/^[.']/.test(line)) assert.ok(known.has(line.split(' ')[0]), line)
		assert.match(page, /^\.TH BIHUAN 1 /)
		// A backslash begins only an escape that we write.
		assert.doesNotMatch(page, /\\[^-&e]/)
		for (const { command } of commands) assert.ok(page.includes(`.SS ${command.replaceAll('-', '\\-')}`), command)
	}
})

test('the completion is bash, and completes commands, options and files', () => {
	const script = file('completion', run('completion', 'bash'))
	execFileSync('bash', ['-n', script])
	const complete = (...words) => execFileSync('bash', ['-c',
		`source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _bihuan; printf '%s\\n' "\${COMPREPLY[@]}"`, script, 'bihuan', ...words],
	{ encoding: 'utf8', cwd: root }).trim().split('\n')
	assert.deepEqual(complete('simul'), ['simulate'])
	assert.ok(complete('').includes('open') && complete('').includes('version'))
	assert.deepEqual(complete('check', '--mut'), ['--mutations'])
	assert.ok(complete('check', '--').includes('--lang'))
	assert.ok(!complete('check', '--').includes('--institution'))
	assert.deepEqual(complete('check', 'LICEN').length, 1)
	assert.match(bihuan(['completion', 'fish']).err, /only bash is known, not fish/)
})

test('what can\'t be written is said', () => {
	const done = spawnSync('bash', ['-c', '"$0" help > /dev/full', program], { encoding: 'utf8' })
	assert.equal(done.status, 3)
	assert.match(done.stderr, /output: it couldn't be written/)
})
