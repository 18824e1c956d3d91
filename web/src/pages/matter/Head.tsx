// What it is and how it stands, in a glance.
import { PrinterOutlined } from '@ant-design/icons'
import { Button, Space, Tag } from 'antd'
import { Link } from 'wouter'
import type { Schema } from '../../api/client'
import { useLanguage } from '../../i18n'
import { Lamp } from '../../parts/Lamp'
import { showDay, showInstant } from '../../parts/format'
import { PageHead } from '../../parts/page'
import { Following } from './Following'
import { Papers } from './Papers'

export function Head({ matter }: { matter: Schema['matter'] }) {
	const { t, language } = useLanguage()
	return (
		<>
			<PageHead title={matter.title}>
				<span className="muted">{matter.number}</span>
				<Following matter={matter} />
				<Papers matter={matter} />
				<Button size="small" className="no-print" icon={<PrinterOutlined aria-hidden />} onClick={() => print()}>
					{t('matter.print')}
				</Button>
			</PageHead>
			<Space wrap size={[16, 6]} style={{ marginBottom: 16 }}>
				<Lamp colour={matter.lamp} reason={matter.lamp_reason} />
				<Tag color={matter.end === undefined ? 'blue' : 'default'}>{matter.state_label}</Tag>
				<span>{matter.procedure_title}</span>
				{matter.anonymous && <Tag color="purple">{t('matter.anonymous')}</Tag>}
				{matter.late && <Tag color="red">{t('matter.late')}</Tag>}
				{matter.suspended_until && <Tag color="orange">{t('matter.suspended', { day: showDay(matter.suspended_until, language) })}</Tag>}
				<span className="muted">
					{t('matter.opened')} {matter.opened && showInstant(matter.opened, language)}
				</span>
				{matter.ended && (
					<span className="muted">
						{t('matter.ended')} {showInstant(matter.ended, language)}
					</span>
				)}
				{matter.parent && (
					<span>
						{t('matter.parent')} <Link href={`/matters/${matter.parent.id}`}>{matter.parent.title}</Link>
					</span>
				)}
			</Space>
		</>
	)
}
