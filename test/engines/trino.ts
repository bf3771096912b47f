import { describe, inject } from 'vitest'
import { connectTrino, rowsOf, type TrinoOptions, type Value } from '../../src/engine/index.js'

/** A Trino that runs while tests do, shared with the other files of this folder: each makes a schema of its own. */
export interface Trino {
  /** `http://127.0.0.1:port` */
  readonly url: string
  /** What the catalog `hive` sees as `local:///`. */
  readonly files: string
  /** Endpoint of the AWS whose S3 it reads. */
  readonly aws: string
}

/** `describe` over the shared Trino; skipped with a line that says why where there is none. */
export function describeTrino(name: string, tests: (trino: Trino) => void): void {
  const shared = inject('trino')
  const missing = 'missing' in shared ? shared.missing : undefined
  if (missing !== undefined) console.warn(`${name}: skipped: ${missing}`)
  describe.skipIf(missing !== undefined)(name, () => tests('missing' in shared ? { url: '', files: '', aws: '' } : shared))
}

/** Runs one statement in the catalog `hive` and gives its rows as objects. */
export async function runOn(
  trino: Pick<Trino, 'url'>,
  sql: string,
  options: Partial<TrinoOptions> = {},
): Promise<Record<string, Value>[]> {
  const connection = await connectTrino({ url: trino.url, user: 'weir', catalog: 'hive', schema: 'default', ...options })
  try {
    const { columns, pages } = await connection.run(sql)
    return await rowsOf({ columns, batches: pages })
  } finally {
    await connection.close()
  }
}
