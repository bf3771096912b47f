// docs/detection-quality.md: the figures that are published.
import { SEEDS } from './plan.js'

const percent = share => (share === null ? '' : `${(100 * share).toFixed(1)} %`)
const figure = ({ part, whole, share, lower }) =>
  whole === 0 ? '' : `${part} of ${whole}, ${percent(share)} (≥ ${percent(lower)})`

/** A table of Markdown: the first column to the left, the others to the right unless they are words. */
const table = (heads, rows) =>
  [heads, heads.map((_, i) => (i === 0 ? '---' : '---:')), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')

const rulesTable = ({ byRule }) =>
  table(
    ['rule', 'recall', 'precision', 'silent on look-alikes', 'a day, benign'],
    byRule.map(one => [
      `\`${one.rule}\``,
      one.judged ? figure(one.recall) : '',
      figure(one.precision),
      figure(one.silent),
      one.daily === null ? '' : one.daily.toFixed(2),
    ]),
  )

const waysTable = ({ byWay }) =>
  table(
    ['rule', ...byWay.map(({ way }) => way)],
    byWay[0].recalls
      .map(({ rule }, i) => [`\`${rule}\``, ...byWay.map(({ recalls }) => recalls[i])])
      .filter(([, ...recalls]) => recalls.some(({ whole }) => whole > 0))
      .map(([rule, ...recalls]) => [rule, ...recalls.map(({ part, whole }) => (whole === 0 ? '' : `${part} of ${whole}`))]),
  )

const scenariosTable = ({ byScenario }) =>
  table(
    ['planted', 'found', 'by all means by'],
    byScenario.map(one => [one.name, figure(one), one.meant.map(rule => `\`${rule}\``).join(', ')]),
  )

const lookAlikesTable = ({ byLookAlike }) =>
  table(
    ['look-alike', 'nothing raised', 'raised by'],
    byLookAlike.map(one => [one.scenario, figure(one), one.rules.map(rule => `\`${rule}\``).join(', ')]),
  )

/** Misses of a rule on a kind of case, the most first; what is never said of a case is a blind spot. */
function blindTable({ misses, byRule }) {
  const kinds = new Map()
  for (const { rule, name, instead } of misses) {
    const kind =
      kinds.get(`${rule} ${name}`) ?? kinds.set(`${rule} ${name}`, { rule, name, missed: 0, unsaid: 0 }).get(`${rule} ${name}`)
    kind.missed++
    if (instead.length === 0) kind.unsaid++
  }
  const order = byRule.map(({ rule }) => rule)
  const rows = [...kinds.values()].sort((a, b) => order.indexOf(a.rule) - order.indexOf(b.rule) || b.missed - a.missed)
  return table(
    ['rule', 'misses of', 'cases', 'of which no rule says anything'],
    rows.map(({ rule, name, missed, unsaid }) => [`\`${rule}\``, name, missed, unsaid]),
  )
}

function falseTable({ falseAlarms }) {
  const kinds = new Map()
  for (const { rule, taken } of falseAlarms) {
    const key = `\`${rule}\` | ${taken.replace(/ \d+/g, '')}`
    kinds.set(key, (kinds.get(key) ?? 0) + 1)
  }
  return table(
    ['rule', 'taken for it', 'findings'],
    [...kinds].sort().map(([key, count]) => [key, count]),
  )
}

const labelledTable = ({ sets }) =>
  table(
    ['set', 'actors named', 'expected findings', 'medium and above', 'of them wrong', 'false a day'],
    sets.map(one => [
      one.set,
      one.actors === 0 ? '' : `${one.named} of ${one.actors}`,
      one.expected === 0 ? '' : `${one.found} of ${one.expected}`,
      one.raised,
      one.wrong,
      one.benign ? (one.raised / one.days).toFixed(1) : '',
    ]),
  )

const stabilityTable = comparisons =>
  table(
    ['the same traffic', 'findings that are the same', 'wanted'],
    comparisons.map(({ name, same, whole, wanted }) => [name, `${same} of ${whole}`, wanted === null ? '' : `${wanted * 100} %`]),
  )

const measuredTable = ({ simulations }) =>
  table(
    ['simulation', 'cases of each', 'days', 'records', 'scan'],
    simulations.map(one => [one.name, one.cases, one.days, one.records, `${one.seconds.toFixed(0)} s`]),
  )

/** The page, of a whole run. */
export function pageOf({ labelled, simulated, stability }, { quick, tuning }) {
  const command = ['npm run eval -- --write', ...(quick ? ['--quick'] : []), ...(tuning ? ['--tuning'] : [])].join(' ')
  const seed = SEEDS[tuning ? 'tuning' : 'published']
  const others = tuning
    ? ', which are those that thresholds may be set by'
    : `; thresholds are set by others (\`--tuning\`, from seed ${SEEDS.tuning} on)`
  const last = seed + simulated.simulations.length - 1
  return `# Detection quality

What the rules find of attacks that were planted, and what they raise for nothing, at their default thresholds. \`${command}\` measured it and wrote this page.

Recall is the share of planted cases that this rule itself found: a finding (or a part of a story) that names one who acts and one who is acted on in the case, at the least severity that fits it. Precision is the share of the rule's findings of \`medium\` and above that a planted attack explains; what only harmless traffic explains, or nothing that was planted, is false, and so is what an attack of quite another sort explains. A look-alike counts as silent where the rule raised nothing of \`medium\` or above about it. Behind each share stands, as ≥, the lower bound of Wilson's 95 % interval. The last column of the first table counts findings of \`medium\` and above in ${simulated.quietDays} days in which nothing bad happens.

The share of attacks in this traffic is far higher than in any real network, so precision there is lower; findings a day on benign traffic are what a person will see.

## By rule

${rulesTable(simulated)}

\`unauthorized-source\` and \`unauthorized-port\` compare with an allow-list and are right or wrong as it is. \`volume-shift\`, \`new-port\` and \`unusual-protocol\` have no ground truth: what is unusual need not be bad.

## By what was planted

Found is a case that any fitting rule named.

${scenariosTable(simulated)}

## Look-alikes

${lookAlikesTable(simulated)}

A backup that is seen for the first time is an upload of gigabytes to an address that nobody knows: it is counted apart, and not against a rule.

## Recall by how it is logged

${waysTable(simulated)}

## Where each rule is blind

${simulated.misses.length === 0 ? 'No planted case was missed.' : blindTable(simulated)}

## What was raised for nothing

${simulated.falseAlarms.length === 0 ? 'Nothing.' : falseTable(simulated)}

## Labelled traffic

${labelled ? `Traffic of real networks and of malware in laboratories, labelled by others.\n\n${labelledTable(labelled)}` : 'Not measured in this run: the data was absent.'}

${(labelled?.sets ?? []).flatMap(one => one.misses.map(text => `- ${one.set}: missed ${text}`)).join('\n')}

## The same traffic, logged or read otherwise

${stabilityTable(stability)}

The first three compare ids and severities of all findings, the others (rule, sources, targets) of findings of \`medium\` and above. For 600 s, the lines that an interface wrote of a flow in ten minutes were made one, in three networks (one of them logged as version 2); simulated anew the background is another, so only findings about what was planted are compared there.

## How it was measured

Seeds ${seed} to ${last}, one a simulation${others}. The figures of the files' names are seed, aggregation interval and version; a noisy one has half as many records again as it needs. Times are those of a machine of two cores that does other work as well.

${measuredTable(simulated)}
`.replace(/\n{3,}/g, '\n\n')
}
