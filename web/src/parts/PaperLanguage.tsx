// In which language a paper is made. Official papers are in Chinese unless somebody asks for the other.
import { Segmented } from 'antd'
import { useLanguage } from '../i18n'

export type PaperLang = 'zh' | 'en'

export function PaperLanguage({ value, onChange }: { value: PaperLang; onChange: (value: PaperLang) => void }) {
	const { t } = useLanguage()
	const options = (['zh', 'en'] as const).map((lang) => ({ value: lang, label: t(`papers.lang.${lang}`) }))
	return <Segmented<PaperLang> aria-label={t('papers.lang')} value={value} onChange={onChange} options={options} />
}
