// Days and instants as people read them. The server says them with the institution's own offset ("…T09:30:00+08:00"), and that is
// the clock they are shown by: never the one of this device.
const PATTERN = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d))?/

export function showDay(text: string | undefined, language: 'zh' | 'en'): string {
	const found = PATTERN.exec(text ?? '')
	if (!found) return ''
	const [, year = '', month = '', day = ''] = found
	if (language === 'zh') return `${year}年${Number(month)}月${Number(day)}日`
	return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
}

/** "2019-03". */
export function showMonth(text: string, language: 'zh' | 'en'): string {
	const [year = 0, month = 1] = text.split('-').map(Number)
	if (language === 'zh') return `${year}年${month}月`
	return new Date(Date.UTC(year, month - 1, 1)).toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })
}

export function showInstant(text: string | undefined, language: 'zh' | 'en'): string {
	const time = PATTERN.exec(text ?? '')?.[4]
	return time ? `${showDay(text, language)} ${time}` : showDay(text, language)
}

export function showSize(bytes: number): string {
	if (bytes < 1024) return `${bytes} B`
	return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
