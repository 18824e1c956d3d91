/** Whoever opens a form by key goes on by key: into its first control, or onto its first button. Whoever has begun in it already stays where they are. */
export function focusFirst(box: HTMLElement | null): void {
	if (!box || box.contains(document.activeElement)) return
	box.querySelector<HTMLElement>('input:not([type=file]):not([hidden]), textarea, .choices button, button[type=submit]')?.focus({ preventScroll: true })
}
