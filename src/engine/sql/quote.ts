/** A name as Trino, Athena and DuckDB take it, whatever stands in it. */
export const quotedName = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** A text as all of them take it. */
export const quotedText = (text: string): string => `'${text.replaceAll("'", "''")}'`
