// readme.mjs ROOT BIHUAN: the commands of both READMEs, run in their order in an empty folder, as a reader would.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import test from 'node:test';

const [root, bihuan] = process.argv.slice(2).map((path) => resolve(path));

/** The lines of all code blocks that call bihuan. */
function commands(page) {
	const blocks = readFileSync(join(root, page), 'utf8').split(/^```.*$/m).filter((_, i) => i % 2 === 1);
	return blocks.flatMap((block) => block.split('\n')).filter((line) => line.startsWith('bihuan '));
}

for (const page of ['README.md', 'README.zh-CN.md']) {
	test(`each command of ${page} does what a reader expects of it`, () => {
		const folder = mkdtempSync(join(tmpdir(), 'bihuan-readme-'));
		try {
			symlinkSync(join(root, 'institutions'), join(folder, 'institutions'));
			const lines = commands(page);
			assert.ok(lines.length >= 10, `only ${lines.length} commands found`);
			for (const line of lines) {
				const ran = spawnSync('bash', ['-c', line], {
					cwd: folder,
					encoding: 'utf8',
					env: { ...process.env, PATH: `${dirname(bihuan)}:${process.env.PATH}` },
				});
				assert.equal(ran.status, 0, `${line}\n${ran.stderr}`);
			}
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
}

test('both languages show the same commands', () => {
	assert.deepEqual(commands('README.zh-CN.md'), commands('README.md'));
});

test('every page that a README names is there', () => {
	for (const page of ['README.md', 'README.zh-CN.md'])
		for (const [, target] of readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g))
			assert.ok(existsSync(join(root, target)), `${page}: ${target}`);
});
