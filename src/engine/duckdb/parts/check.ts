import { withInstance, type InstanceOptions } from '../instance.js'
import { quoted } from '../literal.js'

export type PartCheck =
  | { readonly kind: 'readable'; readonly rows: number; readonly objects: ReadonlyMap<string, number> }
  | { readonly kind: 'damaged'; readonly reason: string }

/** Reads every value of a part. Rejects where it is not the part that keeps it from being read. */
export async function checkPart(path: string, options: InstanceOptions): Promise<PartCheck> {
  return withInstance(options, async connection => {
    try {
      const result = await connection.runAndReadAll(
        `SELECT source_object, count(*), bit_xor(hash(r)) FROM read_parquet(${quoted(path)}, hive_partitioning=false) r GROUP BY source_object`,
      )
      const objects = new Map(result.getRows().map(([object, rows]) => [String(object), Number(rows)]))
      return { kind: 'readable', rows: [...objects.values()].reduce((sum, rows) => sum + rows, 0), objects }
    } catch (error) {
      options.signal?.throwIfAborted()
      if (!isAboutFile(error)) throw error
      return { kind: 'damaged', reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) }
    }
  })
}

/** Whether an error says something of a file, and not that memory, permission or a place to spill is missing. */
export const isAboutFile = (error: unknown): boolean =>
  !(
    error instanceof Error &&
    /^(Out of Memory|INTERRUPT)|Permission denied|Too many open files|No space left/i.test(error.message)
  )
