#!/usr/bin/env node
// Counts the cases in meson's testlog.json: prints "PASSED FAILED". A program that says how many cases it ran
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

let passed = 0, failed = 0
for (const line of readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean)) {
	const test = JSON.parse(line)
	if (test.result === 'SKIP') {
		console.error(`skipped: ${test.name}`)
		continue
	}
	const counted = count(test)
	passed += counted.passed
	failed += counted.failed
	if (counted.failed > 0) console.error([`FAILED: ${test.name} (${test.result})`, ...failures(test.stdout ?? '')].join('\n'))
}
console.log(`${passed} ${failed}`)
