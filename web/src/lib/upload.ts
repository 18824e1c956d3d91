// Sending a file with its progress, which fetch doesn't tell.
import { address, type Schema } from '../api/client'
import { Problem, type Details } from '../api/problem'
import { requestLanguage } from '../i18n'

export interface Sending<T> {
	done: Promise<T>
	stop: () => void
}

function send<T>(path: '/api/v1/evidence' | '/api/v1/imports', file: File, progress: (percent: number) => void): Sending<T> {
	const request = new XMLHttpRequest()
	const done = new Promise<T>((resolve, reject) => {
		request.open('POST', address(path, {}, { name: file.name }))
		request.setRequestHeader('Content-Type', 'application/octet-stream')
		request.setRequestHeader('Accept-Language', requestLanguage())
		request.responseType = 'json'
		request.upload.onprogress = ({ loaded, total }) => progress(total ? Math.floor((loaded / total) * 100) : 0)
		request.onload = () => (request.status === 201 ? resolve(request.response as T) : reject(new Problem(request.status, request.response as Details | null)))
		request.onerror = request.onabort = () => reject(new Problem(0, null))
		request.send(file)
	})
	return { done, stop: () => request.abort() }
}

export const sendFile = (file: File, progress: (percent: number) => void) => send<Schema['upload']>('/api/v1/evidence', file, progress)

/** A table to be imported: no evidence, and kept for a day. */
export const sendTable = (file: File, progress: (percent: number) => void) => send<Schema['import_file']>('/api/v1/imports', file, progress)
