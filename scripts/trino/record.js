/* Asks a real Trino every query of test/sql/corpus and writes its answers to test/sql/expected. See test/sql/README.md. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { runStatement, TrinoError } from './client.js'
import { startTrino } from './server.js'
import { createTable } from './tables.js'

const corpus = new URL('../../test/sql/corpus/', import.meta.url)
const expected = new URL('../../test/sql/expected/', import.meta.url)

/** `-- name: x`, then the statement, up to the next name. */
function queriesIn(text) {
  const [, ...parts] = text.split(/^-- name: /m)
  return parts.map(part => {
    const end = part.indexOf('\n')
    return { name: part.slice(0, end).trim(), sql: part.slice(end).trim().replace(/;$/, '') }
  })
}

/** A query that Trino refuses is recorded with the refusal's name; a Trino that fails ends the recording. */
async function answer(url, { name, sql }) {
  try {
    return { name, sql, ...(await runStatement(url, sql)) }
  } catch (error) {
    if (!(error instanceof TrinoError) || error.type !== 'USER_ERROR')
      throw new Error(`${name}: ${error.message}`, { cause: error })
    console.error(`  ${name}: ${error.name}: ${error.message}`)
    return { name, sql, error: error.name }
  }
}

/** Maps come in whatever order Trino's hashing gives: by key, the same answer is the same text. */
const byKey = (_, value) =>
  value === null || typeof value !== 'object' || Array.isArray(value)
    ? value
    : Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))

const list = (items, indent) => (items.length ? `[\n${items.map(item => `${indent}  ${item}`).join(',\n')}\n${indent}]` : '[]')
const line = value => JSON.stringify(value, byKey)

/** JSON with a line for each column and each row, so that a change shows as the line that it is. */
function print(answers) {
  const entries = answers.map(answer => {
    const fields = Object.entries(answer).map(
      ([key, value]) => `"${key}": ${Array.isArray(value) ? list(value.map(line), '    ') : line(value)}`,
    )
    return `{\n    ${fields.join(',\n    ')}\n  }`
  })
  return `${list(entries, '')}\n`
}

const topics = (await readdir(corpus)).filter(name => name.endsWith('.sql')).map(name => basename(name, '.sql'))
const names = new Set()
const trino = await startTrino()
try {
  const tables = JSON.parse(await readFile(new URL('tables.json', corpus), 'utf8'))
  for (const [name, table] of Object.entries(tables)) await runStatement(trino.url, createTable(name, table))
  for (const topic of topics) {
    const answers = []
    for (const query of queriesIn(await readFile(new URL(`${topic}.sql`, corpus), 'utf8'))) {
      if (names.has(query.name)) throw new Error(`Two queries are named ${query.name}`)
      names.add(query.name)
      answers.push(await answer(trino.url, query))
    }
    await writeFile(new URL(`${topic}.json`, expected), print(answers))
    console.error(`${topic}: ${answers.length} queries, ${answers.filter(({ error }) => error).length} of them errors`)
  }
} finally {
  await trino.stop()
}
console.error(`${names.size} queries recorded`)
