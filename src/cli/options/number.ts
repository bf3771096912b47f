import { wrongOption } from './choice.js'

/** Reads a whole number of at least `least`: `20000`, `1_000_000`. */
export function wholeNumber(option: string, least: number): (text: string) => number {
  return text => {
    const number = /^\d[\d_]*$/.test(text) ? Number(text.replaceAll('_', '')) : NaN
    if (Number.isSafeInteger(number) && number >= least) return number
    throw wrongOption(option, text, `a whole number from ${least}`)
  }
}

const UNITS: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3, t: 4 }

/** Reads a size in bytes: `512MB`, `1.5GiB`, `2g`; MB is 10^6, MiB is 2^20. */
export function byteSize(option: string): (text: string) => number {
  return text => {
    const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(i?)b?$/i.exec(text.trim())
    const power = UNITS[match?.[2]?.toLowerCase() ?? '']
    const bytes = match && power !== undefined ? Math.floor(Number(match[1]) * (match[3] ? 1024 : 1000) ** power) : NaN
    if (bytes > 0 && Number.isSafeInteger(bytes)) return bytes
    throw wrongOption(option, text, 'a size such as 512MB or 2GB')
  }
}
