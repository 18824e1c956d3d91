// A mail server and a web server of this test's own, with a certificate made for the hour, that do what a test tells them.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer as createHttps } from 'node:https'
import { createServer } from 'node:net'
import { createServer as createTls, TLSSocket } from 'node:tls'

// A certificate for localhost, another name or an IPv4 address, in `folder`, that signs itself.
export function certificate(folder, name = 'localhost') {
	const key = `${folder}/${name}.key`, cert = `${folder}/${name}.pem`
	const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert,
		'-days', '2', '-subj', `/CN=${name}`, '-addext', `subjectAltName=${/^[\d.]+$/.test(name) ? 'IP' : 'DNS'}:${name}`])
	if (made.status !== 0) throw new Error(made.stderr.toString())
	return { cert, options: { key: readFileSync(key), cert: readFileSync(cert) } }
}

// A program that doesn't hold this process up, because this process answers it.
export function call(program, args, { input = '', env = process.env } = {}) {
	const child = spawn(program, args, { env })
	const done = { out: '', err: '', child }
	child.stdout.on('data', (bytes) => (done.out += bytes))
	child.stderr.on('data', (bytes) => (done.err += bytes))
	child.stdin.on('error', () => {})
	child.stdin.end(input)
	done.ended = once(child, 'close').then(([code, signal]) => Object.assign(done, { code, signal }))
	return done
}

const decode = (subject) => Buffer.concat([...subject.matchAll(/=\?UTF-8\?B\?([^?]*)\?=/g)].map(([, word]) => Buffer.from(word, 'base64'))).toString()

// A message taken apart: its headers by name, its text.
function message(data) {
	const [head, body] = data.split('\r\n\r\n')
	const headers = Object.fromEntries(head.replace(/\r\n /g, '\n ').split('\r\n').map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]))
	headers.subject = decode(headers.subject)
	return { headers, text: Buffer.from(body, 'base64').toString().replaceAll('\r\n', '\n'), raw: data }
}

// One that speaks SMTP. `answers(line, letter)` may give what to say to a line instead ("452 full"), or 'cut': end without a word.
export async function mailServer({ options, implicit = false, user, password }) {
	const server = { letters: [], lines: [], connections: 0, answers: () => undefined }
	const talk = (socket, secure) => {
		let rest = '', data, letter = {}, secrets = false
		const say = (text) => socket.write(text + '\r\n')
		const other = (line) => {
			const said = server.answers(line, letter)
			if (said === 'cut') socket.destroy()
			else if (said) say(said)
			return said
		}
		const plain = {
			EHLO: () => say(['250-localhost', ...(secure ? ['250-AUTH PLAIN'] : ['250-STARTTLS']), '250 8BITMIME'].join('\r\n')),
			AUTH: () => { secrets = true; say('334 ') },
			secret: (line) => say(line === Buffer.from(`\0${user}\0${password}`).toString('base64') ? '235 in' : '535 5.7.8 wrong'),
			MAIL: (line) => { letter = { from: /<(.*)>/.exec(line)[1], to: [] }; say('250 ok') },
			RCPT: (line) => { letter.to.push(/<(.*)>/.exec(line)[1]); say('250 ok') },
			DATA: () => { data = ''; say('354 go on') },
			RSET: () => say('250 ok'),
			QUIT: () => { say('221 bye'); socket.end() },
			STARTTLS: () => {
				say('220 go on')
				socket.removeAllListeners('data')
				talk(new TLSSocket(socket, { isServer: true, ...options }), true)
			},
		}
		socket.on('error', () => {})
		socket.on('data', (bytes) => {
			rest += bytes.toString()
			for (let end; (end = rest.indexOf('\r\n')) >= 0;) {
				const line = rest.slice(0, end)
				rest = rest.slice(end + 2)
				if (secrets) {
					secrets = false
					plain.secret(line)
				} else if (data === undefined) {
					server.lines.push(line)
					if (!other(line)) (plain[line.split(' ')[0].toUpperCase()] ?? (() => say('502 no')))(line)
				} else if (line === '.') {
					const whole = { ...letter, secure, ...message(data) }
					data = undefined
					const said = server.answers('.', whole)
					if (!said || said.startsWith('250') || said === 'cut after' || said === 'wait') server.letters.push(whole)
					if (said === 'cut' || said === 'cut after') socket.destroy()
					else if (said !== 'wait') say(said ?? '250 taken')
				} else {
					data += line + '\r\n'
				}
			}
		})
		return say
	}
	const greet = (socket) => { server.connections++; talk(socket, implicit)(server.greeting ?? '220 localhost') }
	server.net = implicit ? createTls(options, greet) : createServer(greet)
	server.net.on('tlsClientError', () => {})
	await once(server.net.listen(0, '127.0.0.1'), 'listening')
	server.port = server.net.address().port
	server.close = () => server.net.close()
	return server
}

// One that takes calls. `answers(request)` gives {status, body, headers} or 'cut'.
export async function webServer({ options }) {
	const server = { calls: [], answers: () => ({ status: 200, body: '{}' }) }
	server.net = createHttps(options, (request, reply) => {
		let body = ''
		request.on('data', (bytes) => (body += bytes))
		request.on('end', () => {
			const called = { method: request.method, url: request.url, headers: request.headers, body, json: body ? JSON.parse(body) : undefined }
			server.calls.push(called)
			const said = server.answers(called)
			if (said === 'cut') return request.socket.destroy()
			reply.writeHead(said.status, said.headers)
			reply.end(said.body ?? '')
		})
	})
	server.net.on('tlsClientError', () => {})
	await once(server.net.listen(0, '127.0.0.1'), 'listening')
	server.port = server.net.address().port
	server.close = () => { server.net.close(); server.net.closeAllConnections() }
	return server
}
