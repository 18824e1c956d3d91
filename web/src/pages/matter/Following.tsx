// Whether I follow it, and the button that changes that. What one follows is told in the inbox.
import { StarFilled, StarOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import { Problem } from '../../api/problem'
import { useLanguage } from '../../i18n'
import { mayDo, sendAct, type Matter } from '../../lib/act'
import { ActKey } from '../../lib/key'
import { useRecorded } from '../../parts/recorded'

export function Following({ matter }: { matter: Matter }) {
	const { t, language } = useLanguage()
	const recorded = useRecorded()
	const { message } = App.useApp()
	const [key] = useState(() => new ActKey())
	const follows = mayDo(matter, 'unfollow')
	const word = follows ? 'unfollow' : 'follow'
	const change = useMutation({
		mutationFn: () => sendAct({ kind: word }, matter.id, { filled: {}, evidence: [] }, { key: key.of([word, matter.version]) }),
		onSuccess: async () => {
			void message.success(t(follows ? 'matter.unfollowed' : 'matter.followed'))
			await recorded()
		},
		onError: (error) => void message.error((error instanceof Problem && error.say(language)) || t('state.failed')),
	})
	if (!mayDo(matter, word)) return null
	return (
		<Button size="small" className="no-print" icon={follows ? <StarFilled aria-hidden /> : <StarOutlined aria-hidden />} aria-pressed={follows} loading={change.isPending} onClick={() => change.mutate()}>
			{t(`act.${word}`)}
		</Button>
	)
}
