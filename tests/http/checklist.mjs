// A file at the item that it shows: named by its name or its hash, shown at its row, and counted where the definition demands it.
import assert from 'node:assert/strict'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { join } from 'node:path'
import { bihuan, foreseen, get, inside, launch, root, run, signIn } from './lib.mjs'

const data = inside('data'), from = inside('institution'), unit = '440703002101'
cpSync(join(root, 'institutions/pengjiang-2019'), from, { recursive: true })
const path = join(from, 'procedures/standard_review.yaml')
const text = readFileSync(path, 'utf8')
writeFileSync(path, text.replace('        that: shown\n', '        that: photo\n'))
assert.notEqual(readFileSync(path, 'utf8'), text)
run('init', data, '--institution', from, '--now', '2018-12-31T08:00')
const holder = (post) => readFileSync(join(from, 'tenures.csv'), 'utf8').split('\n').map((line) => line.split(',')).find((row) => row[0] === post && row[2] <= '2019-04-15' && (row[3] === '' || row[3] > '2019-04-15'))[1]
const head = holder(`${unit}-head`), town = holder('440703002-head'), office = holder('organisation-head')
run('account', data, 'samples', head, '--now', '2018-12-31T09:00')
const at = (time) => ['--now', `2019-04-${time}`]
run('open', data, 'standard_review', 'title=达标', 'standard=检查表', `unit=${unit}`, 'town=440703002', 'items=3', 'due=2019-09-27', '--as', office, ...at('15T09:00'))
const photo = inside('照片01.jpg'), scan = inside('扫描.jpg')
writeFileSync(photo, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1]))
writeFileSync(scan, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 2]))
const fill = (rows, ...more) => run('act', data, '1', 'fill_in', `checklist=${rows}`, '--as', head, ...more, ...at('16T09:00'))

test('a row names a file that is attached, or was, and no other', () => {
	assert.throws(() => fill('会议记录|is_met|台账|照片01.jpg'), /row 1: no file '照片01.jpg' is shown here/)
	fill('会议记录|is_met|台账|照片01.jpg\n公开栏|is_met|墙上|', '--evidence', photo)
	assert.throws(() => fill('会议记录|is_met|台账|扫描.jpg'), /row 1: no file/)
	fill('会议记录|is_met|台账|照片01.jpg\n公开栏|is_met|墙上|\n集体资产|not_for_it||', '--evidence', scan)
	assert.match(run('show', data, '1', ...at('16T10:00')), /会议记录 Met 台账 照片01\.jpg/)
})

test('what the definition demands a file for is not met without one', () => {
	const csv = run('report', data, 'standards', '--format', 'csv', ...at('16T10:00')).split('\n').map((line) => line.split(','))
	const row = Object.fromEntries(csv[0].map((name, i) => [name.trim(), csv[1][i]]))
	assert.deepEqual([row.items, row.met, row.evidenced, row.missing, row.score], ['2', '1', '1', '1', '50'])
	assert.match(run('report', data, 'standards', '--unit', unit, '--format', 'csv', ...at('16T10:00')), /会议记录,Met,台账,照片01\.jpg,/)
	run('act', data, '1', 'self_check', '--evidence', photo, '--as', head, ...at('16T11:00'))
	assert.throws(() => run('act', data, '1', 'check_again', '--as', town, ...at('17T09:00')), /What is met needs what shows it/)
	run('act', data, '1', 'check_again', 'checklist=会议记录|is_met|台账|照片01.jpg\n公开栏|is_met|墙上|扫描.jpg', '--as', town, ...at('17T09:00'))
})

test('over HTTP a file stands at its row', async () => {
	const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', ...at('18T09:00')])
	after(() => server.stop())
	const document = (await get(server, '/api/v1/openapi.json')).json
	const reply = await (await signIn(server, head)).get('/api/v1/matters/1')
	foreseen(document, '/api/v1/matters/{matter}', 'GET', reply)
	const { rows } = reply.json.shown.find(({ name }) => name === 'checklist')
	const hash = (name) => reply.json.evidence.find((file) => file.name === name).hash
	assert.deepEqual(rows, [{ cells: ['会议记录', 'Met', '台账', '照片01.jpg'], files: ['', '', '', hash('照片01.jpg')] }, { cells: ['公开栏', 'Met', '墙上', '扫描.jpg'], files: ['', '', '', hash('扫描.jpg')] }])
	assert.equal(reply.json.fields.checklist[0].photo, hash('照片01.jpg'))
})
