import { describe, expect, it } from 'vitest'
import { filled } from '../src/letter/Field'
import { plainName } from '../src/letter/files'
import { toReporter, type Matter } from '../src/lib/act'

describe('reporting without a name', () => {
	it('sends no file under the name its maker gave it', () => {
		expect(plainName({ name: 'IMG_20190603_1420.JPG', type: 'image/jpeg' }, 1)).toBe('photo-1.jpg')
		expect(plainName({ name: 'shot.png', type: 'image/png' }, 2)).toBe('photo-2.png')
		expect(plainName({ name: '王强的记录.docx', type: '' }, 3)).toBe('file-3.docx')
		expect(plainName({ name: 'README', type: '' }, 4)).toBe('file-4')
	})
	it('knows what is still to be filled in', () => {
		expect([undefined, '', '  ', false, []].map(filled)).toEqual([false, false, false, false, false])
		expect(['x', true, ['a']].map(filled)).toEqual([true, true, true])
	})
	it('says to the office which of its words the reporter reads', () => {
		const said: unknown[] = []
		const t = (key: string, values?: Record<string, unknown>) => (said.push(values?.fields), key)
		const matter = { possible: [{ action: 'ask', tells_reporter: ['question'], fields: [{ name: 'question', label: '给反映人的话' }, { name: 'aside', label: '内部说明' }] }, { action: 'accept', fields: [] }] } as unknown as Matter
		expect(toReporter({ kind: 'action', name: 'ask' }, matter, t)).toBe('matter.anonymous.told')
		expect(said).toEqual(['给反映人的话'])
		expect(toReporter({ kind: 'action', name: 'accept' }, matter, t)).toBe('matter.anonymous.untold')
	})
})
