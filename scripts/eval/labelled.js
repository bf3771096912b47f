// Labelled traffic of real networks, scored by the script that stands beside it. It is not part of the repository.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const SHARED = join('..', 'shared')

/** The scores of all sets, or null where the data or its script is absent. */
export function scoreLabelled() {
  const script = join(SHARED, 'checks', 'score.mjs')
  if (!existsSync(script) || !existsSync(join(SHARED, 'data', 'labelled', 'expect.json'))) return null
  const { stdout, stderr } = spawnSync(process.execPath, [script, '--weir', 'node bin/weir.js', '--json'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (stdout === '') throw new Error(`${script}: ${stderr.slice(-500)}`)
  const { overall, sets } = JSON.parse(stdout)
  return {
    overall,
    sets: sets.map(({ set, benign, days, ran, actors, expected, raised, wrong, problems, miscounts }) => ({
      ...{ set, benign, days, ran, problems: [...problems, ...miscounts] },
      ...{ actors: actors.length, named: actors.filter(({ found }) => found).length },
      ...{ expected: expected.length, found: expected.filter(({ found }) => found).length },
      ...{ raised: raised.length, wrong: benign ? raised.length : wrong.length, falseAlarms: benign ? raised : wrong },
      misses: [
        ...actors.filter(({ found }) => !found).map(({ address, families }) => `${address} not named (${families.join(', ')})`),
        ...expected
          .filter(({ found }) => !found)
          .map(
            ({ why, rank, found: _, ...want }) =>
              `${JSON.stringify(want)}${rank ? `: rank ${rank}` : ''}${why ? `; ${why}` : ''}`,
          ),
      ],
    })),
  }
}
