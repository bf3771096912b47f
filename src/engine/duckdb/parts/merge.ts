import { withInstance, type InstanceOptions } from '../instance.js'
import { quoted } from '../literal.js'

/** Small groups of rows are passed over more often; DuckDB's own size. */
const ROW_GROUP = 122_880
/**
 * Merges parts of one partition into one, sorted by hour and address of the source, with bloom filters: who asks for an address
 * reads few groups of rows. DuckDB makes bloom filters for columns whose values fit a dictionary, so any that a group may have do.
 */
export async function mergeParts(
  paths: readonly string[],
  { to, metadata, ...options }: InstanceOptions & { readonly to: string; readonly metadata: string },
): Promise<void> {
  await withInstance(options, async connection => {
    const rows = `read_parquet([${paths.map(quoted).join(', ')}], union_by_name=true, hive_partitioning=false)`
    const columns = new Set((await connection.runAndReadAll(`DESCRIBE FROM ${rows}`)).getRows().map(([name]) => String(name)))
    const order = [...(columns.has('start') ? ['start // 3600'] : []), ...(columns.has('src_key') ? ['src_key'] : []), '1']
    const count = await connection.runAndReadAll(`SELECT count(*) FROM ${rows}`)
    const dictionary = Math.max(1, Math.min(ROW_GROUP, Number(count.getRows()[0]?.[0] ?? 0)))
    await connection.run(`SET preserve_insertion_order = true`)
    await connection.run(
      `COPY (SELECT * FROM ${rows} ORDER BY ${order.join(', ')}) TO ${quoted(to)}
      (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP}, DICTIONARY_SIZE_LIMIT ${dictionary}, KV_METADATA {weir: ${quoted(metadata)}})`,
    )
  })
}
