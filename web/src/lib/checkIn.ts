// The address behind the code on the wall. The code stands behind the #, which no browser sends and no log keeps.

export const pathWithCode = (origin: string, matter: number, code: string) => `${origin}/matters/${matter}/check-in#${code}`

/** What stands behind the #, where it is a code. */
export const codeOf = (hash: string): string | undefined => /^#([0-9a-f]{20})$/.exec(hash)?.[1]
