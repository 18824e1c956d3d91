// Documents on paper of a matter: what there is for its procedure, as Word to edit and as PDF to print.
import { FileTextOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { App, Button, Drawer, Grid } from 'antd'
import { useState } from 'react'
import { address, get, getBlob, type Schema } from '../../api/client'
import { Problem } from '../../api/problem'
import { useLanguage } from '../../i18n'
import { Loaded } from '../../parts/Loaded'
import { PaperLanguage, type PaperLang } from '../../parts/PaperLanguage'
import { saveFile } from '../../parts/saveFile'

type Paper = Schema['papers']['papers'][number]

function OnePaper({ matter, paper, lang }: { matter: Schema['matter']; paper: Paper; lang: PaperLang }) {
	const { t, language } = useLanguage()
	const { message } = App.useApp()
	const take = useMutation({
		mutationFn: (format: 'docx' | 'pdf') => getBlob(address('/api/v1/matters/{matter}/papers/{paper}', { matter: matter.id, paper: paper.name }, { format, lang })),
		onSuccess: (bytes, format) => saveFile(`${paper.title}${matter.number}.${format}`, bytes),
		onError: (error) => void message.error((error instanceof Problem && error.say(language)) || t('state.failed')),
	})
	const missing = lang === 'en' && !paper.english
	const button = (format: 'docx' | 'pdf', label: string) => (
		<Button disabled={paper.lacks !== undefined || missing} loading={take.isPending && take.variables === format} aria-label={`${paper.title} ${label}`} onClick={() => take.mutate(format)}>
			{label}
		</Button>
	)
	return (
		<li>
			<div className="duty-head">
				<span className="grow">{paper.title}</span>
				{button('docx', 'Word')}
				{button('pdf', 'PDF')}
			</div>
			{paper.lacks && <div className="muted">{paper.lacks}</div>}
			{missing && <div className="muted">{t('matter.papers.chinese')}</div>}
		</li>
	)
}

export function Papers({ matter }: { matter: Schema['matter'] }) {
	const { t, language } = useLanguage()
	const [open, setOpen] = useState(false)
	const [lang, setLang] = useState<PaperLang>('zh')
	const wide = Grid.useBreakpoint().sm
	const papers = useQuery({
		queryKey: ['papers', matter.id, matter.event, language],
		queryFn: ({ signal }) => get('/api/v1/matters/{matter}/papers', { path: { matter: matter.id }, signal }),
		enabled: open,
	})
	return (
		<>
			<Button size="small" className="no-print" icon={<FileTextOutlined aria-hidden />} onClick={() => setOpen(true)}>
				{t('matter.papers')}
			</Button>
			<Drawer title={t('matter.papers')} open={open} onClose={() => setOpen(false)} size={wide ? 420 : '100%'} destroyOnHidden>
				<Loaded query={papers} isEmpty={({ papers: all }) => all.length === 0} empty={t('matter.papers.none')}>
					{({ papers: all }) => (
						<>
							<p className="muted">{t('matter.papers.how')}</p>
							<PaperLanguage value={lang} onChange={setLang} />
							<ul className="rows" aria-label={t('matter.papers')}>
								{all.map((paper) => (
									<OnePaper key={paper.name} matter={matter} paper={paper} lang={lang} />
								))}
							</ul>
						</>
					)}
				</Loaded>
			</Drawer>
		</>
	)
}
