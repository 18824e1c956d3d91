// The files of a form and how each of them stands.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Schema } from '../../api/client'
import { Problem } from '../../api/problem'
import { sendFile, type Sending } from '../../lib/upload'

export interface Sent {
	key: string
	name: string
	size: number
	state: 'sending' | 'kept' | 'failed'
	percent: number
	hash?: string
	macros?: boolean
	problem?: Problem
}
export interface Kept {
	hash: string
	name: string
	size: number
}

let next = 0

export function useSending(first: readonly Kept[]) {
	const [files, setFiles] = useState<Sent[]>(() => first.map((file) => ({ ...file, key: file.hash, state: 'kept', percent: 100 })))
	const running = useRef(new Map<string, Sending<Schema['upload']>>())
	useEffect(() => {
		const all = running.current
		return () => all.forEach(({ stop }) => stop())
	}, [])

	const add = useCallback((file: File) => {
		const key = `sent${next++}`
		const change = (to: Partial<Sent>) => setFiles((now) => now.map((each) => (each.key === key ? { ...each, ...to } : each)))
		const sending = sendFile(file, (percent) => change({ percent }))
		running.current.set(key, sending)
		setFiles((now) => [...now, { key, name: file.name, size: file.size, state: 'sending', percent: 0 }])
		sending.done
			.then(({ hash, macros }) => change({ state: 'kept', hash, macros }))
			.catch((error: unknown) => change({ state: 'failed', problem: error instanceof Problem ? error : new Problem(0, null) }))
			.finally(() => running.current.delete(key))
	}, [])
	const remove = useCallback((key: string) => {
		running.current.get(key)?.stop()
		setFiles((now) => now.filter((each) => each.key !== key))
	}, [])

	const kept: Kept[] = files.flatMap(({ hash, name, size }) => (hash ? [{ hash, name, size }] : []))
	return { files, kept, add, remove, isBusy: files.some(({ state }) => state === 'sending') }
}
