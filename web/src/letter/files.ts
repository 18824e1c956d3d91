// What goes with a report without a name, before it is sent: a photo without what its camera wrote into it, and no file under the name that
// its maker gave it.
import { address, postFile } from '../api/client'
import type { Schema } from '../api/client'

export type Sent = Schema['letter_upload']
export const FILES_MAX = 10

const PHOTO = /^image\/(jpeg|png|webp)$/

/** Drawn anew: time, place and camera stay behind. */
async function redrawn(file: File): Promise<Blob> {
	const picture = await createImageBitmap(file)
	const canvas = document.createElement('canvas')
	canvas.width = picture.width
	canvas.height = picture.height
	canvas.getContext('2d')!.drawImage(picture, 0, 0)
	picture.close()
	return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('canvas'))), file.type === 'image/png' ? 'image/png' : 'image/jpeg', 0.9))
}

/** "photo-1.jpg", "file-2.pdf": a name like IMG_20190603_1420.jpg would tell the minute. */
export function plainName(file: { name: string; type: string }, n: number): string {
	if (PHOTO.test(file.type)) return `photo-${n}.${file.type === 'image/png' ? 'png' : 'jpg'}`
	const ending = /\.[A-Za-z0-9]{1,8}$/.exec(file.name)?.[0].toLowerCase() ?? ''
	return `file-${n}${ending}`
}

export async function sendLetterFile(file: File, n: number): Promise<Sent> {
	const bytes = PHOTO.test(file.type) ? await redrawn(file) : file
	return (await postFile(address('/api/v1/letters/files', {}, { name: plainName(file, n) }), bytes, true)) as Sent
}
