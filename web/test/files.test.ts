import { expect, test } from 'vitest'
import { choicesOf } from '../src/parts/form/files'

test('a file that was shown twice is offered once, by its newest name, the newest first', () => {
	expect(choicesOf([{ hash: 'a', name: 'old.jpg' }, { hash: 'b', name: 'b.jpg' }, { hash: 'a', name: 'new.jpg' }])).toEqual([{ value: 'a', label: 'new.jpg' }, { value: 'b', label: 'b.jpg' }])
})
