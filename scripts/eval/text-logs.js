// Text logs of a simulation, read as lines and written again.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'

/** The names of the logs below a folder, in order. */
export const logsBelow = folder =>
  readdirSync(folder, { recursive: true })
    .filter(name => name.endsWith('.log.gz'))
    .sort()

/** The lines of a log, its header first. */
export const linesOf = file => gunzipSync(readFileSync(file)).toString().trimEnd().split('\n')

export function writeLines(file, lines) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, gzipSync(`${lines.join('\n')}\n`))
}

/** By interface, which value its lines have most often. */
export class Commonest {
  #seen = new Map()

  add(eni, value) {
    const counts = this.#seen.get(eni) ?? this.#seen.set(eni, new Map()).get(eni)
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }

  /** @returns {[string, unknown][]} */
  entries() {
    const mostSeen = counts => [...counts].reduce((most, one) => (one[1] > most[1] ? one : most))[0]
    return [...this.#seen].map(([eni, counts]) => [eni, mostSeen(counts)])
  }
}
