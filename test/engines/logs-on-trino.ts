import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { connectTrino, openDuckdb, openTrino, type DuckdbEngine, type RemoteEngine } from '../../src/engine/index.js'
import { openLake } from '../../src/lake/index.js'
import { weir } from '../cli/logs.js'
import { ingest } from '../aws/command.js'
import { makeTables, type Extent } from './tables.js'
import type { Trino } from './trino.js'

/** The same logs for DuckDB and for Trino. */
export interface LogsOnBoth {
  /** A weir.yaml that says where Trino is. */
  readonly config: string
  readonly lake: string
  readonly schema: string
  openTrino(): Promise<RemoteEngine>
  openDuckdb(): Promise<DuckdbEngine>
}

type Layout = 'lake' | 'text'

/**
 * Puts logs, in AWS's layout, where Trino sees them: as they are, or taken into a lake; and makes the tables over them as a person
 * would, or no more than the engine asks for. DuckDB reads the lake in both cases.
 */
export async function logsOnBoth(
  trino: Trino,
  name: string,
  logs: string,
  layout: Layout,
  extent: Extent = 'all',
): Promise<LogsOnBoth> {
  const schema = `${name}_${layout}`
  const lake = join(trino.files, name, 'lake')
  await ingest(lake, [logs])
  const config = join(trino.files, `${schema}.yaml`)
  mkdirSync(trino.files, { recursive: true })
  writeFileSync(
    config,
    JSON.stringify({ trino: { url: trino.url, user: schema, catalog: 'hive', schema, location: `local:///${name}/lake` } }),
  )
  const over =
    layout === 'lake'
      ? ['--lake', lake, '--location', `local:///${name}/lake`]
      : [logs, '--location', `local:///${name}/AWSLogs/`]
  const connect = () => connectTrino({ url: trino.url, user: 'weir', catalog: 'hive', schema })
  if (extent === 'all') {
    const { code, stderr } = await weir(['ddl', 'trino', ...over, '--config', config, '--apply', '--quiet'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  } else await makeTables(extent, 'trino', [...over, '--config', config], connect)
  return {
    config,
    lake,
    schema,
    openTrino: async () => openTrino(await connect(), schema, { now: NOW }),
    openDuckdb: async () => {
      const stored = await openLake(lake, {}, { memory: 1e9, threads: 2, tempDir: trino.files })
      return openDuckdb({ sources: [], stored, now: NOW })
    },
  }
}

/** One clock for both. */
const NOW = new Date('2026-01-06T00:00:00Z')
