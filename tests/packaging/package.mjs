// The package of Debian: what is in it, that it works from where it is unpacked, and that it comes out the same twice.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { after, test } from 'node:test'

const [root, program] = process.argv.slice(2).map((path) => resolve(path))
const folder = mkdtempSync(join(tmpdir(), 'bihuan-package-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function run(command, args, options = {}) {
	const done = spawnSync(command, args, { encoding: 'utf8', ...options })
	if (done.error) throw done.error
	assert.equal(done.status, 0, `${command} ${args.join(' ')}: ${done.stdout}${done.stderr}`)
	return done.stdout
}
const inside = (name) => join(folder, name)
const make = (name) => run(join(root, 'scripts/package'), [inside(name), dirname(program)])

make('one.deb')
run('dpkg-deb', ['-x', inside('one.deb'), inside('root')])
const installed = inside('root/usr/bin/bihuan')

test('the same program gives the same package', () => {
	make('two.deb')
	const hash = (name) => createHash('sha256').update(readFileSync(inside(name))).digest('hex')
	assert.equal(hash('two.deb'), hash('one.deb'))
})

test('it names what the program is linked to', () => {
	const depends = run('dpkg-deb', ['-f', inside('one.deb'), 'Depends'])
	for (const library of ['libc6', 'libmicrohttpd12', 'libssl3', 'libargon2-1', 'libseccomp2'])
		assert.ok(depends.includes(library), `${library} in ${depends}`)
})

test('everything belongs to root, and nobody else may write it', () => {
	const lines = run('dpkg-deb', ['-c', inside('one.deb')]).trim().split('\n')
	assert.ok(lines.length > 50)
	for (const line of lines) assert.match(line, /^[-d]rw[-x]r-[-x]r-[-x] root\/root /, line)
})

test('the unpacked program makes an installation from what lies beside it', () => {
	run(installed, ['init', inside('data'), '--institution', inside('root/usr/share/bihuan/institutions/minimal')], { cwd: folder })
	assert.match(run(installed, ['doctor', inside('data'), '--lang', 'en'], { cwd: folder }), /the database's pages are whole/)
})

test('the unpacked demonstration finds its district', () => {
	// An address that a demonstration may not have: it makes the district, and stops where it would serve.
	const done = spawnSync(installed, ['demo', '--dir', inside('demo'), '--listen', '192.0.2.1:8080', '--lang', 'en'], { cwd: folder, encoding: 'utf8' })
	assert.equal(done.status, 1, done.stderr)
	assert.match(done.stderr, /served on 127\.0\.0\.1 only/)
	assert.match(run(installed, ['list', inside('demo'), '--limit', '1000', '--lang', 'en'], { cwd: folder }), /标〔2019〕1号/)
})

test('the manual stands in both languages, and names each command', () => {
	const page = (name) => run('gzip', ['-dc', inside(`root/usr/share/man/${name}`)])
	const commands = JSON.parse(run(installed, ['help', '--json'])).map((row) => row.command)
	assert.ok(commands.length > 20)
	for (const text of [page('man1/bihuan.1.gz'), page('zh_CN/man1/bihuan.1.gz')])
		for (const command of commands) assert.ok(text.includes(`.SS ${command.replaceAll('-', '\\-')} `), command)
	assert.match(page('zh_CN/man1/bihuan.1.gz'), /闭环/)
})

test('the completion is a script of the shell', () => {
	run('bash', ['-c', 'complete() { :; }; . "$1"; declare -F _bihuan', 'bash', inside('root/usr/share/bash-completion/completions/bihuan')])
})

test('the scripts of the package are scripts', () => {
	run('dpkg-deb', ['-e', inside('one.deb'), inside('control')])
	for (const name of ['postinst', 'prerm', 'postrm']) {
		run('sh', ['-n', inside(`control/${name}`)])
		assert.ok(statSync(inside(`control/${name}`)).mode & 0o100, name)
	}
})

test('the unit is one that systemd reads, and shuts the server in', (t) => {
	const unit = inside('root/lib/systemd/system/bihuan.service')
	const asked = spawnSync('systemd-analyze', ['--version'])
	if (asked.error) return t.skip('no systemd here')
	const said = run('systemd-analyze', ['security', '--offline=true', '--json=short', '--threshold=20', unit])
	const open = JSON.parse(said).filter((row) => row.set === false).map((row) => row.json_field)
	// What a server can't do without: its folder (no root of its own), its address, the network.
	assert.deepEqual(open.filter((field) => !/^(RootDirectoryOrRootImage|PrivateNetwork|IPAddressDeny|RestrictAddressFamilies_AF_(INET_INET6|UNIX)|DeviceAllow)$/.test(field)), [])
})
