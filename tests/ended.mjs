// How a program may never end, whatever a test looks at: by a fault of its own, or with the report of a sanitizer.

const broken = ['SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGSEGV', 'SIGSYS', 'SIGTRAP']

// `end` is the exit code or the signal. undefined: nothing is wrong.
export function wrongEnd(end, err) {
	if (broken.includes(end) || /Sanitizer|runtime error:/.test(err)) return `a program ended with ${end}: ${err}`
}
