// One simulation: which planted cases were found, and which findings nothing planted explains.
import { expectedOf, explains, unknowable } from './expected.js'

const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical']
const rank = severity => SEVERITIES.indexOf(severity)
export const raised = finding => rank(finding.severity) >= rank('medium')

/** The findings without stories: each part by itself, with the severity of its story beside its own. */
export const partsOf = findings =>
  findings.flatMap(story =>
    (story.parts?.length > 0 ? story.parts : [story]).map(part => ({
      ...part,
      shown: rank(story.severity) > rank(part.severity) ? story.severity : part.severity,
    })),
  )

/** A finding with its addresses as sets, to be looked up. */
const indexed = finding => ({ ...finding, acting: new Set(finding.sources), met: new Set(finding.targets) })

/** Whether a finding names one who acts in a case and one who is acted on there. */
const namesPair = ({ acting, met }, { sources, targets }) =>
  sources.some(source => acting.has(source)) && targets.some(target => met.has(target))

/** The same, whoever of the two opened. */
const meetsIndexed = (finding, label) =>
  namesPair(finding, label) || namesPair(finding, { sources: label.targets, targets: label.sources })

/** Whether a finding names two who had to do with each other in a case. */
export const meets = (finding, label) => meetsIndexed(indexed(finding), label)

/** Answers that nobody asked for have no client, and who opened a tunnel without ports cannot be told. */
const UNDIRECTED = ['reflection', 'unusual-protocol']
const names = (finding, label) => (UNDIRECTED.includes(label.scenario) ? meetsIndexed : namesPair)(finding, label)

const brief = addresses => `${addresses.slice(0, 2).join(', ')}${addresses.length > 2 ? ` and ${addresses.length - 2} more` : ''}`
const pair = ({ sources, targets, ports }) => `${brief(sources)} → ${brief(targets)} port ${ports.slice(0, 3).join(', ')}`

/** A finding in one line. */
export const told = finding => `${finding.severity} ${finding.rule} ${pair(finding)}: ${finding.summary}`

/**
 * Judges the findings of a simulation, which has a name and days, by its labels.
 * @returns {{ cases: object[], judged: object[], lookAlikes: object[] }} by planted attack: name, found by which rules, and what was
 *   said of it where it was missed; by finding of medium and above: rule, whether it is right, or open as nobody can know, what it is about; by benign
 *   case: the rules that raised it
 */
export function judge(findings, labels, factsOf, { name: where, days }) {
  const parts = partsOf(findings).map(indexed)
  const attacks = labels.filter(label => label.family !== 'benign')
  const benign = labels.filter(label => label.family === 'benign')

  const cases = attacks.map(label => {
    const { name, meant, fitting, least } = expectedOf(label, factsOf(label))
    const said = parts.filter(part => names(part, label))
    const found = new Set(said.filter(part => rank(part.shown) >= rank(least)).map(part => part.rule))
    const instead = said.map(part => `${part.severity} ${part.rule}`)
    const title = `${label.scenario} ${label.case}: ${pair(label)}, ${label.first_seen} to ${label.last_seen}, ${label.records} records`
    return { name, meant, fitting, found: [...found], title, instead: [...new Set(instead)].sort(), where }
  })

  const judged = parts.filter(raised).map(part => {
    const explaining = attacks.filter(label => meetsIndexed(part, label))
    const right = explaining.some(label => explains(part.rule, label.scenario))
    const alike = right ? [] : benign.filter(label => meetsIndexed(part, label))
    const taken = [...explaining, ...alike].map(label => `${label.scenario} ${label.case}`)
    const open = alike.length > 0 && alike.every(label => unknowable(label.scenario, days))
    return { rule: part.rule, right, open, alike, taken: taken.slice(0, 3).join(', ') || 'background', text: told(part), where }
  })

  const lookAlikes = benign.map(label => ({
    scenario: unknowable(label.scenario, days) ? `${label.scenario}, without history` : label.scenario,
    open: unknowable(label.scenario, days),
    rules: [...new Set(judged.filter(({ alike }) => alike.includes(label)).map(({ rule }) => rule))],
  }))
  return { cases, judged: judged.map(({ alike, ...rest }) => rest), lookAlikes }
}
