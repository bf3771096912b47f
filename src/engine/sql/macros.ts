import { readFileSync } from 'node:fs'
import type { DuckDBConnection } from '@duckdb/node-api'

interface Macro {
  /** As it stands before the parenthesis of a call. */
  readonly name: string
  readonly sql: string
}

let macros: readonly Macro[] | undefined

/** All macros, in an order in which each can be created. */
function allMacros(): readonly Macro[] {
  macros ??= readFileSync(new URL('./macros.sql', import.meta.url), 'utf8')
    .split(/(?=^CREATE OR REPLACE MACRO )/m)
    .flatMap(sql => {
      const name = /^CREATE OR REPLACE MACRO ([a-z0-9_.]+)/.exec(sql)?.[1]
      return name === undefined ? [] : [{ name, sql }]
    })
  return macros
}

const installed = new WeakMap<DuckDBConnection, Set<Macro>>()

/**
 * Creates the macros that translated SQL relies on: those that it calls and those that these call, for to create all of them, as
 * without `sql`, takes longer than many a question.
 */
export async function installMacros(connection: DuckDBConnection, sql?: string): Promise<void> {
  const before = installed.get(connection)
  const there = before ?? new Set()
  const wanted = new Set<Macro>()
  const want = (text: string): void => {
    for (const macro of allMacros()) {
      if (there.has(macro) || wanted.has(macro) || !text.includes(`${macro.name}(`)) continue
      wanted.add(macro)
      want(macro.sql)
    }
  }
  if (sql === undefined) for (const macro of allMacros()) wanted.add(macro)
  else want(sql)
  if (!before) {
    await connection.run('CREATE SCHEMA IF NOT EXISTS athena')
    installed.set(connection, there)
  }
  if (wanted.size === 0) return
  const ordered = allMacros().filter(macro => wanted.has(macro))
  await connection.run(ordered.map(macro => macro.sql).join('\n'))
  for (const macro of ordered) there.add(macro)
}
