/** USD for a terabyte read, where nothing else is said: what AWS asks in most regions. */
export const PRICE_PER_TB = 5

const MB = 2 ** 20
const TB = 2 ** 40

/** What Athena asks for a statement that reads so many bytes, in USD: whole megabytes, ten at least; AWS counts them in powers of two. */
export function priceOfScan(bytes: number, pricePerTb: number = PRICE_PER_TB): number {
  return ((Math.max(10, Math.ceil(bytes / MB)) * MB) / TB) * pricePerTb
}
