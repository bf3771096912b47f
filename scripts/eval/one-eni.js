// Logs as they would be if every conversation of two of ours were captured at one of their interfaces only. What was rejected
// only the interface knows that did it, so those lines stay.
import { join } from 'node:path'
import { Commonest, linesOf, logsBelow, writeLines } from './text-logs.js'

/** Which address is each interface's own: the one that most of its lines have. */
function ownersOf(files) {
  const seen = new Commonest()
  for (const file of files)
    for (const { eni, ends } of fieldsOf(linesOf(file))) for (const address of ends) seen.add(eni, address)
  return new Map(seen.entries().map(([eni, address]) => [address, eni]))
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
  const files = logsBelow(from).map(name => join(from, name))
  const owners = ownersOf(files)
  files.forEach((file, i) => {
    const lines = linesOf(file)
    const kept = fieldsOf(lines).filter(({ eni, ends, rejected }) => {
      const both = ends.map(address => owners.get(address)).filter(Boolean)
      return rejected || both.length < 2 || !both.includes(eni) || both.every(other => eni <= other)
    })
    writeLines(join(to, `${i}.log.gz`), [lines[0], ...kept.map(({ line }) => line)])
  })
}
