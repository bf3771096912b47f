import { mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { ask, ownFolder } from './lakes.js'
import { expectModel, KEYS, operations, Overwrite, type Model, type Real } from './operations.js'
import { Worker } from './worker.js'

const folder = ownFolder()
const worker = new Worker()
afterAll(() => worker.stop())

/** More than CI has time for, where one wants them. */
const numRuns = Number(process.env['WEIR_OPERATION_RUNS'] ?? 4)

test(
  'whatever is ingested, overwritten, compacted, expired and killed, each record stands once',
  { timeout: 6_000_000 },
  async () => {
    const property = fc.asyncProperty(operations, async commands => {
      const own = mkdtempSync(join(folder, 'run-'))
      const real: Real = { folder: own, lake: join(own, 'lake'), worker }
      const model: Model = { sources: new Map(), rows: new Map(), expired: new Set(), versions: 0 }
      for (const key of KEYS) await new Overwrite(key).run(model, real)
      await fc.asyncModelRun(() => ({ model, real }), commands)
      await expectModel(model, real)
      await expectNetworksApart(model, real)
      for (const aside of ['_staging', '_readers']) expect(namesIn(join(real.lake, aside))).toEqual([])
    })
    await fc.assert(property, { numRuns, endOnFailure: true })
  },
)

/** The same private address in two VPCs is two hosts, and their flows are not mixed. */
async function expectNetworksApart(model: Model, { lake }: Real): Promise<void> {
  const rows = [...model.rows.values()].flat()
  if (rows.length === 0) return
  const networks = ['a', 'b'].flatMap(vpc => {
    const bytes = rows.filter(row => row.vpc === vpc).map(row => row.bytes)
    return bytes.length === 0
      ? []
      : [{ network: `vpc-${vpc}`, n: bytes.length, bytes: bytes.reduce((sum, more) => sum + more, 0) }]
  })
  expect(
    await ask(lake, 'SELECT network, count(*) AS n, sum(bytes) AS bytes FROM flows GROUP BY network ORDER BY network'),
  ).toEqual(networks)
  expect(await ask(lake, `SELECT network FROM hosts WHERE address = '10.0.0.5' ORDER BY network`)).toEqual(
    networks.map(({ network }) => ({ network })),
  )
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
