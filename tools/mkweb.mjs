// mkweb.mjs ROOT OUT.c OUT.pack OUT.d: builds the pages of web/ and embeds them: OUT.pack has their bytes, as they are and by gzip,
// OUT.c the table of them (src/http/web.h), OUT.d what they were made from.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

const [root, outTable, outPack, outDepends] = process.argv.slice(2)
const web = join(root, 'web')
const made = join(dirname(resolve(outTable)), 'web')
const MEDIA = {
	html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', svg: 'image/svg+xml', json: 'application/json', woff2: 'font/woff2', png: 'image/png',
}

function run(program, args, cwd) {
	const done = spawnSync(program, args, { cwd, encoding: 'utf8' })
	if (done.status === 0) return
	process.stderr.write(done.stdout + done.stderr + `mkweb: ${program} ${args.join(' ')} failed\n`)
	process.exit(1)
}

// The packages are those of the lock file, or the pages would be others than the ones that were tested.
const stamp = join(web, 'node_modules/.installed')
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== readFileSync(join(web, 'package-lock.json'), 'utf8')) run(join(root, 'scripts/setup'), [], root)
run(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--outDir', made, '--emptyOutDir', '--logLevel', 'warn'], web)

const listed = (folder) => readdirSync(join(made, folder)).map((name) => ({ name, bytes: readFileSync(join(made, folder, name)) }))
const files = [{ name: 'index.html', bytes: readFileSync(join(made, 'index.html')) }, ...listed('assets').sort((a, b) => (a.name < b.name ? -1 : 1))]
if (files[0].bytes.toString().split('{nonce}').length !== 2) throw new Error('index.html must have {nonce} in exactly one place')

const pieces = []
let size = 0
const put = (bytes) => {
	pieces.push(bytes)
	size += bytes.length
	return size - bytes.length
}
const rows = files.map(({ name, bytes }) => {
	const media = MEDIA[name.split('.').pop()]
	if (!media) throw new Error(`${name}: which media type is that?`)
	const tag = createHash('sha256').update(bytes).digest('hex').slice(0, 32)
	const packed = gzipSync(bytes, { level: 9 })
	const plain = `web_bytes + ${put(bytes)}, ${bytes.length}`
	return `\t{"${name}", "${media}", "${tag}", ${plain}, ${packed.length < bytes.length ? `web_bytes + ${put(packed)}, ${packed.length}` : 'NULL, 0'}},\n`
})
writeFileSync(outPack, Buffer.concat(pieces))
writeFileSync(outTable, `/* Made at build time by tools/mkweb.mjs from web/. Do not edit. */
#include "http/web.h"

extern const unsigned char web_bytes[];
__asm__(".section .rodata\\n.globl web_bytes\\n.type web_bytes, @object\\nweb_bytes:\\n.incbin \\"${resolve(outPack)}\\"\\n.size web_bytes, .-web_bytes\\n.previous\\n");

const struct web_file web_files[] = {
${rows.join('')}};
const size_t web_file_count = sizeof web_files / sizeof web_files[0];
`)

const sources = ['index.html', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts']
for (const entry of readdirSync(join(web, 'src'), { recursive: true, withFileTypes: true })) {
	const path = join(entry.parentPath ?? entry.path, entry.name)
	if (entry.isFile() && !path.endsWith('schema.d.ts')) sources.push(path)
}
writeFileSync(outDepends, `${outTable}: ${sources.map((path) => resolve(web, path)).join(' ')}\n`)
