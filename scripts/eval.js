// `npm run eval`: what is found of what was planted, and what is raised for nothing.
// npm run eval -- [--quick] [--tuning] [--only labelled|simulated|stability] [--most N] [--again] [--write]; --quick plants some twenty cases of
// each scenario instead of a hundred, --tuning takes the seeds that thresholds may be set by, --most is how many of a
// kind are listed, --again judges the reports of the last run instead of scanning anew.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { factsOf } from './eval/facts.js'
import { judge } from './eval/judge.js'
import { scoreLabelled } from './eval/labelled.js'
import { listOptions } from './eval/lists.js'
import { pageOf } from './eval/page.js'
import { planOf } from './eval/plan.js'
import { simulated } from './eval/simulations.js'
import { stability, stabilityText } from './eval/stability.js'
import { labelledText, simulatedText } from './eval/summary.js'
import { tally } from './eval/tally.js'
import { rulesThere, scan } from './eval/weir.js'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    tuning: { type: 'boolean', default: false },
    only: { type: 'string' },
    most: { type: 'string', default: '5' },
    again: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const wants = part => [undefined, part].includes(values.only)
const kept = join('.cache', 'eval', 'reports')
mkdirSync(kept, { recursive: true })
const rules = rulesThere()

/** Makes a simulation, scans it and judges the findings. */
function measured(simulation) {
  const made = simulated(simulation)
  const file = join(kept, `${simulation.name}.json`)
  const report =
    values.again && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : scan([made.logs], ...listOptions(made, rules))
  writeFileSync(file, JSON.stringify(report))
  if (report.failed) console.log(`${simulation.name}: a rule failed: ${report.failed}`)
  console.error(`${simulation.name}: ${made.records} records, ${report.findings.length} findings, ${report.seconds.toFixed(0)} s`)
  const { name, kind, days, way, cases } = simulation
  return {
    name,
    kind,
    days,
    way,
    each: cases,
    records: made.records,
    seconds: report.seconds,
    ...judge(report.findings, made.labels, factsOf(simulation, made), simulation),
  }
}

const result = { rules }
if (wants('labelled')) {
  result.labelled = scoreLabelled()
  console.log(`${labelledText(result.labelled)}\n`)
}
if (wants('simulated')) {
  const plan = planOf(values)
  const judgements = plan.map(measured)
  result.simulated = tally({ rules, judgements })
  console.log(`${simulatedText(result.simulated, Number(values.most))}\n`)
}
if (wants('stability')) {
  result.stability = stability(rules)
  console.log(stabilityText(result.stability, Number(values.most)))
}
writeFileSync(join('.cache', 'eval', 'result.json'), JSON.stringify(result, null, 1))
if (values.write) {
  if (!result.simulated || !result.stability) throw new Error('--write needs a whole run: leave out --only')
  writeFileSync(join('docs', 'detection-quality.md'), pageOf(result, values))
}
