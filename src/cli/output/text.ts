import stringWidth from 'string-width'

/** Breaks text at spaces so that each line fits `width`; a word longer than that stands alone. Without width, one line. */
export function wrapped(text: string, width: number | undefined): string[] {
  if (width === undefined) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && stringWidth(line) + 1 + stringWidth(word) > width) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}

const digits = new Intl.NumberFormat('en-US')

/** `1,234,567` */
export const counted = (count: number): string => digits.format(count)

/** `1 record`, `2,345 records` */
export const countedOf = (count: number, noun: string): string => `${counted(count)} ${noun}${count === 1 ? '' : 's'}`

/** `1.5 GB`, in powers of ten. */
export function sized(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** step
  return `${step === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[step] ?? 'B'}`
}

/** `0.4 s`, `12 s`, `3 min 20 s` */
export function lasting(milliseconds: number): string {
  const seconds = milliseconds / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 100) return `${Math.round(seconds)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}

/** A word as a POSIX shell takes it. */
export const shellWord = (word: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`

/** Keeps what came from logs and file names from steering the terminal; line ends and tabs stay. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, hexOf)
}

/** Text that came from logs, broken to fit. */
export const printableLines = (text: string, width: number | undefined): string[] => wrapped(printable(text), width)

/** The same for a cell of a table, where a line end would break the row. */
export const printableLine = (text: string): string => printable(text.replaceAll('\n', '\\n').replaceAll('\t', '\\t'))

const hexOf = (sign: string): string => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`

/** The first of a list by name, and how many more there are: `10.0.0.1, 10.0.0.2 and 5 more`. */
export function named(items: readonly (string | number)[], total = items.length, most = 3): string {
  const more = total - Math.min(most, items.length)
  const shown = items.slice(0, most).join(', ')
  return more > 0 ? `${shown} and ${counted(more)} more` : shown
}

const minuteOf = (time: string): string => time.slice(0, 16).replace('T', ' ')

/** Two ISO times as `2026-01-05 09:12 to 09:40 UTC`. */
export function spanned(from: string, to: string): string {
  const [first, last] = [minuteOf(from), minuteOf(to)]
  if (first === last) return `${first} UTC`
  return `${first} to ${first.slice(0, 10) === last.slice(0, 10) ? last.slice(11) : last} UTC`
}
