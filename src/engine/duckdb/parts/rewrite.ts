import { withInstance, type InstanceOptions } from '../instance.js'
import { quoted } from '../literal.js'
import { formatOf } from './format.js'

/** Writes a part anew without the rows of some of its sources, in the order that they have. */
export async function withoutObjects(
  path: string,
  objects: readonly string[],
  { to, metadata, ...options }: InstanceOptions & { readonly to: string; readonly metadata: string },
): Promise<void> {
  await withInstance({ ...options, inOrder: true }, async connection => {
    await connection.run(
      `COPY (SELECT * FROM read_parquet(${quoted(path)}, hive_partitioning=false) WHERE source_object NOT IN (${objects.map(quoted).join(', ')}))
      TO ${quoted(to)} (${formatOf(metadata)})`,
    )
  })
}
