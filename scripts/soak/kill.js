// `weir ingest`, killed with SIGKILL again and again and started anew, against one that nothing disturbs.
/* global AbortController */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { differences } from './difference.js'
import { writeLogs } from './logs.js'
import { randomFrom } from './random.js'
import { startWeir, weir, weirJson } from './weir.js'

/**
 * Ingests the same objects into lake after lake, each run killed at a random moment until one comes to its end, until `kills` runs
 * were killed. Half of the moments are uniform over the time of a quiet run, a quarter over its steps in the file system, and a
 * quarter over the first steps of moving a whole batch to its place. Throws where a lake differs from a quiet one, or a reader sees part of a batch, or of one twice.
 */
export async function killIngests(folder, { kills, seed, objects = 200, batch = 25, log = () => undefined }) {
  const random = randomFrom(seed)
  const logs = join(folder, 'logs')
  const temp = join(folder, 'temp')
  const records = writeLogs(logs, objects)
  const env = { WEIR_BATCH_OBJECTS: String(batch) }
  const ingest = lake => ['ingest', logs, '--lake', lake, '--temp-dir', temp, '--format', 'json', '--quiet']
  const quietLake = join(folder, 'quiet')
  const began = performance.now()
  const quiet = await startWeir(ingest(quietLake), { env, dieAt: Infinity }).ended
  const [milliseconds, steps] = [performance.now() - began, stepsTold(quiet)]
  const batches = batchesOf(JSON.parse(quiet.stdout), records)

  const found = { 'before the lake': 0, 'between batches': 0, 'writing a batch': 0, 'moving a batch': 0 }
  let [killed, lakes] = [0, 0]
  while (killed < kills) {
    const lake = join(folder, `killed-${++lakes}`)
    for (let ended = false; !ended;) {
      const moment = momentFrom(random, { milliseconds, steps })
      const run = startWeir(ingest(lake), { env, ...moment })
      const abort = new AbortController()
      const isOver = run.ended.finally(() => abort.abort())
      if (moment.after !== undefined) {
        await setTimeout(moment.after, undefined, { signal: abort.signal }).catch(() => undefined)
        run.child.kill('SIGKILL')
      }
      const { code, stderr } = await isOver
      if (code === 0) ended = true
      else if (code !== 'SIGKILL') throw new Error(`ingest ended with ${code}: ${stderr}`)
      else {
        killed++
        const state = stateOf(lake)
        found[state]++
        const seen = await readersSee(lake, batches)
        log(`kill ${killed}: ${state}, ${JSON.stringify(moment)}; ${seen} rows are read`)
      }
    }
    await expectClean(lake, temp)
    const unlike = await differences(quietLake, lake)
    if (unlike.length > 0) throw new Error(`a killed lake is not the quiet one: ${unlike.slice(0, 20).join('; ')}`)
    log(`lake ${lakes} equals the quiet one`)
    rmSync(lake, { recursive: true })
  }
  return { killed, lakes, found, batches: batches.length, rows: sumOf(records.values()), steps }
}

function momentFrom(random, { milliseconds, steps }) {
  const kind = random()
  if (kind < 0.5) return { after: random() * milliseconds }
  if (kind < 0.75) return { dieAt: 1 + Math.floor(random() * steps) }
  return { dieAt: 1 + Math.floor(random() * STEPS_OF_MOVING), about: '.sealed' }
}

const STEPS_OF_MOVING = 60

function stepsTold({ code, stderr }) {
  const told = /steps: (\d+)/.exec(stderr)
  if (code !== 0 || !told) throw new Error(`a quiet ingest ended with ${code}: ${stderr}`)
  return Number(told[1])
}

/** The objects of each batch, with their rows; batches of a killed run are the same, as they are made in the order of the listing. */
function batchesOf({ objects }, records) {
  const batches = new Map()
  for (const { object, batch } of objects) {
    if (!records.has(object)) throw new Error(`${object} was never written`)
    batches.set(batch, [...(batches.get(batch) ?? []), [object, records.get(object)]])
  }
  if (objects.length !== records.size) throw new Error(`${objects.length} of ${records.size} objects were taken in`)
  return [...batches.values()]
}

function stateOf(lake) {
  if (!existsSync(lake)) return 'before the lake'
  const staging = existsSync(join(lake, '_staging')) ? readdirSync(join(lake, '_staging')) : []
  if (staging.some(name => name.endsWith('.sealed'))) return 'moving a batch'
  return staging.length > 0 ? 'writing a batch' : 'between batches'
}

/** Reads a lake as its writer left it: each batch is there with all its rows, or with none. Gives the rows. */
async function readersSee(lake, batches) {
  if (!existsSync(join(lake, 'records'))) return 0
  const sql = 'SELECT "$path" AS object, count(*) AS n FROM records GROUP BY "$path"; SELECT count(*) AS n FROM records'
  const { results } = await weirJson(['query', sql, lake])
  const rows = new Map(results[0].rows.map(({ object, n }) => [object, Number(n)]))
  for (const batch of batches) {
    const here = batch.filter(([object]) => rows.has(object))
    const whole = batch.filter(([, records]) => records > 0)
    if (here.length > 0 && here.length < whole.length) throw new Error(`a reader sees part of a batch: ${JSON.stringify(here)}`)
    for (const [object, records] of here)
      if (rows.get(object) !== records) throw new Error(`a reader sees ${rows.get(object)} of ${records} rows of ${object}`)
  }
  const [{ n }] = results[1].rows
  if (Number(n) !== sumOf(rows.values())) throw new Error(`a reader sees ${n} rows, and ${sumOf(rows.values())} by object`)
  return Number(n)
}

/** All is readable and adds up, and nothing is left of what was killed. */
async function expectClean(lake, temp) {
  const verified = await weir(['lake', 'verify', '--lake', lake, '--quiet'])
  if (verified.code !== 0) throw new Error(`verify ended with ${verified.code}: ${verified.stdout}${verified.stderr}`)
  mkdirSync(temp, { recursive: true })
  const left = [join(lake, '_staging'), join(lake, '_readers'), temp].flatMap(folder =>
    existsSync(folder) ? readdirSync(folder).map(name => join(folder, name)) : [],
  )
  if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`)
}

const sumOf = numbers => [...numbers].reduce((sum, number) => sum + number, 0)
