// Which traffic is simulated. Seeds for tuning and seeds for the figures that are published have none in common.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

export const SEEDS = { tuning: 1, published: 4001 }

/**
 * Scenarios whose rules compare with the days before, and the habit that looks most like them; not volume-shift, which sends gigabytes
 * from hosts that others of these cases act on.
 */
const HISTORY = ['exfiltration', 'remote-login', 'new-internal-edge', 'new-port', 'beacon', 'backup']

const SCENARIOS = readdirSync(join('src', 'simulate', 'scenarios'))
  .filter(name => name.endsWith('.sql'))
  .map(name => name.replace('.sql', ''))
const BENIGN = [
  ...[
    'persistent-connection',
    'backup',
    'monitoring',
    'health-checks',
    'update-rush',
    'nat-hundreds',
    'failed-client',
    'ntp-and-dns',
  ],
  ...['chatty-api', 'software-inventory', 'video-call', 'p2p-client', 'web-crawler', 'busy-web', 'deploy', 'key-login-script'],
]
const ATTACKS = SCENARIOS.filter(name => !BENIGN.includes(name))

/** Ways to log the same network; `noise` is how many times the least number of records that a simulation needs. */
const WAYS = [
  { interval: 60, version: 5 },
  { interval: 600, version: 2 },
  { interval: 600, version: 5 },
  { interval: 60, version: 2 },
]
const NOISY = { interval: 60, version: 5, noise: 1.5 }

/**
 * The simulations of a run, each with a name and a seed of its own.
 * @param {{ quick: boolean, tuning: boolean }} how
 */
export function planOf({ quick, tuning }) {
  // Proofs grow with the findings and the records: eleven simulations of ten cases take less time than four of twenty-five.
  const attacks = (quick ? WAYS.slice(0, 2) : [...WAYS, ...WAYS, ...WAYS.slice(0, 3)]).map(way => {
    return { kind: 'attacks', scenarios: ATTACKS, cases: quick ? 6 : 10, perCase: 95_000, ...way }
  })
  const mixed = (quick ? WAYS.slice(0, 1) : [NOISY, WAYS[2]]).map(way => {
    return { kind: 'mixed', scenarios: ['all'], cases: quick ? 2 : 7, perCase: quick ? 200_000 : 110_000, ...way }
  })
  const history = (quick ? [10] : [25, 25, 25, 25]).map((cases, i) => ({
    ...{ kind: 'history', scenarios: HISTORY, cases, perCase: quick ? 30_000 : 18_000, days: 3, version: 5 },
    interval: i % 2 === 0 ? 60 : 600,
  }))
  const habits = (quick ? [] : WAYS.slice(0, 1)).map(way => {
    return { kind: 'benign', scenarios: BENIGN, cases: 5, perCase: 250_000, days: 3, ...way }
  })
  const quiet = (quick ? [WAYS[0]] : WAYS).flatMap((way, i) => [
    { kind: 'benign', scenarios: BENIGN, cases: quick ? 3 : 4, perCase: 130_000, ...way },
    ...(i < 2 ? [{ kind: 'nothing', scenarios: ['none'], cases: 1, perCase: 200_000, ...way }] : []),
  ])
  return [...attacks, ...mixed, ...history, ...habits, ...quiet].map((simulation, i) => {
    const filled = {
      days: 1,
      hosts: 300,
      least: simulation.cases * simulation.perCase,
      noise: 1,
      ...simulation,
      seed: SEEDS[tuning ? 'tuning' : 'published'] + i,
    }
    const { kind, seed, interval, version, noise } = filled
    return {
      ...filled,
      way: `${interval} s, version ${version}`,
      name: `${kind}-${seed}-${interval}s-v${version}${noise > 1 ? '-noisy' : ''}`,
    }
  })
}
