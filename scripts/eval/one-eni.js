// Logs as they would be if every conversation of two of ours were captured at one of their interfaces only. What was rejected
// only the interface knows that did it, so those lines stay.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'

const linesOf = file => gunzipSync(readFileSync(file)).toString().trimEnd().split('\n')

/** Which address is each interface's own: the one that most of its lines have. */
function ownersOf(files) {
  const seen = new Map()
  for (const file of files)
    for (const { eni, ends } of fieldsOf(linesOf(file)))
      for (const address of ends) {
        const counts = seen.get(eni) ?? seen.set(eni, new Map()).get(eni)
        counts.set(address, (counts.get(address) ?? 0) + 1)
      }
  const mostSeen = counts => [...counts].reduce((most, one) => (one[1] > most[1] ? one : most))[0]
  return new Map([...seen].map(([eni, counts]) => [mostSeen(counts), eni]))
}

function fieldsOf([header, ...lines]) {
  const names = header.split(' ')
  const [eni, src, dst, action] = ['interface-id', 'srcaddr', 'dstaddr', 'action'].map(name => names.indexOf(name))
  return lines.map(line => {
    const fields = line.split(' ')
    return { line, eni: fields[eni], ends: [fields[src], fields[dst]], rejected: fields[action] === 'REJECT' }
  })
}

/** Writes the text logs below `from` to `to`, without the lines of the later of two interfaces that saw the same. */
export function keepOneEni(from, to) {
  const files = readdirSync(from, { recursive: true }).filter(name => name.endsWith('.log.gz'))
  const owners = ownersOf(files.map(name => join(from, name)))
  mkdirSync(to, { recursive: true })
  files.forEach((name, i) => {
    const lines = linesOf(join(from, name))
    const kept = fieldsOf(lines).filter(({ eni, ends, rejected }) => {
      const both = ends.map(address => owners.get(address)).filter(Boolean)
      return rejected || both.length < 2 || !both.includes(eni) || both.every(other => eni <= other)
    })
    writeFileSync(join(to, `${i}.log.gz`), gzipSync([lines[0], ...kept.map(({ line }) => line)].join('\n') + '\n'))
  })
}
