import { withInstance, type InstanceOptions } from '../instance.js'
import { quoted } from '../literal.js'

export type PartCheck =
  | { readonly kind: 'readable'; readonly rows: number; readonly objects: ReadonlyMap<string, number> }
  | { readonly kind: 'damaged'; readonly reason: string }

/** Reads every value of a part. */
export async function checkPart(path: string, options: InstanceOptions): Promise<PartCheck> {
  return withInstance(options, async connection => {
    try {
      const result = await connection.runAndReadAll(
        `SELECT source_object, count(*), bit_xor(hash(r)) FROM read_parquet(${quoted(path)}, hive_partitioning=false) r GROUP BY source_object`,
      )
      const objects = new Map(result.getRows().map(([object, rows]) => [String(object), Number(rows)]))
      return { kind: 'readable', rows: [...objects.values()].reduce((sum, rows) => sum + rows, 0), objects }
    } catch (error) {
      return { kind: 'damaged', reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) }
    }
  })
}
