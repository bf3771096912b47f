import { expect } from 'vitest'
import { z } from 'zod'
import { applyStatements, type RemoteConnection } from '../../src/engine/index.js'
import { weir } from '../cli/logs.js'

/** How much of what `weir ddl` prints: all, no views above `records`, or what an engine asks for. Views take a young server minutes. */
export type Extent = 'all' | 'records' | 'stored'

const VIEW = /^CREATE OR REPLACE VIEW (?:"\w+"\.)*"(\w+)"/

const isWanted: Readonly<Record<Extent, (view: string) => boolean>> = {
  all: () => true,
  records: view => view === 'stored_records' || view === 'records',
  stored: view => view === 'stored_records',
}

const printed = z.object({ statements: z.array(z.object({ about: z.string(), sql: z.string() })) })

/** Makes what `weir ddl` prints, through a connection that is closed after. */
export async function makeTables(
  extent: Extent,
  engine: 'trino' | 'athena',
  args: readonly string[],
  connect: () => Promise<RemoteConnection>,
): Promise<void> {
  const { code, stdout, stderr } = await weir(['ddl', engine, ...args, '--format', 'json'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const { statements } = printed.parse(JSON.parse(stdout))
  const connection = await connect()
  try {
    const wanted = statements.filter(({ sql }) => {
      const view = VIEW.exec(sql)?.[1]
      return view === undefined || isWanted[extent](view)
    })
    await applyStatements(wanted, connection)
  } finally {
    await connection.close()
  }
}
