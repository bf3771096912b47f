import { readFile } from 'node:fs/promises'
import { Fault } from '../fault/index.js'
import { rowsOf, setVariables, textLiteral, type Lanes } from './lanes.js'
import type { Simulation } from './options.js'
import { SCENARIOS, type Scenario } from './scenarios/scenarios.js'

/** One planting of a scenario, with hosts and strangers that no other case of it has. */
interface Case {
  readonly scenario: Scenario
  /** From 1. */
  readonly number: number
  /** Where its own begin, among those for its side (benign or not) and among all strangers. */
  readonly hostsFrom: number
  readonly strangersFrom: number
}

/** As many addresses as `strangers` in cases.sql can number. */
const STRANGERS = 32_768

/** Plants every case of every scenario that is asked for. The network and the table `planted` must be there. */
export async function plantCases(lanes: Lanes, simulation: Simulation): Promise<void> {
  await runFile(lanes, './cases.sql')
  await runFile(lanes, './logins.sql')
  const cases = casesOf(simulation)
  await refuseTooMany(lanes, simulation, cases)
  if (cases.some(each => !isFirst(each))) await runFile(lanes, './dual-stack.sql')
  for (const each of cases) await plant(lanes, each)
  for (const name of ['scenario', 'case_number']) await lanes.first.run(`RESET VARIABLE ${name}`)
}

const isFirst = ({ scenario, number }: Case): boolean => scenario.first === true && number === 1

/** Which strangers a case has depends on nothing but its scenario and number; its hosts are spread over all there are. */
function casesOf({ scenarios, cases }: Simulation): Case[] {
  const strangersOfAll = SCENARIOS.reduce((sum, { strangers }) => sum + strangers, 0)
  let strangers = 0
  const hosts = { benign: 0, others: 0 }
  return SCENARIOS.flatMap(scenario => {
    const side = scenario.family === 'benign' ? 'benign' : 'others'
    const planted = Array.from({ length: cases }, (_, i) => ({
      scenario,
      number: i + 1,
      hostsFrom: hosts[side] + i * scenario.hosts,
      strangersFrom: strangers + i * strangersOfAll,
    }))
    strangers += scenario.strangers
    hosts[side] += cases * scenario.hosts
    return scenarios.includes(scenario.name) ? planted : []
  })
}

async function refuseTooMany(lanes: Lanes, { cases: asked }: Simulation, cases: readonly Case[]): Promise<void> {
  const [row] = await rowsOf(
    lanes.first,
    'SELECT count(*) FILTER (NOT benign)::INTEGER AS others, count(*) FILTER (benign)::INTEGER AS benign FROM hosts',
  )
  for (const { scenario } of cases) {
    const benign = scenario.family === 'benign'
    const needed = asked * scenario.hosts
    const present = Number(row?.[benign ? 'benign' : 'others'])
    if (needed <= present) continue
    throw new Fault({
      code: 'simulate-cases',
      kind: 'usage',
      message: `${asked} cases of ${scenario.name} need ${needed} hosts of their own, and there are ${present}`,
      // A third of the instances is for what is benign; databases and first ones are used otherwise (cases.sql).
      action: `Ask for at least ${Math.ceil((needed * (benign ? 3 : 1.5) + 20) / 0.9)} hosts, or for fewer cases.`,
    })
  }
  const strangers = Math.max(0, ...cases.map(({ strangersFrom, scenario }) => strangersFrom + scenario.strangers))
  if (strangers <= STRANGERS) return
  throw new Fault({
    code: 'simulate-cases',
    kind: 'usage',
    message: `${asked} cases need ${strangers} outside addresses, and there are ${STRANGERS}`,
    action: `Ask for at most ${Math.floor((asked * STRANGERS) / strangers)} cases, and simulate again with another seed for more.`,
  })
}

async function plant(lanes: Lanes, each: Case): Promise<void> {
  const { scenario, number, hostsFrom, strangersFrom } = each
  const { name, family, strangers, ipv4 } = scenario
  const run = async (sql: string) => lanes.first.run(sql)
  await setVariables(lanes.first, {
    scenario: name,
    case_number: number,
    hosts_from: hostsFrom,
    strangers_from: strangersFrom,
  })
  await run(`SET VARIABLE case_key = (hash(${textLiteral(`${name} ${number}`)}) >> 33)::BIGINT << 31`)
  await run(`SET VARIABLE benign = ${family === 'benign'}`)
  await run(`SET VARIABLE six = ${ipv4 ? 'false' : 'luck(0) < 0.2'}`)
  if (isFirst(each)) return runFile(lanes, `./scenarios/first/${name}.sql`)
  await run(`INSERT INTO ends BY NAME FROM strangers(${strangersFrom}, ${strangers})`)
  await runFile(lanes, `./scenarios/${name}.sql`)
}

async function runFile(lanes: Lanes, name: string): Promise<void> {
  await lanes.first.run(await readFile(new URL(name, import.meta.url), 'utf8'))
}
