import type { InstanceOptions } from '../instance.js'
import { withInstance } from '../instance.js'
import { isAboutFile } from './check.js'
import { quoted } from '../literal.js'

/** What the footer of a Parquet file tells. */
export type Footer =
  | { readonly kind: 'part'; readonly path: string; readonly rows: number; readonly metadata: string | undefined }
  | { readonly kind: 'damaged'; readonly path: string; readonly reason: string }

const AT_ONCE = 500

/** Reads the footers of Parquet files, and what stands in them under the key `weir`. */
export async function readFooters(paths: readonly string[], options: InstanceOptions): Promise<readonly Footer[]> {
  if (paths.length === 0) return []
  return withInstance(options, async connection => {
    const read = async (some: readonly string[]): Promise<readonly Footer[]> => {
      const list = `[${some.map(quoted).join(', ')}]`
      try {
        const result = await connection.runAndReadAll(
          `SELECT f.file_name, f.num_rows, decode(k.value) FROM parquet_file_metadata(${list}) f
          LEFT JOIN (FROM parquet_kv_metadata(${list}) WHERE decode(key) = 'weir') k ON k.file_name = f.file_name`,
        )
        return result.getRows().map(([path, rows, metadata]) => ({
          kind: 'part',
          path: String(path),
          rows: Number(rows),
          metadata: metadata === null || metadata === undefined ? undefined : String(metadata),
        }))
      } catch (error) {
        options.signal?.throwIfAborted()
        if (!isAboutFile(error)) throw error
        const [path] = some
        if (some.length > 1 || path === undefined) return (await Promise.all(some.map(one => read([one])))).flat()
        return [{ kind: 'damaged', path, reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) }]
      }
    }
    const footers: Footer[] = []
    for (let at = 0; at < paths.length; at += AT_ONCE) footers.push(...(await read(paths.slice(at, at + AT_ONCE))))
    return footers
  })
}

/** How many rows of each source stand in each file. */
export async function countObjects(
  paths: readonly string[],
  options: InstanceOptions,
): Promise<readonly { readonly path: string; readonly object: string; readonly rows: number }[]> {
  if (paths.length === 0) return []
  return withInstance(options, async connection => {
    const result = await connection.runAndReadAll(
      `SELECT weir_path, source_object, count(*) FROM read_parquet([${paths.map(quoted).join(', ')}], filename='weir_path', hive_partitioning=false, union_by_name=true) GROUP BY ALL ORDER BY ALL`,
    )
    return result.getRows().map(([path, object, rows]) => ({ path: String(path), object: String(object), rows: Number(rows) }))
  })
}
