// Whether the same traffic, logged or read otherwise, gives the same findings.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { meets, partsOf, raised, told } from './judge.js'
import { listOptions } from './lists.js'
import { lengthenIntervals } from './longer-interval.js'
import { keepOneEni } from './one-eni.js'
import { simulated } from './simulations.js'
import { logsBelow } from './text-logs.js'
import { scan } from './weir.js'

const BASE = { scenarios: ['all'], cases: 1, hosts: 80, seed: 7, interval: 60, version: 5, days: 1, least: 250_000, noise: 1 }

/** More networks whose traffic is logged with both intervals: the findings of one are too few to tell 98 % from 95 %. */
const MORE = [
  { seed: 3101, version: 5 },
  { seed: 3102, version: 2 },
]

const identityOf = ({ id, severity }) => `${id} ${severity}`
const matterOf = ({ rule, sources, targets }) => JSON.stringify([rule, sources.toSorted(), targets.toSorted()])

/** The same, by the addresses of planted cases alone. */
const plantedMatter = labels => {
  const planted = new Set(labels.flatMap(({ sources, targets }) => [...sources, ...targets]))
  const of = addresses => addresses.filter(address => planted.has(address))
  return ({ rule, sources, targets }) => matterOf({ rule, sources: of(sources), targets: of(targets) })
}

/** How much of two lots of findings is the same by a key, and what is in one of them only. */
function compared(first, second, keyOf) {
  const [a, b] = [first, second].map(findings => new Map(findings.map(one => [keyOf(one), told(one)])))
  const only = (these, those) => [...these].filter(([key]) => !those.has(key)).map(([, text]) => text)
  const [lost, gained] = [only(a, b), only(b, a)]
  const same = a.size - lost.length
  return { same, whole: same + lost.length + gained.length, lost, gained }
}

const summed = comparisons => ({
  same: comparisons.reduce((sum, { same }) => sum + same, 0),
  whole: comparisons.reduce((sum, { whole }) => sum + whole, 0),
  lost: comparisons.flatMap(({ lost }) => lost),
  gained: comparisons.flatMap(({ gained }) => gained),
})

/** The comparisons, each with the share that must be the same: all but some for another interval; another version may be blind. */
export function stability(rules, basis = BASE) {
  const base = simulated(basis)
  const findingsOf = (made, sources = [made.logs]) => scan(sources, ...listOptions(made, rules))
  const first = findingsOf(base)
  const oneEni = join(base.folder, 'one-eni-2')
  if (!existsSync(oneEni)) keepOneEni(base.logs, oneEni)
  const reversed = logsBelow(base.logs)
    .map(name => join(base.logs, name))
    .reverse()
  const other = change => {
    const made = simulated({ ...basis, ...change })
    return { made, report: findingsOf(made) }
  }
  const raisedOf = ({ findings }) => partsOf(findings).filter(raised)
  const lengthened = ({ made, report }) => {
    const longer = join(made.folder, '600s')
    if (!existsSync(longer)) lengthenIntervals(made.logs, longer)
    return compared(raisedOf(report), raisedOf(findingsOf(made, [longer])), matterOf)
  }
  // Simulated anew, the background is another one where the interval is, as there are as many lines: only what was planted is the same.
  const planted = (report, { labels }) => raisedOf(report).filter(one => labels.some(label => meets(one, label)))
  const [slow, old] = [other({ interval: 600 }), other({ version: 2 })]
  const parts = partsOf(first.findings)
  const same = (name, report) => ({ name, wanted: 1, ...compared(parts, partsOf(report.findings), identityOf) })
  return [
    same('Parquet instead of text', other({ format: 'parquet' }).report),
    same('files in reverse order', findingsOf(base, reversed)),
    same('one ENI of two', findingsOf(base, [oneEni])),
    {
      name: '600 s instead of 60 s',
      wanted: 0.98,
      ...summed([{ made: base, report: first }, ...MORE.map(other)].map(lengthened)),
    },
    {
      name: '600 s instead of 60 s, simulated anew',
      wanted: 0.98,
      ...compared(planted(first, base), planted(slow.report, slow.made), plantedMatter(base.labels)),
    },
    {
      name: 'version 2 instead of 5',
      wanted: null,
      ...compared(raisedOf(first), raisedOf(old.report), matterOf),
    },
  ].map(one => ({ ...one, blind: one.wanted === null ? old.report.coverage : [] }))
}

/** The comparisons in lines, with at most `most` of what differs each way. */
export const stabilityText = (comparisons, most) =>
  comparisons
    .flatMap(({ name, same, whole, lost, gained, wanted, blind }) => [
      `${name}: ${same} of ${whole} the same${wanted === null ? '' : ` (wanted ${wanted * 100} %)`}`,
      ...blind.map(({ code, blinds }) => `  the report says: ${code}, blind ${blinds.join(', ') || 'nothing'}`),
      ...lost.slice(0, most).map(text => `  lost ${text}`),
      ...gained.slice(0, most).map(text => `  gained ${text}`),
      ...(lost.length > most || gained.length > most ? [`  … ${lost.length} lost and ${gained.length} gained`] : []),
    ])
    .join('\n')
