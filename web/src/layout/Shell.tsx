// The frame of all pages of somebody who is signed in.
import { ApartmentOutlined, AuditOutlined, BankOutlined, BarChartOutlined, BookOutlined, CalendarOutlined, CheckSquareOutlined, DashboardOutlined, DesktopOutlined, EyeOutlined, FileTextOutlined, FlagOutlined, HistoryOutlined, IdcardOutlined, LockOutlined, LogoutOutlined, MedicineBoxOutlined, MailOutlined, MenuOutlined, PartitionOutlined, RiseOutlined, ReadOutlined, ScheduleOutlined, SolutionOutlined, SwapOutlined, TableOutlined, TeamOutlined, ToolOutlined, UserOutlined } from '@ant-design/icons'
import { Alert, Button, Drawer, Dropdown, Grid, Layout, Menu, Tag, type MenuProps } from 'antd'
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { useLanguage, useWords } from '../i18n'
import { pathOf, placesFor, type Place } from '../lib/places'
import mark from '../mark.svg'
import { ProofProvider } from '../parts/Proof'
import { useSignOut } from '../parts/SignOut'
import type { Me } from '../session'
import type { Mode } from '../theme'
import { Bell } from './Bell'
import { Pages } from './Pages'
import { useLive } from './useLive'

interface Frame {
	me: Me
	mode: Mode
	setMode: (mode: Mode) => void
}

const ICONS: Record<Place, ReactNode> = {
	workbench: <DesktopOutlined aria-hidden />,
	calendar: <CalendarOutlined aria-hidden />,
	matters: <FileTextOutlined aria-hidden />,
	breakdown: <ApartmentOutlined aria-hidden />,
	rectification: <ToolOutlined aria-hidden />,
	meetings: <SolutionOutlined aria-hidden />,
	education: <ScheduleOutlined aria-hidden />,
	accountability: <AuditOutlined aria-hidden />,
	ballots: <CheckSquareOutlined aria-hidden />,
	levels: <SwapOutlined aria-hidden />,
	cockpit: <DashboardOutlined aria-hidden />,
	commanders: <FlagOutlined aria-hidden />,
	coverage: <TableOutlined aria-hidden />,
	institution: <BankOutlined aria-hidden />,
	performance: <RiseOutlined aria-hidden />,
	procedures: <PartitionOutlined aria-hidden />,
	rules: <ReadOutlined aria-hidden />,
	reports: <BarChartOutlined aria-hidden />,
	health: <MedicineBoxOutlined aria-hidden />,
	accounts: <TeamOutlined aria-hidden />,
	compartments: <LockOutlined aria-hidden />,
	looks: <EyeOutlined aria-hidden />,
	signins: <HistoryOutlined aria-hidden />,
	outbox: <MailOutlined aria-hidden />,
	ledger: <BookOutlined aria-hidden />,
	account: <IdcardOutlined aria-hidden />,
}

/** `leave`: a place was chosen, be it the present one. */
function Navigation({ me, leave }: { me: Me; leave?: () => void }) {
	const t = useWords()
	const [location] = useLocation()
	const items: MenuProps['items'] = placesFor(me).map(({ section, places }) => ({
		key: section,
		type: 'group' as const,
		label: t(`section.${section}`),
		children: places.map((place) => ({ key: pathOf(place), icon: ICONS[place], label: <Link href={pathOf(place)}>{t(`nav.${place}`)}</Link> })),
	}))
	return (
		<nav aria-label={t('app.menu')}>
			<Menu mode="inline" selectedKeys={[`/${location.split('/')[1] ?? ''}`]} items={items} onClick={leave} />
		</nav>
	)
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

function Tools({ me, mode, setMode }: Frame) {
	const { t, language, setLanguage } = useLanguage()
	const [, go] = useLocation()
	const signOut = useSignOut()
	const name = me.person?.name ?? (me.admin ? t(`admin.${me.admin}`) : me.account)
	const items: MenuProps['items'] = [
		{ key: 'account', icon: <UserOutlined aria-hidden />, label: t('app.account'), onClick: () => go('/account') },
		{ key: 'mode', label: t('app.mode'), children: (['light', 'dark', 'system'] as const).map((each) => ({ key: each, label: (each === mode ? '✓ ' : '') + t(`app.mode.${each}`), onClick: () => setMode(each) })) },
		{ type: 'divider' },
		{ key: 'out', icon: <LogoutOutlined aria-hidden />, label: t('app.signOut'), onClick: () => signOut.mutate() },
	]
	return (
		<>
			<Button type="text" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')} lang={language === 'zh' ? 'en' : 'zh-CN'}>
				{t('app.language')}
			</Button>
			<Dropdown menu={{ items }} trigger={['click']}>
				<Button type="text" icon={<UserOutlined aria-hidden />} aria-label={name}>
					<span className="no-phone">{name}</span>
				</Button>
			</Dropdown>
		</>
	)
}

export default function Shell(frame: Frame) {
	const { t } = useLanguage()
	const { me } = frame
	const wide = Grid.useBreakpoint().lg ?? true
	const isLost = useLive(me.person !== undefined) === 'lost'
	const online = useOnline() && !isLost
	const [location] = useLocation()
	const [drawer, setDrawer] = useState(false)

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
				{!wide && <Button type="text" icon={<MenuOutlined aria-hidden />} aria-label={t('app.menu')} onClick={() => setDrawer(true)} />}
				<img src={mark} alt="" />
				<div className="shell-title">
					{t('app.name')}
					<small>{me.title}</small>
				</div>
				{me.demo && wide && <Tag className="demo">{t('app.demo')}</Tag>}
				{me.person && <Bell account={me.account} />}
				<Tools {...frame} />
			</Layout.Header>
			<Layout hasSider={wide}>
				{wide && (
					<Layout.Sider width={200} theme="light" className="shell-side">
						<div className="shell-menu">
							<Navigation me={me} />
						</div>
					</Layout.Sider>
				)}
				<Drawer open={drawer && !wide} onClose={() => setDrawer(false)} placement="left" size={260} title={me.title} styles={{ body: { padding: 8 } }}>
					<Navigation me={me} leave={() => setDrawer(false)} />
				</Drawer>
				<Layout.Content>
					<div id="content" className="shell-main" tabIndex={-1}>
						{!online && <Alert type="warning" showIcon title={t('app.offline')} style={{ marginBottom: 12 }} />}
						<ProofProvider>
							<Pages me={me} />
						</ProofProvider>
					</div>
				</Layout.Content>
			</Layout>
		</Layout>
	)
}
