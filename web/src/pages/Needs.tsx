// What a session must do before it is good for anything else: the code that is still missing, a password of one's own, then for
// administrators a second factor.
import { Button, Card } from 'antd'
import { useLanguage } from '../i18n'
import { CodeForm } from '../parts/CodeForm'
import { EnrolTotp } from '../parts/EnrolTotp'
import { PasswordForm } from '../parts/PasswordForm'
import { SignOut } from '../parts/SignOut'
import type { Me } from '../session'

// Each in the order in which it opens the next.
const SAYS = { code: ['code.title', 'code.first'], password: ['password.title', 'password.first'], totp: ['totp.title', 'totp.first'] } as const

export default function Needs({ me }: { me: Me }) {
	const { t, language, setLanguage } = useLanguage()
	const need = (['code', 'password', 'totp'] as const).find((each) => me.needs.includes(each)) ?? 'totp'
	return (
		<main className="sign-in">
			<div className="sign-in-box">
				<Card title={t(SAYS[need][0])}>
					<p style={{ marginTop: 0 }}>{t(SAYS[need][1])}</p>
					{need === 'code' ? <CodeForm /> : need === 'password' ? <PasswordForm account={me.account} /> : <EnrolTotp me={me} />}
				</Card>
				<div className="sign-in-tools">
					<Button type="link" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
						{t('app.language')}
					</Button>
					<SignOut />
				</div>
			</div>
		</main>
	)
}
