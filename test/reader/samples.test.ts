import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { openDuckdb } from '../../src/engine/index.js'

/** Logs that were collected elsewhere and are no part of this repository. */
const data = fileURLToPath(new URL('../../../shared/data', import.meta.url))
const missing = !existsSync(data)

/** What stands in each file, counted with awk. */
const SAMPLES = {
  'amazon__tests__inputs__cloudwatch-v2.ndjson': { records: 2, nodata: 1, skipdata: 1 },
  'amazon__tests__inputs__cloudwatch-v7-ecs.ndjson': { records: 2, nodata: 2 },
  'faulty.log': { records: 14, quarantined: 2 },
  'flows.parquet': { records: 1, nodata: 2 },
  'raw.txt.gz': { records: 775_000 },
  'real-aws-v2.log': { records: 17, headers: 1 },
  'v2-a.log': { records: 2, headers: 1 },
  'v2-b.log.gz': { records: 2, headers: 1 },
  'vpcflow-1.ocsf.json': { records: 1 },
  'vpcflow-1.raw': { records: 1, headers: 1 },
}

const LABELLED = {
  'iot23-20-1': 9_186,
  'iot23-8-1': 12_676,
  'iot23-honeypot-4-1': 5_209,
  'iot23-honeypot-5-1': 4_668,
  'iot23-honeypot-7-1': 189,
  'normal-2015-03-24-dns': 5_812,
  'normal-ctu-7': 14_054,
  'portscan-horizontal': 71,
  'portscan-vertical': 106,
  'strat-001-njrat': 504,
  'strat-002-nmap': 12_004,
  'strat-003-rat': 2_018,
  'strat-005-simda-dga': 647,
  'strat-008-public-host-attacked': 12_507,
}

async function countsOf(path: string) {
  const engine = await openDuckdb({ sources: [path] })
  try {
    const { lines, records, nodata, skipdata, headers, quarantined, damaged, unreadable } = await engine.input()
    return { lines, records, nodata, skipdata, headers, quarantined, damaged, unreadable }
  } finally {
    await engine.close()
  }
}

const allOf = (counts: { records: number; nodata?: number; skipdata?: number; headers?: number; quarantined?: number }) => ({
  lines: Object.values(counts).reduce((total, count) => total + count, 0),
  ...{ nodata: 0, skipdata: 0, headers: 0, quarantined: 0 },
  ...counts,
  damaged: [],
  unreadable: [],
})

describe.skipIf(missing)('logs of ../shared/data (skipped where that folder is absent)', () => {
  test('every sample is among these', () => {
    expect(readdirSync(join(data, 'samples')).sort()).toEqual(Object.keys(SAMPLES).sort())
  })
  test.each(Object.entries(SAMPLES))('%s', async (file, counts) => {
    expect(await countsOf(join(data, 'samples', file))).toEqual(allOf(counts))
  })
  test.each(Object.entries(LABELLED))('%s', async (name, records) => {
    expect(await countsOf(join(data, 'labelled', `${name}.log.gz`))).toEqual(allOf({ records, headers: 1 }))
  })
  test('the folder as a whole, with everything in it that is no log', async () => {
    const { records, nodata, skipdata } = await countsOf(join(data, 'samples'))
    expect({ records, nodata, skipdata }).toEqual({ records: 775_042, nodata: 5, skipdata: 1 })
  })
})
