// What was reported without a name on paper: slips with codes, entered by a clerk who is named, read and answered by the code.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { join } from 'node:path'
import { bihuan, folder, root, run } from './run.mjs'

// Why it was refused.
const refused = (...args) => {
	const { code, err } = bihuan(args)
	assert.notEqual(code, 0)
	return err
}

const data = join(folder, 'data'), at = ['--now', '2019-06-03T10:00']
run('init', data, '--institution', join(root, 'institutions/pengjiang-2019'), '--now', '2019-06-03T08:00')
const fields = ['subject=health', 'title=窗口推诿', 'kind=service', 'happened=五月下旬', 'account=三次让我改天再来']
const enter = (...more) => ['letter', 'enter', data, 'anonymous_report', ...fields, ...at, ...more]

test('codes for the forms beside the box are all different', () => {
	const codes = run('letter', 'codes', '50').trim().split('\n')
	assert.equal(new Set(codes).size, 50)
	for (const code of codes) assert.match(code, /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
})

const [code] = run('letter', 'codes', '1').trim().split('\n')

test('a clerk of the room that takes it up enters it, with the day on which it came', () => {
	assert.match(run(...enter('--as', 'huang0142', '--came', '2019-05-31', '--code', code)), new RegExp(code))
	assert.match(refused(...enter('--as', 'huang0142', '--code', code)), /this code has been used/)
	assert.match(refused(...enter('--as', 'zhou0062')), /petitions/)
	assert.match(refused(...enter('--as', 'huang0142', '--came', '2019-06-04')), /a day to come/)
	assert.match(refused(...enter('--as', 'huang0142', 'answer=x')), /answer/)
	assert.match(refused('letter', 'enter', data, 'anonymous_report', 'subject=discipline', ...fields.slice(1), '--as', 'huang0142', ...at), /the office above/)
})

test('whoever has the code reads what was answered, and not by whom', () => {
	run('act', data, '匿〔2019〕1号', 'decline', '--as', 'huang0142', 'reason=不属于作风问题，请向卫健局反映', '--now', '2019-06-05T09:00')
	const said = run('letter', 'read', data, code.toLowerCase())
	assert.match(said, /2019-05-31 {2}the reporter/)
	assert.match(said, /2019-06-05 {2}the office/)
	assert.match(said, /请向卫健局反映/)
	assert.doesNotMatch(said, /huang0142|黄/)
	const { ended, messages } = JSON.parse(run('letter', 'read', data, code, '--json'))
	assert.deepEqual([ended, messages.length], [true, 2])
	assert.match(refused('letter', 'read', data, '0000-0000-0000-0000'), /no such code/)
})

test('the record is whole', () => assert.match(run('replay', data), /exactly|agree|same|identical/))
