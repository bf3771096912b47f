/* Trino's HTTP protocol: POST the statement, follow nextUri until there is none. */

/** What Trino answered instead of rows; `name` is its errorName, such as DIVISION_BY_ZERO; `type` USER_ERROR or worse. */
export class TrinoError extends Error {
  constructor({ message, errorName, errorType }) {
    super(message)
    this.name = errorName
    this.type = errorType
  }
}

const headers = {
  'X-Trino-User': 'weir',
  'X-Trino-Catalog': 'memory',
  'X-Trino-Schema': 'default',
  'X-Trino-Time-Zone': 'UTC',
  'X-Trino-Client-Capabilities': 'PARAMETRIC_DATETIME',
}

const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** JSON with every whole number beyond 2^53 as a string, so that none is rounded. */
export function parseExactly(text) {
  const quoted = text.replace(stringOrNumber, token =>
    /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
  )
  return JSON.parse(quoted)
}

/** Runs one statement; gives `{columns: [{name, type}], rows}`. Throws `TrinoError`. */
export async function runStatement(url, sql) {
  let columns = []
  const rows = []
  let page = await ask(`${url}/v1/statement`, { method: 'POST', body: sql, headers })
  for (;;) {
    if (page.error) throw new TrinoError(page.error)
    if (page.columns) columns = page.columns.map(({ name, type }) => ({ name, type }))
    if (page.data) rows.push(...page.data)
    if (!page.nextUri) return { columns, rows }
    page = await ask(page.nextUri, { headers })
  }
}

async function ask(url, request) {
  const response = await globalThis.fetch(url, request)
  const text = await response.text()
  if (!response.ok) throw new Error(`Trino answered ${response.status}: ${text}`)
  return parseExactly(text)
}
