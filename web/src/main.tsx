import { createRoot } from 'react-dom/client'
import { App } from './App'
import { LanguageProvider } from './i18n'
import './styles.css'
import './boards.css'

createRoot(document.getElementById('root')!).render(
	<LanguageProvider>
		<App />
	</LanguageProvider>,
)
