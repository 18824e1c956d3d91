// The frame of all pages of somebody who is signed in.
import { BookOutlined, DashboardOutlined, DesktopOutlined, FileTextOutlined, IdcardOutlined, LogoutOutlined, MenuOutlined, UserOutlined } from '@ant-design/icons'
import { Alert, Button, Drawer, Dropdown, Grid, Layout, Menu, Skeleton, Tag, type MenuProps } from 'antd'
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react'
import { Link, Redirect, Route, Switch, useLocation } from 'wouter'
import { useLanguage, type Translate } from '../i18n'
import mark from '../mark.svg'
import { Failure } from '../parts/Loaded'
import { ProofProvider } from '../parts/Proof'
import { useSignOut } from '../parts/SignOut'
import { Problem } from '../api/problem'
import type { Me } from '../session'
import type { Mode } from '../theme'

const Workbench = lazy(() => import('../pages/Workbench'))
const Matters = lazy(() => import('../pages/Matters'))
const Open = lazy(() => import('../pages/Open'))
const OpenOne = lazy(async () => ({ default: (await import('../pages/Open')).OpenOne }))
const OpenPart = lazy(async () => ({ default: (await import('../pages/Open')).OpenPart }))
const Matter = lazy(() => import('../pages/Matter'))
const Cockpit = lazy(() => import('../pages/Cockpit'))
const Ledger = lazy(() => import('../pages/Ledger'))
const Account = lazy(() => import('../pages/Account'))

interface Frame {
	me: Me
	mode: Mode
	setMode: (mode: Mode) => void
}

/** An administrator's account has no part in the institution's business. */
function navigation(me: Me, t: Translate): NonNullable<MenuProps['items']> {
	const row = (path: string, icon: React.ReactNode, label: string) => ({ key: path, icon, label: <Link href={path}>{label}</Link> })
	const business = [row('/', <DesktopOutlined />, t('nav.workbench')), row('/matters', <FileTextOutlined />, t('nav.matters')), row('/cockpit', <DashboardOutlined />, t('nav.cockpit'))]
	return [...(me.person ? business : []), row('/ledger', <BookOutlined />, t('nav.ledger')), row('/account', <IdcardOutlined />, t('app.account'))]
}

function useOnline(): boolean {
	return useSyncExternalStore(
		(changed) => {
			addEventListener('online', changed)
			addEventListener('offline', changed)
			return () => {
				removeEventListener('online', changed)
				removeEventListener('offline', changed)
			}
		},
		() => navigator.onLine,
	)
}

function Pages({ me }: { me: Me }) {
	return (
		<Suspense fallback={<Skeleton active />}>
			<Switch>
				<Route path="/">{me.person ? <Workbench /> : <Redirect to="/account" />}</Route>
				<Route path="/matters">
					<Matters />
				</Route>
				<Route path="/open">
					<Open />
				</Route>
				<Route path="/open/:procedure">{({ procedure }) => <OpenOne key={procedure} name={procedure} />}</Route>
				<Route path="/matters/:id/open">{({ id }) => <OpenPart key={id} parent={Number(id)} />}</Route>
				<Route path="/matters/:id">{({ id }) => <Matter key={id} id={Number(id)} />}</Route>
				<Route path="/cockpit">
					<Cockpit />
				</Route>
				<Route path="/ledger">
					<Ledger />
				</Route>
				<Route path="/account">
					<Account me={me} />
				</Route>
				<Route>
					<Failure error={new Problem(404, null)} />
				</Route>
			</Switch>
		</Suspense>
	)
}

function Tools({ me, mode, setMode }: Frame) {
	const { t, language, setLanguage } = useLanguage()
	const [, go] = useLocation()
	const signOut = useSignOut()
	const name = me.person?.name ?? (me.admin ? t(`admin.${me.admin}`) : me.account)
	const items: MenuProps['items'] = [
		{ key: 'account', icon: <UserOutlined />, label: t('app.account'), onClick: () => go('/account') },
		{ key: 'mode', label: t('app.mode'), children: (['light', 'dark', 'system'] as const).map((each) => ({ key: each, label: (each === mode ? '✓ ' : '') + t(`app.mode.${each}`), onClick: () => setMode(each) })) },
		{ type: 'divider' },
		{ key: 'out', icon: <LogoutOutlined />, label: t('app.signOut'), onClick: () => signOut.mutate() },
	]
	return (
		<>
			<Button type="text" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')} lang={language === 'zh' ? 'en' : 'zh-CN'}>
				{t('app.language')}
			</Button>
			<Dropdown menu={{ items }} trigger={['click']}>
				<Button type="text" icon={<UserOutlined />}>
					{name}
				</Button>
			</Dropdown>
		</>
	)
}

export default function Shell(frame: Frame) {
	const { t } = useLanguage()
	const { me } = frame
	const wide = Grid.useBreakpoint().lg ?? true
	const online = useOnline()
	const [location] = useLocation()
	const [drawer, setDrawer] = useState(false)
	const menu = <Menu mode="inline" selectedKeys={[`/${location.split('/')[1] ?? ''}`]} items={navigation(me, t)} />

	useEffect(() => {
		setDrawer(false)
		scrollTo(0, 0)
	}, [location])
	return (
		<Layout className="shell">
			<a className="skip" href="#content">
				{t('app.skip')}
			</a>
			<Layout.Header className="shell-header">
				{!wide && <Button type="text" icon={<MenuOutlined />} aria-label={t('app.menu')} onClick={() => setDrawer(true)} />}
				<img src={mark} alt="" />
				<div className="shell-title">
					{t('app.name')}
					<small>{me.title}</small>
				</div>
				{me.demo && wide && <Tag className="demo">{t('app.demo')}</Tag>}
				<Tools {...frame} />
			</Layout.Header>
			<Layout hasSider={wide}>
				{wide && (
					<Layout.Sider width={200} theme="light" className="shell-side">
						<nav style={{ position: 'sticky', top: 60 }}>{menu}</nav>
					</Layout.Sider>
				)}
				<Drawer open={drawer && !wide} onClose={() => setDrawer(false)} placement="left" size={260} title={me.title} styles={{ body: { padding: 8 } }}>
					<nav>{menu}</nav>
				</Drawer>
				<Layout.Content>
					<main id="content" className="shell-main" tabIndex={-1}>
						{!online && <Alert type="warning" showIcon title={t('app.offline')} style={{ marginBottom: 12 }} />}
						<ProofProvider>
							<Pages me={me} />
						</ProofProvider>
					</main>
				</Layout.Content>
			</Layout>
		</Layout>
	)
}
