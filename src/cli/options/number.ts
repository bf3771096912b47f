import { sizeInBytes } from '../../engine/index.js'
import { wrongOption } from './choice.js'

/** Reads a whole number of at least `least`: `20000`, `1_000_000`. */
export function wholeNumber(option: string, least: number): (text: string) => number {
  return text => {
    const number = /^\d[\d_]*$/.test(text) ? Number(text.replaceAll('_', '')) : NaN
    if (Number.isSafeInteger(number) && number >= least) return number
    throw wrongOption(option, text, `a whole number from ${least}`)
  }
}

/** Reads a size in bytes: `512MB`, `1.5GiB`, `2g`. */
export function byteSize(option: string): (text: string) => number {
  return text => {
    const size = sizeInBytes.safeParse(text)
    if (size.success) return size.data
    throw wrongOption(option, text, 'a size such as 512MB or 2GB')
  }
}
