// What a session must do before it is good for anything else: a password of one's own, then for administrators a second factor.
import { Button, Card } from 'antd'
import { useLanguage } from '../i18n'
import { EnrolTotp } from '../parts/EnrolTotp'
import { PasswordForm } from '../parts/PasswordForm'
import { SignOut } from '../parts/SignOut'
import type { Me } from '../session'

export default function Needs({ me }: { me: Me }) {
	const { t, language, setLanguage } = useLanguage()
	const isPassword = me.needs.includes('password')
	return (
		<main className="sign-in">
			<div className="sign-in-box">
				<Card title={t(isPassword ? 'password.title' : 'totp.title')}>
					<p style={{ marginTop: 0 }}>{t(isPassword ? 'password.first' : 'totp.first')}</p>
					{isPassword ? <PasswordForm account={me.account} /> : <EnrolTotp me={me} />}
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
