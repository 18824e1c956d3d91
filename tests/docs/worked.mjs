// worked.mjs ROOT BIHUAN [--write]: the commands of the pages that work an example, run in their order; what those in console blocks
// print must be what stands below them. A json block that names a file is that file. --write puts what is printed there.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { test } from 'node:test'

const [root, program] = process.argv.slice(2, 4).map((path) => resolve(path))
const CROWD = 'unit,earliest,latest\neducation,3,3\nfinance,3,3\nhealth,3,3\naudit,,\n'

for (const name of ['coverage', 'education', 'levels', 'papers', 'performance', 'rules', 'meetings', 'sign-in']) test(`docs/${name}.md shows what the program prints`, () => {
	const page = join(root, `docs/${name}.md`)
	const folder = mkdtempSync(join(tmpdir(), 'bihuan-coverage-'))
	const tenures = readFileSync(join(root, 'institutions/pengjiang-2019/tenures.csv'), 'utf8').split('\n').map((line) => line.split(','))
	// The account of whoever holds a post on the day of the command, which a reader would look up with `bihuan posts`.
	const named = (line) => line.replace(/@([a-z0-9-]+)(?=.*--now (\S{10}))/g, (_, post, day) =>
		tenures.find((row) => row[0] === post && row[2] <= day && (row[3] === '' || row[3] > day))[1])
	const shell = (line) => spawnSync('bash', ['-c', named(line)], { cwd: folder, encoding: 'utf8', env: { ...process.env, PATH: `${dirname(program)}:${process.env.PATH}` } })
	try {
		symlinkSync(join(root, 'institutions'), join(folder, 'institutions'))
		writeFileSync(join(folder, 'crowd.csv'), CROWD)
		const found = readFileSync(page, 'utf8').replace(/^```(sh|console|json (\S+))\n([^]*?)^```$/gm, (block, kind, file, inside) => {
			if (file) {
				writeFileSync(join(folder, file), inside, { mode: 0o600 })
				return block
			}
			if (kind === 'sh') {
				for (const line of inside.trimEnd().split('\n')) {
					const done = shell(line)
					assert.equal(done.status, 0, `${line}\n${done.stderr}`)
				}
				return block
			}
			const shown = inside.split('\n').filter((line) => line.startsWith('$ ')).map((line) => {
				const done = shell(line.slice(2))
				assert.equal(done.stderr, '', line)
				return `${line}\n${done.stdout}`
			})
			return `\`\`\`console\n${shown.join('')}\`\`\``
		})
		if (process.argv.includes('--write')) writeFileSync(page, found)
		assert.equal(readFileSync(page, 'utf8'), found)
	} finally {
		rmSync(folder, { recursive: true })
	}
})
