// Simulated logs and their labels, kept below .cache/eval by what made them.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ask, weir } from './weir.js'

const FOLDER = join('.cache', 'eval')

const filesOf = folder =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.includes('.test.'))
    .map(entry => join(entry.parentPath, entry.name))
    .sort()

/** Of all that draws the traffic: another one, another simulation. */
const SIMULATOR = filesOf(join('src', 'simulate'))
  .reduce((hash, file) => hash.update(file).update(readFileSync(file)), createHash('sha256'))
  .digest('hex')
  .slice(0, 8)

const argumentsOf = ({ scenarios, cases, hosts, seed, interval, version, days, format = 'plain-text' }) =>
  Object.entries({ cases, hosts, seed, interval, days, 'log-version': version, 'file-format': format })
    .flatMap(([name, value]) => [`--${name}`, String(value)])
    .concat('--scenario', scenarios)

/** Writes a simulation with the least number of records that it takes, times `noise`; asked for more, it may need still more. */
function make(folder, args, { least, noise }) {
  for (let needed = least; ;) {
    const records = Math.ceil(needed * noise)
    const { code, stderr } = weir('simulate', '--out', folder, '--records', String(records), ...args, '--quiet')
    if (code === 0) return records
    const more = /at least (\d+) records/.exec(stderr)
    if (!more) throw new Error(stderr)
    needed = Number(more[1])
  }
}

/**
 * Makes a simulation, or finds it made.
 * @returns {{ folder: string, logs: string, labels: object[], records: number }} the folder of its logs; how many lines they have, headers not counted
 */
export function simulated(simulation) {
  const args = argumentsOf(simulation)
  const { least = 30_000, noise = 1 } = simulation
  const key = createHash('sha256')
    .update(JSON.stringify([args, least, noise]))
    .digest('hex')
    .slice(0, 12)
  const folder = join(FOLDER, `${SIMULATOR}-${key}`)
  if (!existsSync(folder)) {
    mkdirSync(FOLDER, { recursive: true })
    const making = join(FOLDER, `making-${process.pid}`)
    rmSync(making, { recursive: true, force: true })
    const records = make(making, args, { least, noise })
    writeFileSync(join(making, 'records'), String(records))
    renameSync(making, folder)
  }
  const text = readFileSync(join(folder, 'labels.ndjson'), 'utf8').trim()
  const labels = text === '' ? [] : text.split('\n').map(line => JSON.parse(line))
  return { folder, logs: join(folder, 'AWSLogs'), labels, records: Number(readFileSync(join(folder, 'records'), 'utf8')) }
}

/** Rows of a query over a simulation's logs, kept beside them. */
export function answered({ folder, logs }, name, sql) {
  const file = join(folder, `${name}.json`)
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(ask('query', sql, logs).results.at(-1).rows))
  return JSON.parse(readFileSync(file, 'utf8'))
}
