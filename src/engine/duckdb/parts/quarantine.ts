import type { QuarantinedLine } from '../../input.js'
import { openInstance, withInstance, type InstanceOptions } from '../instance.js'
import { quoted } from '../literal.js'

/** How many lines of each object a file of quarantined lines holds. */
export async function countQuarantined(path: string, options: InstanceOptions): Promise<ReadonlyMap<string, number>> {
  return withInstance(options, async connection => {
    const result = await connection.runAndReadAll(`SELECT source_object, count(*) FROM read_parquet(${quoted(path)}) GROUP BY 1`)
    return new Map(result.getRows().map(([object, rows]) => [String(object), Number(rows)]))
  })
}

/** The lines of these objects in a file of quarantined lines. */
export async function* quarantinedLines(
  path: string,
  objects: readonly string[],
  options: InstanceOptions,
): AsyncGenerator<QuarantinedLine> {
  const instance = await openInstance({ ...options, inOrder: true })
  try {
    const result = await instance.connection.stream(
      `SELECT source_object, line, reason, text FROM read_parquet(${quoted(path)}) WHERE source_object IN (${objects.map(quoted).join(', ')}) ORDER BY 1, 2`,
    )
    for await (const rows of result.yieldRows()) {
      options.signal?.throwIfAborted()
      for (const [source, line, reason, text] of rows)
        yield { source: String(source), line: Number(line), reason: String(reason), text: String(text) }
    }
  } finally {
    instance.close()
  }
}
