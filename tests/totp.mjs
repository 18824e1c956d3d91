// The code of the moment that a second factor shows (RFC 6238: SHA-1, six digits, thirty seconds).
import { createHmac } from 'node:crypto'

/** Of an otpauth address, at a time in milliseconds. */
export function totp(uri, at) {
	const text = new URL(uri).searchParams.get('secret')
	const bits = [...text].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
	const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
	const step = Buffer.alloc(8)
	step.writeBigUInt64BE(BigInt(Math.floor(at / 30000)))
	const mac = createHmac('sha1', secret).update(step).digest()
	return String((mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff) % 1000000).padStart(6, '0')
}
