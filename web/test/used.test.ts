/// <reference types="node" />
// A sentence that no page says, or one that is said and isn't there, is found by looking at the sources.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { zh } from '../src/i18n/zh'

const folder = fileURLToPath(new URL('../src', import.meta.url))
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && !/i18n.(zh|en)[.\w]*\.ts$|schema\.d\.ts$/.test(name)).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n')

test('each sentence is said somewhere', () => {
	const patterns = [...sources.matchAll(/`([a-z]+(?:\.[A-Za-z]+)*\.)\$\{[^}]+\}`/g)].map((match) => match[1]!)
	const unused = Object.keys(zh).filter((key) => !sources.includes(`'${key}'`) && !patterns.some((start) => key.startsWith(start)))
	expect(unused).toEqual([])
})

test('no page speaks past the dictionary', () => {
	const text = sources.replace(/\/\/.*$|\/\*[^]*?\*\//gm, '')
	expect([...text.matchAll(/.*\p{Script=Han}.*/gu)].map(([line]) => line.trim()).filter((line) => !/年/.test(line))).toEqual([])
})
