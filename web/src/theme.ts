// The look: quiet, dense enough for tables, Chinese type from the system. Colours of the lamps are apart from those of the frame.
import { theme, type ThemeConfig } from 'antd'

export type Mode = 'light' | 'dark' | 'system'
const STORED = 'bihuan.mode'

export function storedMode(): Mode {
	const stored = localStorage.getItem(STORED)
	return stored === 'light' || stored === 'dark' ? stored : 'system'
}
export const storeMode = (mode: Mode) => localStorage.setItem(STORED, mode)

export const FONTS = '"PingFang SC", "Microsoft YaHei", "Source Han Sans SC", "Noto Sans CJK SC", "HarmonyOS Sans SC", system-ui, -apple-system, "Segoe UI", sans-serif'

/** Where the system asks for less motion there is none: a style that stops short of its end leaves marks such as "loading" standing. */
export function themeOf(dark: boolean, isStill: boolean): ThemeConfig {
	return {
		algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
		token: {
			colorPrimary: dark ? '#467cc3' : '#1d4f91',
			colorInfo: dark ? '#5b93dd' : '#1d4f91',
			colorLink: dark ? '#7fb0ee' : '#1d4f91',
			// antd's own are paler than WCAG takes while the pointer is on a link.
			colorLinkHover: dark ? '#a9ccf7' : '#16365f',
			colorLinkActive: dark ? '#a9ccf7' : '#16365f',
			colorError: dark ? '#f0766d' : '#c0271c',
			colorBgLayout: dark ? '#101418' : '#f3f5f8',
			colorTextSecondary: dark ? 'rgba(255,255,255,0.72)' : 'rgba(0,0,0,0.68)',
			colorTextTertiary: dark ? 'rgba(255,255,255,0.62)' : 'rgba(0,0,0,0.60)',
			colorTextDescription: dark ? 'rgba(255,255,255,0.66)' : 'rgba(0,0,0,0.62)',
			colorTextPlaceholder: dark ? 'rgba(255,255,255,0.55)' : 'rgba(0,0,0,0.54)',
			motion: !isStill,
			borderRadius: 4,
			fontSize: 14,
			fontFamily: FONTS,
			motionDurationMid: '0.12s',
			motionDurationSlow: '0.16s',
		},
		components: { ...(dark && { Tabs: { itemSelectedColor: '#7fb0ee', itemHoverColor: '#a9ccf7', inkBarColor: '#7fb0ee' } }), Table: { rowSelectedBg: dark ? '#1c3350' : '#e9f0fa', rowSelectedHoverBg: dark ? '#23405f' : '#dbe7f7' }, Menu: { itemSelectedBg: dark ? '#1c3350' : '#e1ebf8', itemSelectedColor: dark ? '#a9ccf7' : '#16365f' }, Layout: { headerHeight: 52, headerPadding: '0 16px', bodyBg: 'transparent' } },
	}
}
