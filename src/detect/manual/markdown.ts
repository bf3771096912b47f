/** A table of Markdown; cells may hold anything but line ends. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |\n`
  return [line(columns), `|${columns.map(() => '---|').join('')}\n`, ...rows.map(line)].join('')
}

export const list = (items: readonly string[]): string => items.map(item => `- ${item}\n`).join('')

export const code = (text: string): string => `\`${text}\``

export const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`

/** A part with its heading; nothing where it is empty. */
export const part = (heading: string, body: string): string => (body === '' ? '' : `## ${heading}\n\n${body}\n`)
