import { Fault } from '../fault/index.js'
import { rowsOf, setVariables, type Lanes } from './lanes.js'
import type { Simulation } from './options.js'

/** Parts of all lines: at most so much for idle interfaces, pooled connections and what comes at fixed times; noise gets the rest. */
const SHARES = { idle: 0.02, pooled: 0.08, ticking: 0.25, noise: 0.12 }
const TRIAL = 20_000
const PIECES = 8

/** How much of what has no fixed number of lines stands in a simulation of that size. Variables of standing.sql. */
export async function standingVolume(lanes: Lanes, { records, interval, days }: Simulation): Promise<Record<string, number>> {
  const [row] = await rowsOf(lanes.first, `SELECT members::INTEGER AS idle FROM roles WHERE role = 'idle'`)
  const windows = (days * 86_400) / interval
  // Four lines each interval, for four hours on average (standing.sql).
  const pooledLines = (4 * 4 * 3600) / interval
  return {
    idle_stride: Math.max(1, Math.ceil((Number(row?.['idle']) * windows) / (SHARES.idle * records))),
    pooled: Math.min(500, Math.floor((SHARES.pooled * records) / pooledLines)),
  }
}

/**
 * Makes the table `plan`, so that all lines together are exactly as many as asked for: a trial tells how many lines a
 * conversation makes, so many conversations are drawn, their lines are counted, and noise, at one line each, is the rest.
 */
export async function planVolume(lanes: Lanes, simulation: Simulation): Promise<void> {
  const { records, days } = simulation
  const [ticks] = await rowsOf(lanes.first, TICKING_LINES)
  const stretch = Math.max(1, Math.ceil((Number(ticks?.['a_day']) * days) / (SHARES.ticking * records)))
  const linesWith = async (drawn: number, noise: number): Promise<number> => {
    await lanes.first.run(`CREATE OR REPLACE TABLE plan AS FROM planned(${drawn}, ${noise}, ${stretch})`)
    return countLines(lanes, simulation)
  }

  const fixed = await linesWith(0, 0)
  if (fixed > records) {
    throw new Fault({
      code: 'simulate-records',
      kind: 'usage',
      message: `What is to be simulated makes ${fixed} log lines, more than the ${records} asked for`,
      action: `Ask for at least ${Math.ceil(fixed * 1.2)} records, or for fewer scenarios, cases or days.`,
    })
  }
  const trial = Math.min(TRIAL, records)
  const linesEach = Math.max(1, ((await linesWith(trial, 0)) - fixed) / trial)
  let drawn = Math.max(0, Math.floor((records * (1 - SHARES.noise) - fixed) / linesEach))
  let counted = await linesWith(drawn, 0)
  while (counted > records) {
    drawn = Math.max(0, Math.floor(drawn - (1.5 * (counted - records)) / linesEach))
    counted = await linesWith(drawn, 0)
  }
  await lanes.first.run(`CREATE OR REPLACE TABLE plan AS FROM planned(${drawn}, ${records - counted}, ${stretch})`)
}

const TICKING_LINES = `
  SELECT sum(client.members * server.members * 86400 / period * CASE course WHEN 'nat' THEN 6 ELSE 4 END)::DOUBLE AS a_day
  FROM kinds
  JOIN pools AS client ON client.pool = kinds.client
  JOIN pools AS server ON server.pool = kinds.server
  WHERE period IS NOT NULL`

/** The span is counted in pieces, so that every lane has some. */
async function countLines(lanes: Lanes, { start, finish }: Simulation): Promise<number> {
  const piece = (finish - start) / PIECES
  const counts = await lanes.each([...Array(PIECES).keys()], async (i, lane) => {
    await setVariables(lane, { since: start + i * piece, until: start + (i + 1) * piece })
    const [row] = await rowsOf(lane, 'SELECT count(*) AS lines FROM lines')
    return Number(row?.['lines'])
  })
  return counts.reduce((sum, lines) => sum + lines, 0)
}
