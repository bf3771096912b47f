import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTable } from '../../scripts/trino/tables.js'
import { connectTrino, type RemoteConnection } from '../../src/engine/index.js'
import type { Relation } from '../../src/engine/relation.js'
import { translate } from '../../src/engine/sql/index.js'
import { recorded } from '../sql/expected.js'
import { refused } from '../sql/refused.js'
import { described, isHeld } from '../sql/tables.js'
import { comparable, type Comparable } from './differential.js'
import { describeTrino, runOn } from './trino.js'

/** test/sql holds DuckDB to what Trino answered; here what Weir sends to Trino is held to the statement as it was written. */
describeTrino('the recorded queries', trino => {
  const schema = { catalog: 'memory', schema: 'recorded' }
  let connection: RemoteConnection

  beforeAll(async () => {
    await runOn(trino, 'CREATE SCHEMA memory.recorded')
    for (const [name, table] of Object.entries(described())) await runOn(trino, createTable(name, table), schema)
    connection = await connectTrino({ url: trino.url, user: 'weir', ...schema })
  }, 120_000)
  afterAll(() => connection?.close())

  const held = new Map<string, Relation>(
    Object.entries(described()).map(([name, { columns }]) => [
      name,
      { name, columns: columns.filter(isHeld), hidden: [], target: name },
    ]),
  )
  const sourceOf = (name: string): string =>
    `(SELECT ${(held.get(name)?.columns ?? []).map(column => `"${column.name}"`).join(', ')} FROM "${name}")`

  async function answer(sql: string): Promise<Comparable> {
    const { columns, pages } = await connection.run(sql)
    return comparable({ columns, batches: pages })
  }

  const answered = recorded().filter(({ name, error }) => error === undefined && !refused.has(name))
  test.each(answered.map(({ topic, name, sql }) => [topic, name, sql] as const))('%s: %s', async (_topic, _name, sql) => {
    const sent = translate(sql, { relation: name => held.get(name), names: held.keys() }).forAthena(sourceOf)
    expect(await answer(sent)).toEqual(await answer(sql))
  })
})
