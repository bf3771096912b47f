import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { beforeAll, describe, expect, test } from 'vitest'
import { installMacros, preparedSelect, translate, type Translation, valueReader } from '../../src/engine/sql/index.js'
import type { Value } from '../../src/engine/engine.js'
import type { Relation } from '../../src/engine/relation.js'
import { Fault } from '../../src/fault/index.js'
import { type Answer, recorded } from './expected.js'
import { refused } from './refused.js'
import { loadTables } from './tables.js'

let connection: DuckDBConnection
let relations: Map<string, Relation>

beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect()
  await connection.run("SET TimeZone = 'UTC'")
  await installMacros(connection)
  relations = await loadTables(connection)
})

const answers = recorded()
const translated = (sql: string): Translation =>
  translate(sql, { relation: name => relations.get(name), names: relations.keys() })

async function rowsOf({ sql, types }: Translation): Promise<Value[][]> {
  const select = await preparedSelect(connection, sql)
  select.destroySync()
  const readers = types.map(valueReader)
  const rows = (await connection.runAndReadAll(sql)).getRows()
  return rows.map(row => row.map((value, i) => readers[i]?.(value) ?? null))
}

/** Trino's protocol writes the names of intervals in capitals, its `typeof` does not. */
const typesOf = ({ columns }: Answer) =>
  columns?.map(({ name, type }) => ({ name, type: type.startsWith('INTERVAL') ? type.toLowerCase() : type }))

/** Numbers may differ in the last digits that sums in another order leave. */
function near(ours: unknown, theirs: unknown): boolean {
  if (typeof ours === 'number' && typeof theirs === 'number') {
    return ours === theirs || Math.abs(ours - theirs) <= 1e-12 * Math.max(Math.abs(ours), Math.abs(theirs))
  }
  if (typeof ours !== 'object' || typeof theirs !== 'object' || ours === null || theirs === null) return ours === theirs
  const [mine, others] = [new Map(Object.entries(ours)), new Map<string, unknown>(Object.entries(theirs))]
  return mine.size === others.size && [...mine].every(([key, value]) => others.has(key) && near(value, others.get(key)))
}

describe.each([...new Set(answers.map(({ topic }) => topic))])('%s', topic => {
  const own = answers.filter(answer => answer.topic === topic && !refused.has(answer.name))

  test.each(own.filter(({ error }) => error === undefined))('$name is what Trino says', async answer => {
    const translation = translated(answer.sql)
    expect(translation.columns).toEqual(typesOf(answer))
    const rows = await rowsOf(translation)
    if (!near(rows, answer.rows)) expect(rows).toEqual(answer.rows)
  })

  test.each(own.filter(({ error }) => error !== undefined))('$name fails, as in Trino ($error)', async ({ sql }) => {
    await expect(async () => rowsOf(translated(sql))).rejects.toThrow()
  })
})

test.each([...refused])('%s is refused for %s', name => {
  const sql = answers.find(answer => answer.name === name)?.sql ?? ''
  expect(() => translated(sql)).toThrow(Fault)
})
