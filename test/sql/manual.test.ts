import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { functionForms } from '../../src/engine/sql/functions/index.js'
import { callsOf } from '../../src/engine/sql/walk.js'
import { parseStatement } from '../../src/engine/sql/parse/query.js'
import { recorded } from './expected.js'
import { refused } from './refused.js'

const page = new URL('../../docs/sql.md', import.meta.url)
const mark =
  '<!-- Below: made by test/sql/manual.test.ts from the function table and the recorded answers. npx vitest run test/sql/manual.test.ts -u -->'

const answers = recorded()
const agreeing = answers.filter(({ name, error }) => !refused.has(name) && error === undefined)
const failing = answers.filter(({ name, error }) => !refused.has(name) && error !== undefined)

/** Functions that cannot be recorded: they follow the clock or chance, or are Weir's own. */
const unrecorded = ['now', 'rand', 'random', 'address_key', 'address_prefix', 'address_text']

/** How many of the agreeing queries call each function. */
function uses(): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { sql } of agreeing) {
    for (const name of new Set(callsOf(parseStatement(sql)))) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

function generated(): string {
  const counts = uses()
  const rows = [...functionForms()].map(([name, forms]) => {
    const shown = forms.map(form => `\`${name}${form}\``).join('<br>')
    return `| \`${name}\` | ${shown.replaceAll('|', '\\|')} | ${counts.get(name) ?? 'not recorded'} |`
  })
  const reasons = [...new Set(refused.values())]
  return [
    '## Functions',
    '',
    'Letters stand for types: `T`, `U`, `K`, `V` any, `N` a number, `D` a decimal, `M` a date or timestamp, `Z` a timestamp, `x` a length. ' +
      'The last column counts the queries with the function whose answers were recorded from Trino 476 and are the same here.',
    '',
    '| function | forms | agreeing queries |',
    '|---|---|---:|',
    ...rows,
    '',
    '## What was compared',
    '',
    `Of ${answers.length} recorded queries ${agreeing.length} give the same columns, types and rows, ${failing.length} fail here as they fail there, and ${refused.size} are refused:`,
    '',
    ...reasons.map(reason => `- ${reason} (${[...refused].filter(([, why]) => why === reason).length})`),
    '',
  ].join('\n')
}

test('docs/sql.md says what the function table and the recorded answers say', async () => {
  const [written = ''] = readFileSync(page, 'utf8').split(mark)
  await expect(`${written}${mark}\n\n${generated()}`).toMatchFileSnapshot(page.pathname)
})

test('every function is in a recorded query that agrees', () => {
  const counts = uses()
  expect([...functionForms().keys()].filter(name => !counts.has(name) && !unrecorded.includes(name))).toEqual([])
})
