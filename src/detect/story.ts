import { silenceOfStory } from './exceptions.js'
import { type Finding, type Severity, namedAtMost, severities } from './report.js'

/** What one actor does to others, in the order in which it is mostly done. */
const ACTS: readonly Finding['family'][] = ['scan', 'brute-force', 'remote-access', 'lateral-movement']

/**
 * Joins findings that tell of the same thing: what one address did to the same others (a scan that found a port, tries to log in there, a
 * log-in that got through), and what several rules say of one exposed port. A story has its gravest part's words and proof, the extent of all,
 * and the id of its earliest part. What is summed up, and what is most likely harmless, stands for itself.
 */
export function storiesOf(findings: readonly Finding[]): readonly Finding[] {
  const stories: Finding[][] = []
  for (const finding of findings) {
    const same = stories.filter(parts => parts.some(part => isSameThing(part, finding)))
    for (const parts of same) stories.splice(stories.indexOf(parts), 1)
    stories.push([...same.flat(), finding])
  }
  return stories.map(storyOf)
}

function isSameThing(one: Finding, other: Finding): boolean {
  if (isSummed(one) || isSummed(other) || one.rule === other.rule) return false
  if (one.family === 'exposure' && other.family === 'exposure')
    return one.entity.value === other.entity.value && one.ports.join() === other.ports.join()
  if (!ACTS.includes(one.family) || !ACTS.includes(other.family)) return false
  const [source, ...others] = one.sources
  if (source === undefined || others.length > 0 || other.sources.length !== 1 || other.sources[0] !== source) return false
  return (one.family === 'scan' && other.family === 'scan') || one.targets.some(target => other.targets.includes(target))
}

const isSummed = ({ entity, lowered }: Finding): boolean => entity.kind === 'network' || lowered !== undefined

function storyOf(found: readonly Finding[]): Finding {
  const parts = [...found].sort((a, b) =>
    a.first_seen === b.first_seen ? (a.id < b.id ? -1 : 1) : a.first_seen < b.first_seen ? -1 : 1,
  )
  const [earliest] = parts
  const [gravest] = [...parts].sort((a, b) => rankOf(b.severity) - rankOf(a.severity) || b.confidence - a.confidence)
  if (!earliest || !gravest) throw new RangeError('a story has no parts')
  if (parts.length === 1) return gravest
  const targets = namesOf(parts.flatMap(part => part.targets))
  const ports = [...new Set(parts.flatMap(part => part.ports))].sort((a, b) => a - b)
  return {
    ...gravest,
    id: earliest.id,
    targets: targets.slice(0, namedAtMost),
    ...(targets.length > namedAtMost ? { targets_total: targets.length } : {}),
    ports: ports.slice(0, namedAtMost),
    ...(ports.length > namedAtMost ? { ports_total: ports.length } : {}),
    protocol: parts.every(({ protocol }) => protocol === gravest.protocol) ? gravest.protocol : null,
    mitre: [...new Set(parts.flatMap(({ mitre }) => mitre))],
    first_seen: earliest.first_seen,
    last_seen: parts.map(({ last_seen }) => last_seen).reduce((a, b) => (a > b ? a : b)),
    silence: silenceOfStory(earliest.id, gravest.entity.value),
    parts,
  }
}

const rankOf = (severity: Severity): number => severities.indexOf(severity)
const namesOf = (names: readonly string[]): readonly string[] => [...new Set(names)].sort()
