import { z } from 'zod'
import type { Field } from '../../format/index.js'
import { rowsOf, type Engine } from '../engine.js'
import type { InputReport } from '../input.js'
import { quotedName } from '../sql/quote.js'
import { STORED } from './stored.js'

/** What AWS writes of every record of a VPC whose format has it: where only some have a value, only some formats do. */
const ALWAYS_WRITTEN = new Set([
  'account_id',
  'region',
  'vpc_id',
  'subnet_id',
  'type',
  'pkt_srcaddr',
  'pkt_dstaddr',
  'flow_direction',
])

const IS_RECORD = "log_status = 'OK' OR log_status IS NULL"

const row = z.record(z.string(), z.coerce.number())

/** What stands in the window, counted by the server: what was no record never came there, so nothing is quarantined here. */
export async function remoteInput(engine: Engine, fields: readonly Field[], bytes: () => number): Promise<InputReport> {
  const always = fields.filter(({ column }) => ALWAYS_WRITTEN.has(column))
  const counts = [
    ...fields.map(({ column }) => `count(${quotedName(column)}) AS ${quotedName(column)}`),
    ...always.map(({ column }) => `count(CASE WHEN ${IS_RECORD} THEN ${quotedName(column)} END) AS ${quotedName(`#${column}`)}`),
  ]
  const sql = `SELECT count(*) AS "#lines", count_if(log_status = 'NODATA') AS "#nodata", count_if(log_status = 'SKIPDATA') AS "#skipdata",
  ${counts.join(', ')} FROM records`
  const [first = {}] = await rowsOf(await engine.query(sql))
  const counted = row.parse(first)
  const { '#lines': lines = 0, '#nodata': nodata = 0, '#skipdata': skipdata = 0 } = counted
  const records = lines - nodata - skipdata
  const seen = fields.flatMap(({ column }) => (counted[column] ? [column] : []))
  const partialFields = seen.filter(column => (counted[`#${column}`] ?? records) < records)
  return {
    sources: lines > 0 ? [`${engine.name}: ${STORED}`] : [],
    lines,
    records,
    nodata,
    skipdata,
    headers: 0,
    quarantined: 0,
    bytes: bytes(),
    fields: seen.filter(column => !partialFields.includes(column)),
    partialFields,
    damaged: [],
    unreadable: [],
    aside: [],
  }
}
