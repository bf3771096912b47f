// Logs as they would be of the same traffic, had the flow log been set to ten minutes instead of one: what an interface wrote of a flow
// in ten intervals is one line.
import { join } from 'node:path'
import { Commonest, linesOf, logsBelow, writeLines } from './text-logs.js'

const [SHORT, LONG] = [60, 600]

/** When the long intervals of each interface begin, in seconds of the hour. */
function phasesOf(records, { eni, start, end }) {
  const begins = new Commonest()
  // A flow that goes on fills its intervals.
  for (const record of records) if (record[end] - record[start] === SHORT - 1) begins.add(record[eni], record[start] % SHORT)
  // Which of ten short intervals begins a long one, no line of a minute tells: any will do, another for each interface.
  return new Map(begins.entries().map(([eni, phase], i) => [eni, phase + ((7 * i) % 10) * SHORT]))
}

/** Writes the text logs below `from`, of 60 s, to `to` as logs of 600 s. */
export function lengthenIntervals(from, to) {
  const texts = logsBelow(from).map(name => linesOf(join(from, name)))
  const header = texts[0][0]
  const records = texts.flatMap(([, ...lines]) => lines.map(line => line.split(' ')))
  const at = name => header.split(' ').indexOf(name)
  const [eni, start, end, status, flags] = ['interface-id', 'start', 'end', 'log-status', 'tcp-flags'].map(at)
  const sums = [at('packets'), at('bytes')]
  const summed = new Set([start, end, flags, ...sums])

  const phases = phasesOf(records, { eni, start, end })
  const intervalOf = record => Math.floor((record[start] - (phases.get(record[eni]) ?? 0)) / LONG)
  const busy = new Set(records.filter(record => record[status] === 'OK').map(record => `${record[eni]} ${intervalOf(record)}`))

  const merged = new Map()
  for (const record of records) {
    const interval = intervalOf(record)
    if (record[status] === 'NODATA' && busy.has(`${record[eni]} ${interval}`)) continue
    const flow = `${interval} ${record.filter((_, i) => !summed.has(i)).join(' ')}`
    const line = merged.get(flow)
    if (!line) {
      merged.set(flow, record)
      continue
    }
    line[start] = Math.min(line[start], record[start])
    line[end] = Math.max(line[end], record[end])
    for (const i of sums) if (record[i] !== '-') line[i] = Number(line[i]) + Number(record[i])
    if (flags >= 0 && record[flags] !== '-') line[flags] |= record[flags]
  }
  writeLines(join(to, '600s.log.gz'), [header, ...[...merged.values()].map(line => line.join(' '))])
}
