// The text of a rule, chapter by chapter.
import type { Schema } from '../../api/client'
import { chaptersOf } from '../../lib/rules'

type Part = Schema['rule_part']

function Piece({ part }: { part: Part }) {
	if (part.kind === 'section')
		return (
			<h3>
				{part.label} {part.text}
			</h3>
		)
	return (
		<p>
			{part.label && <span className="rule-label">{part.label}</span>}
			{part.text}
		</p>
	)
}

export function Text({ parts }: { parts: readonly Part[] }) {
	return (
		<div className="rule-text">
			{chaptersOf(parts).map(({ head, parts: inside }, place) => (
				<section key={place}>
					{head && (
						<h2>
							{head.label} {head.text}
						</h2>
					)}
					{inside.map((part, at) => (
						<Piece key={at} part={part} />
					))}
				</section>
			))}
		</div>
	)
}
