// A lamp differs by colour, by shape and by word, so that nobody has to tell red from green.
import { useWords } from '../i18n'

export type LampColour = 'grey' | 'green' | 'yellow' | 'red' | 'blue'
export const LAMPS: readonly LampColour[] = ['red', 'yellow', 'green', 'blue', 'grey']

const SHAPES: Record<LampColour, React.ReactNode> = {
	red: <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" />, // octagon, as a stop sign
	yellow: <path d="M8 1 15.5 14.5H.5z" />, // triangle, as a warning
	green: <circle cx="8" cy="8" r="7" />,
	blue: <path d="M2 2h12v12H2z M4.4 8.2l2.6 2.6 4.8-5" fillRule="evenodd" />, // square
	grey: <circle cx="8" cy="8" r="5.5" fill="none" strokeWidth="3" />, // ring
}

export function LampMark({ colour }: { colour: LampColour }) {
	return (
		<svg className={`lamp-mark lamp-${colour}`} viewBox="0 0 16 16" aria-hidden="true">
			{SHAPES[colour]}
		</svg>
	)
}

/** `reason` is the server's, which begins with the colour's word. */
export function Lamp({ colour, reason }: { colour: LampColour; reason?: string }) {
	const t = useWords()
	return (
		<span className="lamp">
			<LampMark colour={colour} />
			<span className={`lamp-word lamp-${colour}`}>{reason ?? t(`lamp.${colour}`)}</span>
		</span>
	)
}
