import { Link } from 'wouter'
import type { Schema } from '../../api/client'

/** A matter that whoever reads may see. */
export function MatterLink({ matter }: { matter: Schema['rule_matter'] }) {
	return (
		<span className="rule-matter">
			<Link href={`/matters/${matter.matter}`}>{matter.number}</Link> {matter.title} <span className="muted">{matter.state}</span>
		</span>
	)
}
