import { Tag } from 'antd'
import { useWords } from '../../i18n'

const COLOURS = { in_force: 'green', future: 'blue', repealed: undefined } as const

export function StateTag({ state }: { state: keyof typeof COLOURS }) {
	const t = useWords()
	return <Tag color={COLOURS[state]}>{t(`rules.state.${state}`)}</Tag>
}
