/** The UTC date that a file's folders tell, in parts of two digits (the year of four). */
export interface PathDate {
  readonly year: string
  readonly month: string
  readonly day: string
  readonly hour?: string
}

const folders = /\/(?<year>\d{4})\/(?<month>0[1-9]|1[0-2])\/(?<day>0[1-9]|[12]\d|3[01])(?=\/(?:(?<hour>[01]\d|2[0-3])\/)?)/g

/** The date in AWS's folders `YYYY/MM/DD` or `YYYY/MM/DD/HH`, the innermost where there are several. */
export function pathDate(address: string): PathDate | undefined {
  const groups = [...address.matchAll(folders)].at(-1)?.groups
  const { year, month, day, hour } = groups ?? {}
  if (year === undefined || month === undefined || day === undefined) return undefined
  return hour === undefined ? { year, month, day } : { year, month, day, hour }
}

/** What Hive's folders `key=value` say, percent-decoded, by key in lower case. */
export function hiveKeys(address: string): Map<string, string | null> {
  const keys = new Map<string, string | null>()
  for (const folder of address.split('/').slice(0, -1)) {
    const at = folder.indexOf('=')
    if (at > 0) keys.set(decoded(folder.slice(0, at)).toLowerCase(), hiveValue(folder.slice(at + 1)))
  }
  return keys
}

function hiveValue(text: string): string | null {
  return text === '__HIVE_DEFAULT_PARTITION__' ? null : decoded(text)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
