// Cases and findings of all simulations, pooled into the figures of rules and scenarios.
import { UNJUDGED } from './expected.js'

/** Lower bound of Wilson's 95 % interval of a share; null of nothing. */
export function wilson(part, whole) {
  if (whole === 0) return null
  const [z, p] = [1.96, part / whole]
  const centre = p + (z * z) / (2 * whole)
  return Math.max(0, centre - z * Math.sqrt((p * (1 - p)) / whole + (z * z) / (4 * whole * whole))) / (1 + (z * z) / whole)
}

const shareOf = (part, whole) => ({ part, whole, share: whole === 0 ? null : part / whole, lower: wilson(part, whole) })
const count = (rows, holds) => rows.filter(holds).length

/**
 * @param {{ rules: { id: string }[], judgements: object[] }} of the rules that are there, and what judge() returned for each simulation
 *   with its kind, days and findings
 */
export function tally({ rules, judgements }) {
  const [cases, judged, lookAlikes] = ['cases', 'judged', 'lookAlikes'].map(key => judgements.flatMap(one => one[key]))
  const quiet = judgements.filter(({ kind }) => ['benign', 'nothing'].includes(kind))
  const days = quiet.reduce((sum, one) => sum + one.days, 0)
  const there = new Set(rules.map(({ id }) => id))

  const knowable = lookAlikes.filter(({ open }) => !open)
  const byRule = rules.map(({ id, family }) => {
    const own = judged.filter(({ rule, open }) => rule === id && !open)
    const meant = cases.filter(one => one.meant.includes(id))
    return {
      ...{ rule: id, family, judged: !UNJUDGED.includes(id) },
      recall: shareOf(
        count(meant, one => one.found.includes(id)),
        meant.length,
      ),
      precision: shareOf(
        count(own, ({ right }) => right),
        own.length,
      ),
      silent: shareOf(
        count(knowable, one => !one.rules.includes(id)),
        knowable.length,
      ),
      daily:
        days === 0
          ? null
          : count(
              quiet.flatMap(one => one.judged),
              ({ rule, open }) => rule === id && !open,
            ) / days,
    }
  })
  const able = cases.filter(({ fitting }) => fitting.some(rule => there.has(rule)))
  const byScenario = [...new Set(able.map(({ name }) => name))].sort().map(name => {
    const own = able.filter(one => one.name === name)
    const found = ({ found, fitting }) => found.some(rule => fitting.includes(rule))
    return { name, meant: [...new Set(own.flatMap(({ meant }) => meant))], ...shareOf(count(own, found), own.length) }
  })
  const byLookAlike = [...new Set(lookAlikes.map(({ scenario }) => scenario))].sort().map(scenario => {
    const own = lookAlikes.filter(one => one.scenario === scenario)
    return {
      scenario,
      ...shareOf(
        count(own, one => one.rules.length === 0),
        own.length,
      ),
      rules: [...new Set(own.flatMap(one => one.rules))],
    }
  })
  const byWay = [...new Set(judgements.map(({ way }) => way))].sort().map(way => {
    const own = judgements.filter(one => one.way === way).flatMap(one => one.cases)
    const recalls = rules.map(({ id }) => {
      const meant = own.filter(one => one.meant.includes(id))
      return {
        rule: id,
        ...shareOf(
          count(meant, one => one.found.includes(id)),
          meant.length,
        ),
      }
    })
    return { way, recalls }
  })
  const absent = [...new Set(cases.flatMap(({ meant }) => meant))].filter(rule => !there.has(rule)).sort()
  return {
    ...{ byRule, byScenario, byLookAlike, byWay, absent, quietDays: days },
    misses: cases.flatMap(one =>
      one.meant.filter(rule => there.has(rule) && !one.found.includes(rule)).map(rule => ({ rule, ...one })),
    ),
    falseAlarms: judged.filter(({ right, open }) => !right && !open),
    simulations: judgements.map(({ name, each, days, records, seconds }) => ({ name, cases: each, days, records, seconds })),
    quiet: quiet.map(({ name, kind, days, judged }) => ({ name, kind, daily: judged.length / days })),
  }
}
