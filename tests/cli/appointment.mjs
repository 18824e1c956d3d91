// An appointment step by step: figures that must add up, who is eligible and why not, and what a decision bars.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bihuan, district, file, run } from './run.mjs'

const data = district()
const tenures = run('export', data, 'tenures').split('\r\n').map((line) => line.split(','))
const posts = new Map(run('export', data, 'posts').split('\r\n').map((line) => line.split(',')).map((row) => [row[0], row]))
const people = new Map(run('export', data, 'people').split('\r\n').map((line) => line.split(',')).map((row) => [row[0], row]))
const day = '2019-03-04'
const on = (when) => ['--now', `${when}T09:00`]
const holder = (post, when = day) => tenures.find((row) => row[0] === post && row[2] <= when && (row[3] === '' || row[3] > when))[1]
const paper = file('paper.txt', 'what was found')
const organiser = holder('organisation-head'), secretary = holder('committee-secretary'), clearance = holder('discipline-management-head')

// Somebody who holds one post alone, of that rank, since that time, and is not older than that.
const candidate = (rank, since, until, born) => tenures.find((row) => posts.get(row[0])?.[5] === rank && row[2] >= since && row[2] < until && row[3] === '' &&
	people.get(row[1])[3] >= born && tenures.filter((other) => other[1] === row[1]).length === 1)[1]

let numbers = 0
const open = (kind, post = 'justice-head', when = day) => {
	run('open', data, 'appointment', `title=任免${++numbers}`, `post=${post}`, 'unit=justice', `kind=${kind}`, '--as', organiser, ...on(when))
	const [matter] = JSON.parse(run('list', data, '--procedure', 'appointment', '--json', ...on(when)))
	run('act', data, matter.number, 'move_post', 'grounds=工作需要', '--evidence', paper, '--as', organiser, ...on(when))
	run('act', data, matter.number, 'approve_motion', '--as', secretary, ...on(when))
	return matter.number
}
const recommend = (number, person, when = day, votes = 9) => ['act', data, number, 'recommend', `candidate=${person}`, 'asked=10', `votes=${votes}`, '--evidence', paper, '--as', organiser, ...on(when)]
const refused = (args, why) => {
	const done = bihuan(args)
	assert.equal(done.code, 1, done.out)
	assert.match(done.err, why)
}
const fit = candidate('股级', '2014-01-01', '2015-01-01', '1970-01-01')
const young = candidate('副处', '2017-03-05', '2018-01-01', '1963-01-01')

test('more votes than people who took part are refused, in words, in both languages', () => {
	const number = open('transfer')
	refused(recommend(number, fit, day, 11), /checks: There are more votes than people who took part/)
	refused([...recommend(number, fit, day, 11), '--lang', 'zh'], /得票不能多于参加推荐的人数/)
	run(...recommend(number, fit, day, 10))
})

test('whoever is too short at their rank, or too old, isn\'t promoted, but may be moved; the rule and its source are named', () => {
	const number = open('promotion')
	const since = tenures.find((row) => row[1] === young)[2]
	refused(recommend(number, young), new RegExp(`eligibility: .*two years: in posts of rank 副处 since ${since}, which is enough from ${Number(since.slice(0, 4)) + 2}${since.slice(4)} on \\(党政领导干部选拔任用工作条例\\(2019\\) 资格\\)`))
	refused([...recommend(number, young), '--lang', 'zh'], new RegExp(`提拔须在现职级任满二年:自${since}起任副处职级岗位`))
	const old = tenures.find((row) => people.get(row[1])?.[3] > '1950' && people.get(row[1])[3] < '1961-03-04' && row[3] === '' && posts.get(row[0])[5] !== '')?.[1]
	if (old) refused(recommend(number, old), /older than 57 .*(本区设定|, )/)
	run(...recommend(open('transfer'), young))
	run(...recommend(number, fit))
})

test('a relative in the unit or beside it is in the way, for every kind of appointment', () => {
	const relative = holder('justice-liaison')
	run('account', data, 'kin', fit, relative, '--kind', 'spouse', '--as', organiser, ...on(day))
	const name = JSON.parse(run('people', data, '--json', ...on(day))).find((row) => row.code === relative).name
	refused(recommend(open('transfer'), fit), new RegExp(`Avoidance: .*a relative, ${name}, holds justice-liaison there \\(公务员法\\(2018\\) 第七十五条至第七十七条\\)`))
	// Where they have none, they may go.
	run(...recommend(open('transfer', 'agriculture-head'), fit))
})

