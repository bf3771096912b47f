import { copyFile, mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { NO_LINES, openDuckdb, partitionPath, type Partition } from '../engine/index.js'
import { byPartition } from './compact.js'
import type { LakeOptions } from './options.js'
import { distinctLayouts, type Part } from './part.js'
import { sessionsOf } from './places.js'
import { Writer } from './writer.js'

/**
 * What is left of a day that expires, one row an hour, pair of hosts, port and so on: `records` counts what every interface wrote,
 * packets and bytes those that `flows` counts once.
 */
const HOURS = `SELECT
  "start" - "start" % 3600 AS hour,
  network,
  src,
  dst,
  server_port,
  protocol,
  action,
  direction,
  count(*) AS records,
  sum(CASE WHEN counted THEN packets ELSE 0 END) AS packets,
  sum(CASE WHEN counted THEN bytes ELSE 0 END) AS bytes
FROM flows
GROUP BY "start" - "start" % 3600, network, src, dst, server_port, protocol, action, direction`

export interface ExpireReport {
  readonly partitions: readonly Partition[]
  readonly rows: number
}

/**
 * Drops the records of days before `before` (YYYY-MM-DD), after rolling them up by hour into `hours`. A receipt stays for each
 * partition: what comes for it later is left out, and no object is read again for its sake.
 */
export async function expire(lake: string, options: LakeOptions & { readonly before: string }): Promise<ExpireReport> {
  const forget = (): Promise<void> => rm(sessionsOf(lake), { recursive: true, force: true })
  // Before, for a run that was killed here; after, for what was kept meanwhile.
  await forget()
  return Writer.open(lake, 'weir lake expire', options, async writer => {
    const partitions: Partition[] = []
    let rows = 0
    for (const { partition, parts } of byPartition(writer.parts)) {
      if (partition.date === undefined || partition.date >= options.before) continue
      options.signal?.throwIfAborted()
      await drop(writer, partition, parts, options)
      partitions.push(partition)
      rows += parts.reduce((sum, part) => sum + part.rows, 0)
    }
    return { partitions, rows }
  }).finally(forget)
}

async function drop(writer: Writer, partition: Partition, parts: readonly Part[], options: LakeOptions): Promise<void> {
  const batch = writer.newBatch()
  const engine = await openDuckdb({
    sources: [],
    stored: {
      paths: parts.map(({ path }) => path),
      layouts: distinctLayouts(parts.flatMap(({ layouts }) => layouts)),
      input: { sources: [], ...NO_LINES, bytes: 0, fields: [], partialFields: [], damaged: [], unreadable: [], aside: [] },
    },
    memory: options.memory,
    threads: options.threads,
    tempDir: options.tempDir,
    signal: options.signal,
  })
  try {
    const place = join(batch.folder, 'hours', partitionPath(partition), `${batch.id}.parquet`)
    await mkdir(dirname(place), { recursive: true })
    await copyFile(await engine.copy(HOURS), place)
    const objects = parts.flatMap(part => part.objects)
    await writer.commit(batch, [], {
      objects: objects.map(({ rows, ...receipt }) => receipt),
      replaces: parts.flatMap(({ id, replaces }) => [id, ...replaces]),
      expired: [partition],
      dropped: objects.map(({ object, batch: by, rows }) => ({ object, batch: by, rows })),
      positions: [],
    })
  } finally {
    await engine.close()
    await batch.abandon()
  }
}
