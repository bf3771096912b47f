import { z } from 'zod'
import type { Field } from '../../format/index.js'
import { rowsOf, type Engine } from '../engine.js'
import type { InputReport } from '../input.js'
import { STORED } from './stored.js'

const row = z.record(z.string(), z.coerce.number())

/** What stands in the window, counted by the server: what was no record never came there, so nothing is quarantined here. */
export async function remoteInput(engine: Engine, fields: readonly Field[], bytes: () => number): Promise<InputReport> {
  const counts = fields.map(({ column }) => `count("${column}") AS "${column}"`)
  const sql = `SELECT count(*) AS "#lines", count_if(log_status = 'NODATA') AS "#nodata", count_if(log_status = 'SKIPDATA') AS "#skipdata",
  ${counts.join(', ')} FROM records`
  const [first = {}] = await rowsOf(await engine.query(sql))
  const { '#lines': lines = 0, '#nodata': nodata = 0, '#skipdata': skipdata = 0, ...filled } = row.parse(first)
  return {
    sources: lines > 0 ? [`${engine.name}: ${STORED}`] : [],
    lines,
    records: lines - nodata - skipdata,
    nodata,
    skipdata,
    headers: 0,
    quarantined: 0,
    bytes: bytes(),
    fields: fields.flatMap(({ column }) => (filled[column] ? [column] : [])),
    partialFields: [],
    damaged: [],
    unreadable: [],
    aside: [],
  }
}
