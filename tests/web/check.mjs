// check.mjs ROOT OPENAPI.json types|logic
//   types   the client's types are made anew from the document and everything is compiled against them: a page that asks for what
//           no route gives, or a sentence without its translation, doesn't pass
//   logic   the tests of web/test
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'

const [root, openapi, what] = process.argv.slice(2)
const web = join(root, 'web')

function run(program, ...args) {
	const done = spawnSync(process.execPath, [join('node_modules', program), ...args], { cwd: web, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' })
	if (done.status !== 0) {
		process.stderr.write(done.stdout)
		process.exit(1)
	}
}

if (what === 'types') {
	run('openapi-typescript/bin/cli.js', resolve(openapi), '-o', 'src/api/schema.d.ts')
	run('typescript/bin/tsc', '--noEmit')
} else {
	run('vitest/vitest.mjs', 'run', '--reporter=dot')
}