const steps = candidate('股级', '2015-01-01', '2016-01-01', '1975-01-01')
const vote = (number, values) => ['act', data, number, 'pass', ...Object.entries({ entitled: 11, present: 9, agree: 8, against: 1, defer: 0, chief_last: 'yes', ...values }).map(([key, value]) => `${key}=${value}`), '--evidence', paper, '--as', secretary, ...on(day)]

test('nobody is proposed without a clearance that says there is nothing against it; pending can be asked again', () => {
	const number = open('promotion')
	run(...recommend(number, steps))
	run('act', data, number, 'inspect', 'record=实绩', '--evidence', paper, '--as', organiser, ...on(day))
	run('act', data, number, 'give_clearance', 'clearance=pending', '--as', clearance, ...on(day))
	const propose = ['act', data, number, 'propose', 'reason=实绩突出', '--evidence', paper, '--as', organiser, ...on(day)]
	refused(propose, /checks: Without a clearance that says there is nothing against it/)
	run('act', data, number, 'ask_clearance_again', 'reason=核查完毕', '--as', organiser, ...on(day))
	run('act', data, number, 'give_clearance', 'clearance=yes', '--as', clearance, ...on(day))
	run(...propose)
	// The vote: quorum, sums and majority, each with its own words.
	refused(vote(number, { present: 12 }), /More are present than are entitled/)
	refused(vote(number, { against: 2 }), /must add up to those present/)
	refused(vote(number, { present: 7, agree: 7, against: 0 }), /Fewer than two thirds of those entitled are present/)
	refused(vote(number, { entitled: 10, present: 8, agree: 5, against: 3 }), /Not more than half/) // just half isn't more than half
	refused(vote(number, { agree: 5, against: 4 }), /Not more than half of those entitled are for it.*讨论决定/)
	refused(vote(number, { chief_last: 'no' }), /The chief must speak last/)
	run(...vote(number, { present: 8, agree: 6, against: 1, defer: 1 }))
})

test('what an accountability has in effect bars a promotion until its day is over, and nothing after; the report tells it', () => {
	const office = holder('discipline-accountability-head')
	const punished = candidate('股级', '2016-01-01', '2017-01-01', '1971-01-01')
	const post = tenures.find((row) => row[1] === punished)[0], unit = posts.get(post)[1]
	run('open', data, 'accountability', 'title=推诿', `subject=${unit}`, 'ground=inaction', '--as', office, ...on(day))
	const [{ number }] = JSON.parse(run('list', data, '--procedure', 'accountability', '--json', ...on(day)))
	const act = (who, action, ...more) => ['act', data, number, action, ...more, '--as', who, ...on(day)]
	run(...act(office, 'start'))
	run(...act(office, 'tell_post', `subject_post=${post}`, `leader=${punished}`, 'facts=未签收', '--evidence', paper))
	run(...act(punished, 'speak', 'statement=说明'))
	run(...act(office, 'propose', 'form=admonish', 'reply=不采纳', '--evidence', paper))
	refused(act(secretary, 'decide', 'form=admonish', 'reason=属实'), /An admonition says until when it is in effect/)
	assert.deepEqual(JSON.parse(run('report', data, 'effects', '--json', ...on(day))), [])
	run(...act(secretary, 'decide', 'form=admonish', 'effect_until=2019-09-04', 'reason=属实'))
	const [row] = JSON.parse(run('report', data, 'effects', '--json', ...on('2019-03-05')))
	assert.deepEqual([row.number, row.until, row.bars], [number, '2019-09-04', 'Promotion, Awards'])
	refused(recommend(open('promotion'), punished), new RegExp(`Nobody is promoted while held to account: ${number} is in effect until 2019-09-04`))
	run(...recommend(open('transfer'), punished))
	// Lifted by itself: on its last day it still bars, the day after it doesn't.
	const later = open('promotion', 'justice-head', '2019-09-04')
	refused(recommend(later, punished, '2019-09-04'), /is in effect until 2019-09-04/)
	assert.deepEqual(JSON.parse(run('report', data, 'effects', '--json', ...on('2019-09-05'))), [])
	run(...recommend(later, punished, '2019-09-05'))
	assert.equal(JSON.parse(run('report', data, 'effects', '--json', '--at', '2019-09-04', ...on('2019-09-05'))).length, 1)
})

test('the record still stands up', () => run('audit', data, ...on('2019-09-06')))
