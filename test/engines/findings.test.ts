import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { weir } from '../cli/logs.js'
import { isLong } from './length.js'
import { logsOnBoth, type LogsOnBoth } from './logs-on-trino.js'
import { findingsOf } from './reports.js'
import { describeTrino, runOn } from './trino.js'

const now = '2026-01-06T00:00:00Z'
/** One statement would read the logs, and how much of them is known. */
const estimateSchema = z.object({
  statements: z.tuple([
    z.object({ estimated_bytes: z.number().positive(), scans: z.array(z.unknown()).length(1), unknown: z.tuple([]) }),
  ]),
})

const LABELLED = fileURLToPath(new URL('../../../shared/data/labelled/', import.meta.url))

describeTrino('weir detect on Trino', trino => {
  async function expectAlike({ config, lake }: LogsOnBoth): Promise<void> {
    const here = await findingsOf(['--lake', lake])
    const there = await findingsOf(['--engine', 'trino', '--config', config])
    expect(there.findings).toEqual(here.findings)
    const { records, nodata, skipdata } = here.input
    expect(there.input).toMatchObject({ records, nodata, skipdata, lines: records + nodata + skipdata })
  }

  async function simulated(name: string, ...options: readonly string[]): Promise<string> {
    const logs = join(trino.files, name)
    const { code } = await weir(['simulate', '--out', logs, '--quiet', ...options])
    expect(code).toBe(0)
    return join(logs, 'AWSLogs')
  }

  describe('finds what DuckDB finds', () => {
    test('of a simulated day, in a lake; and above the limit it starts nothing', async () => {
      const logs = await simulated('day', '--records', '12000', '--log-version', '5')
      const day = await logsOnBoth(trino, 'day', logs, 'lake')
      const asked = ['detect', '--engine', 'trino', '--config', day.config, '--lake', day.lake, '--quiet', '--now', now]
      const refused = await weir([...asked, '--max-scan', '10kB'], { now })
      expect(refused).toMatchObject({ code: 2, stdout: '' })
      expect(refused.stderr).toContain('error[scan-limit]')
      const dry = await weir([...asked, '--dry-run', '--format', 'json'], { now })
      estimateSchema.parse(JSON.parse(dry.stdout))
      const begun = await runOn(
        trino,
        `SELECT query FROM system.runtime.queries WHERE "user" = '${day.schema}' AND query LIKE 'CREATE TABLE "weir_run%'`,
      )
      expect(begun).toEqual([])
      await expectAlike(day)
    }, 300_000)

    const long = isLong ? [true] : []
    test.each(long)(
      'of a simulated week, in a lake and as raw text',
      async () => {
        const logs = await simulated('week', '--records', '200000', '--days', '7', '--log-version', '2')
        await expectAlike(await logsOnBoth(trino, 'week', logs, 'lake'))
        await expectAlike(await logsOnBoth(trino, 'week', logs, 'text'))
      },
      900_000,
    )

    const sets = existsSync(LABELLED) ? readdirSync(LABELLED).filter(file => file.endsWith('.log.gz')) : []
    if (isLong && sets.length === 0) console.warn('findings of labelled traffic: skipped: ../shared/data/labelled is not here')
    test.each(isLong ? sets : [])(
      'of %s',
      async file => {
        const name = file.replace(/\.log\.gz$/, '').replace(/[^a-z0-9]/g, '_')
        await expectAlike(await logsOnBoth(trino, name, join(LABELLED, file), 'lake'))
      },
      900_000,
    )
  })

  test.each(isLong ? ['address-scan'] : [])(
    'leaves no table of the run behind: %s',
    async rule => {
      const tidy = await logsOnBoth(trino, 'tidy', await simulated('tidy', '--records', '12000'), 'lake')
      await findingsOf(['--engine', 'trino', '--config', tidy.config, '--rule', rule])
      // To open an engine would sweep: the server is asked itself.
      expect(await runOn(trino, `SHOW TABLES FROM hive.${tidy.schema} LIKE 'weir_run%'`)).toEqual([])
    },
    300_000,
  )
})
