#!/usr/bin/env node
// usage: count-tests.mjs LOG [LOG of a second go]     prints "PASSED FAILED"
//        count-tests.mjs --failed SUITE LOG            names the failed tests of a suite
// Counts the cases in meson's testlog.json; what went a second time counts as it then went, and that is said. A program that says how many cases it ran
// (cmocka, node:test) counts as that many, every other as one; one that failed without naming a case
// (a crash, a time limit) counts as one failure. Skipped programs are named on stderr and not counted.
import { readFileSync } from 'node:fs'

// How a framework states its totals, at the start of a line.
const totals = [
	{ passed: /^\[  PASSED  \] (\d+) test\(s\)/gm, failed: /^\[  FAILED  \] .*?(\d+) test\(s\), listed below/gm },
	{ passed: /^# pass (\d+)/gm, failed: /^# fail (\d+)/gm },
]

function sum(text, pattern) {
	return [...text.matchAll(pattern)].reduce((total, match) => total + Number(match[1]), 0)
}

function count(test) {
	const said = (test.stdout ?? '') + '\n' + (test.stderr ?? '')
	let passed = 0, failed = 0
	for (const framework of totals) {
		passed += sum(said, framework.passed)
		failed += sum(said, framework.failed)
	}
	const succeeded = test.result === 'OK' || test.result === 'EXPECTEDFAIL'
	if (succeeded && passed === 0) passed = 1
	if (!succeeded && failed === 0) failed = 1
	return { passed, failed }
}

/** The cases of node:test that failed, each with what it says before its stack: meson shows the end of a long log only. */
function failures(said) {
	const lines = said.split('\n'), found = []
	for (const [i, line] of lines.entries()) {
		if (!/^\s*not ok /.test(line)) continue
		const rest = lines.slice(i + 1), end = rest.findIndex((each) => /^\s*(stack:|\.\.\.$|(not )?ok )/.test(each))
		const says = rest.slice(0, end < 0 ? 20 : Math.min(end, 20))
		if (!says.some((each) => each.includes("failureType: 'subtestsFailed'"))) found.push(line, ...says)
	}
	return found
}

const read = (file) => readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line))
const short = (name) => name.replace(/^.* \/ /, '')

function total(first, second) {
	let passed = 0, failed = 0
	for (const test of first) {
		if (test.result === 'SKIP') {
			console.error(`skipped: ${test.name}`)
			continue
		}
		const again = second.find(({ name }) => name === test.name), counted = count(again ?? test)
		passed += counted.passed
		failed += counted.failed
		const says = again && counted.failed === 0 ? 'PASSED ONLY THE SECOND TIME' : 'FAILED'
		for (const each of [test, again]) if (each && count(each).failed > 0) console.error([`${says}: ${each.name} (${each.result})`, ...failures(each.stdout ?? '')].join('\n'))
	}
	return `${passed} ${failed}`
}

const [first, ...rest] = process.argv.slice(2)
if (first === '--failed') for (const test of read(rest[1])) short(test.name).startsWith(`${rest[0]}/`) && count(test).failed > 0 && console.log(short(test.name))
else console.log(total(read(first), rest.flatMap(read)))
