// A directory of this test's own: Debian's slapd on ports of the loopback, with its tree in a folder that goes with the test.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'

export const base = 'dc=bureau,dc=example'
export const service = { user: `cn=search,${base}`, password: 'reads and nothing else' }

async function freePort() {
	const server = createServer().listen(0, '127.0.0.1')
	await once(server, 'listening')
	const { port } = server.address()
	await new Promise((closed) => server.close(closed))
	return port
}

// `people`: { uid, password, number }; `more` is LDIF. TLS by the certificate that `cert` and `key` name.
export async function directory(folder, { people, more = '', cert, key }) {
	const home = join(folder, 'slapd'), program = join(home, 'slapd'), conf = join(home, 'slapd.conf')
	mkdirSync(join(home, 'db'), { recursive: true })
	// Under a path of its own, where no profile of the machine tells it which folders it may use.
	copyFileSync('/usr/sbin/slapd', program)
	writeFileSync(conf, `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${home}/pid
TLSCertificateFile ${cert}
TLSCertificateKeyFile ${key}
database mdb
maxsize 10485760
suffix "${base}"
directory ${home}/db
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${service.user}" read by anonymous auth by * none
`)
	const entry = ({ uid, password, number, of = 'people' }) => `dn: uid=${uid},ou=${of},${base}
objectClass: inetOrgPerson
uid: ${uid}
cn: ${uid}
sn: ${uid}
${number ? `employeeNumber: ${number}\n` : ''}${password ? `userPassword: ${password}\n` : ''}
`
	writeFileSync(join(home, 'tree.ldif'), `dn: ${base}
objectClass: dcObject
objectClass: organization
dc: bureau
o: Bureau

dn: ou=people,${base}
objectClass: organizationalUnit
ou: people

dn: ou=others,${base}
objectClass: organizationalUnit
ou: others

dn: ${service.user}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: search
userPassword: ${service.password}

${people.map(entry).join('')}${more}`)
	const added = spawnSync(program, ['-T', 'add', '-f', conf, '-l', join(home, 'tree.ldif')], { encoding: 'utf8' })
	if (added.status !== 0) throw new Error(added.stderr)
	const dumped = spawnSync(program, ['-T', 'cat', '-f', conf], { encoding: 'utf8' }).stdout
	const ids = Object.fromEntries(dumped.split('\n\n').map((one) => [/^uid: (.*)$/m.exec(one)?.[1], /^entryUUID: (.*)$/m.exec(one)?.[1]]))
	const one = { port: await freePort(), secure: await freePort(), ids }
	one.start = async () => {
		one.child = spawn(program, ['-f', conf, '-h', `ldap://127.0.0.1:${one.port} ldaps://127.0.0.1:${one.secure}`, '-d', '0'], { stdio: 'ignore' })
		for (let tries = 0; ; tries++) {
			const answers = await new Promise((said) => connect(one.secure, '127.0.0.1', function () { this.destroy(); said(true) }).on('error', () => said(false)))
			if (answers) return
			if (tries > 400) throw new Error('slapd never answered')
			await new Promise((next) => setTimeout(next, 10))
		}
	}
	one.stop = async () => {
		const ended = once(one.child, 'close')
		one.child.kill()
		await ended
	}
	await one.start()
	return one
}
