import { z } from 'zod'
import { Fault } from '../fault/index.js'
import { FIELDS, layoutOfFields, type Layout } from '../format/index.js'
import { SCENARIOS } from './scenarios/scenarios.js'

const DAY = 86_400
const whole = (min: number, max: number) => z.number().int().min(min).max(max)

const schema = z.strictObject({
  /** Folder to write to; made where it is missing. */
  out: z.string().min(1),
  /** Log lines in all, headers not counted: records of status OK, NODATA and SKIPDATA. */
  records: whole(1, 1_000_000_000).default(100_000),
  days: whole(1, 366).default(1),
  /** Instances in the VPC; load balancer and NAT gateways come on top. */
  hosts: whole(24, 8000).default(50),
  /** Names of SCENARIOS, or `all`; none at all is an empty list. Default: those with a first case. */
  scenarios: z.array(z.string()).optional(),
  /** How often each scenario is planted, each time with other actors, sizes and times. */
  cases: whole(1, 1000).default(1),
  seed: whole(-1e12, 1e12).default(1),
  /** The first day, UTC. */
  start: z.iso.date().default('2026-01-05'),
  filesPerDay: whole(1, 1440).default(24),
  /** Longest aggregation interval in seconds. */
  interval: z.union([z.literal(60), z.literal(600)]).default(60),
  layout: z.enum(['default', 'hive']).default('default'),
  fileFormat: z.enum(['plain-text', 'parquet']).default('plain-text'),
  /** All fields up to this version, in AWS's order. Version 6 is of transit gateways: its VPC fields are those of 5. */
  logVersion: whole(2, 11).default(2),
  /** The fields themselves, in this order, as names apart by blanks or commas; goes before `logVersion`. */
  fields: z.string().optional(),
  account: z
    .string()
    .regex(/^\d{12}$/)
    .default('123456789012'),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d+$/)
    .default('us-east-1'),
  /** Files written at the same time; never changes a byte of them. */
  threads: whole(1, 64).default(2),
})

/** What `simulate` takes; everything but `out` has a default. */
export type SimulationOptions = z.input<typeof schema>

/** The options with their defaults, and what follows from them. */
export interface Simulation extends Omit<z.output<typeof schema>, 'scenarios' | 'fields' | 'start'> {
  readonly scenarios: readonly string[]
  readonly fields: Layout
  /** What stands in the field `version`: the highest version among the fields. */
  readonly version: number
  /** Unix seconds, half-open. */
  readonly start: number
  readonly finish: number
}

/** Checks options and fills them up. Throws a Fault of kind `usage`. */
export function simulationOf(options: SimulationOptions): Simulation {
  const parsed = schema.safeParse(options)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Fault({
      code: 'simulate-option',
      kind: 'usage',
      message: `The option ${issue?.path.join('.') ?? ''} of the simulation is wrong: ${issue?.message ?? ''}`,
      action: 'See docs/simulate.md for what each option takes.',
    })
  }
  const { scenarios, fields, start, ...rest } = parsed.data
  const layout = fieldsOf(fields, rest.logVersion)
  const from = Date.parse(`${start}T00:00:00Z`) / 1000
  return {
    ...rest,
    scenarios: scenariosOf(scenarios),
    fields: layout,
    version: Math.max(2, ...layout.map(field => field.version)),
    start: from,
    finish: from + rest.days * DAY,
  }
}

/** In the order of SCENARIOS, so that the order of asking changes nothing. */
function scenariosOf(asked: readonly string[] | undefined): string[] {
  const names = SCENARIOS.map(scenario => scenario.name)
  if (asked === undefined) return SCENARIOS.filter(scenario => scenario.first).map(scenario => scenario.name)
  if (asked.includes('all')) return names
  const unknown = asked.find(name => !names.includes(name))
  if (unknown !== undefined) {
    throw new Fault({
      code: 'simulate-scenario',
      kind: 'usage',
      message: `There is no scenario ${unknown}`,
      expected: `all, ${names.join(', ')}`,
      action: 'Take one of these names.',
    })
  }
  return names.filter(name => asked.includes(name))
}

function fieldsOf(asked: string | undefined, version: number): Layout {
  const known = FIELDS.filter(field => field.version !== 6)
  if (asked === undefined) return known.filter(field => field.version <= version)
  const layout = layoutOfFields(asked)
  const wrong = layout.find((field, i) => !known.includes(field) || layout.indexOf(field) !== i)
  if (wrong === undefined && layout.length > 0) return layout
  throw new Fault({
    code: 'simulate-fields',
    kind: 'usage',
    message: wrong ? `The field ${wrong.name} cannot be simulated, or is asked for twice` : 'No field is asked for',
    expected: 'names of VPC flow log fields, each once',
    action: 'Take names from docs/fields.md, such as: version account-id interface-id srcaddr dstaddr.',
  })
}
