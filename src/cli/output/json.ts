/** JSON with whole numbers that a double cannot hold as strings. */
export const jsonOf = (value: unknown, indent?: number): string => JSON.stringify(value, exact, indent)

function exact(_key: string, value: unknown): unknown {
  if (typeof value !== 'bigint') return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}
