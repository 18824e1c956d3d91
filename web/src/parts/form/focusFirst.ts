/** Whoever opens a form by key goes on by key: into its first control, or onto its first button. */
export function focusFirst(box: HTMLElement | null): void {
	box?.querySelector<HTMLElement>('input:not([type=file]):not([hidden]), textarea, .choices button, button[type=submit]')?.focus({ preventScroll: true })
}
