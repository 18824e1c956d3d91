// The pages behind the sign-in, with their styles.
import { App } from './App'
import './styles.css'
import './boards.css'

export default App
