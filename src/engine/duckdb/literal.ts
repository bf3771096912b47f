/** SQL text of a string literal. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** SQL text of an identifier. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`
