import type { DdlStatement } from './target.js'

/** The statements as a script: what each is for in a comment above it, a semicolon after it. */
export const scriptOf = (statements: readonly DdlStatement[]): string =>
  statements.map(({ about, sql }) => `-- ${about}\n${sql};\n`).join('\n')
