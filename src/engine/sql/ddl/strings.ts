const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  "'": "'",
  '"': '"',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\u001a',
  '\\': '\\',
}

/**
 * What a Hive string literal means. Escapes are Hive's: `\n \r \t \b \0 \Z \\ \' \"`, `\ooo` in octal, `\uXXXX`;
 * `\%` and `\_` keep their backslash, any other escaped character stands for itself.
 */
export function stringValue(raw: string): string {
  const quote = raw.charAt(0)
  const inner = raw.slice(1, -1).replaceAll(quote + quote, `\\${quote}`)
  return inner.replace(/\\(?:u([0-9a-fA-F]{4})|([01][0-7]{2})|([\s\S]))/g, (whole, hex, octal, other) => {
    if (typeof hex === 'string') return String.fromCharCode(Number.parseInt(hex, 16))
    if (typeof octal === 'string') return String.fromCharCode(Number.parseInt(octal, 8))
    if (other === '%' || other === '_') return whole
    return escapes[String(other)] ?? String(other)
  })
}

/** A Hive string literal that means `value`. */
export function quoteString(value: string): string {
  const escaped = value
    .replace(/[\\']/g, '\\$&')
    .replace(/\p{Cc}/gu, control => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return `'${escaped}'`
}

/** The name in a quoted identifier, with `"` or back-quotes. */
export function quotedName(raw: string): string {
  const quote = raw.charAt(0)
  return raw.slice(1, -1).replaceAll(quote + quote, quote)
}

/** A name in back-quotes. */
export function quoteName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}
