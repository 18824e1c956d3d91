// Sending a file with its progress, which fetch doesn't tell.
import { address, type Schema } from '../api/client'
import { Problem, type Details } from '../api/problem'
import { requestLanguage } from '../i18n'

export interface Sending {
	done: Promise<Schema['upload']>
	stop: () => void
}

export function sendFile(file: File, progress: (percent: number) => void): Sending {
	const request = new XMLHttpRequest()
	const done = new Promise<Schema['upload']>((resolve, reject) => {
		request.open('POST', address('/api/v1/evidence', {}, { name: file.name }))
		request.setRequestHeader('Content-Type', 'application/octet-stream')
		request.setRequestHeader('Accept-Language', requestLanguage())
		request.responseType = 'json'
		request.upload.onprogress = ({ loaded, total }) => progress(total ? Math.floor((loaded / total) * 100) : 0)
		request.onload = () => (request.status === 201 ? resolve(request.response as Schema['upload']) : reject(new Problem(request.status, request.response as Details | null)))
		request.onerror = request.onabort = () => reject(new Problem(0, null))
		request.send(file)
	})
	return { done, stop: () => request.abort() }
}
