/** How a date in a path or a range is written, in Java's pattern letters as Athena's partition projection has them. */
export interface DateFormat {
  readonly pattern: string
  /** The smallest unit that the pattern tells. */
  readonly unit: DateUnit
  /** A regular expression without captures that such a text matches. */
  readonly expression: string
  /** The moment that a text begins at, UTC, in milliseconds; undefined where it is no such date. */
  parse(text: string): number | undefined
}

export type DateUnit = 'years' | 'months' | 'days' | 'hours' | 'minutes' | 'seconds'

const letters: readonly { readonly letters: string; readonly unit: DateUnit; readonly expression: string }[] = [
  { letters: 'yyyy', unit: 'years', expression: '\\d{4}' },
  { letters: 'MM', unit: 'months', expression: '(?:0[1-9]|1[0-2])' },
  { letters: 'dd', unit: 'days', expression: '(?:0[1-9]|[12]\\d|3[01])' },
  { letters: 'HH', unit: 'hours', expression: '(?:[01]\\d|2[0-3])' },
  { letters: 'mm', unit: 'minutes', expression: '[0-5]\\d' },
  { letters: 'ss', unit: 'seconds', expression: '[0-5]\\d' },
]

const units: readonly DateUnit[] = letters.map(({ unit }) => unit)

/** Reads a pattern of `yyyy MM dd HH mm ss`, text in single quotes and signs; undefined where it holds other letters or no year. */
export function dateFormat(pattern: string): DateFormat | undefined {
  const parts: { expression: string; unit?: DateUnit }[] = []
  for (const [whole, word, quoted] of pattern.matchAll(/([A-Za-z])\1*|'([^']*)'|[\s\S]/g)) {
    const letter = word === undefined ? undefined : letters.find(known => known.letters === whole)
    if (word !== undefined && letter === undefined) return undefined
    parts.push(letter ?? { expression: escapeExpression(quoted === '' ? "'" : (quoted ?? whole)) })
  }
  const told = units.filter(unit => parts.some(part => part.unit === unit))
  const unit = told.at(-1)
  if (unit === undefined || told.length !== units.indexOf(unit) + 1 || told.length !== parts.filter(part => part.unit).length)
    return undefined
  const whole = new RegExp(
    `^${parts.map(part => (part.unit ? `(?<${part.unit}>${part.expression})` : part.expression)).join('')}$`,
  )
  return {
    pattern,
    unit,
    expression: parts.map(part => part.expression).join(''),
    parse: text => momentOf(whole.exec(text)?.groups),
  }
}

function momentOf(groups: Readonly<Record<string, string>> | undefined): number | undefined {
  if (groups === undefined) return undefined
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0] = units.map(unit =>
    groups[unit] === undefined ? undefined : Number(groups[unit]),
  )
  const moment = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  return moment.getUTCDate() === day ? moment.getTime() : undefined
}

/** A text as a regular expression that matches just it. */
export function escapeExpression(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
}
