import { z } from 'zod'
import { PRICE_PER_TB, sizeInBytes, type Parameter } from '../engine/index.js'
import { Fault } from '../fault/index.js'
import { readDocument, type DocumentKind } from './document.js'
import { isNetwork } from './networks.js'
import type { Rule } from './rule.js'

const network = z.string().refine(isNetwork, 'a CIDR or an address, such as 203.0.113.0/24')
const networks = z.array(network)
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day as YYYY-MM-DD')
const port = z.int().min(0).max(65_535)
const names = z.array(z.string().min(1)).min(1)

/** Trino and Glue keep names in lower case: what is asked for with capitals is never found. */
const schemaName = z.string().refine(name => name === name.toLowerCase(), {
  error: ({ input }) => `Trino and Athena keep names in lower case: write ${String(input).toLowerCase()}`,
})

const exception = z
  .strictObject({
    rule: z.string().optional(),
    /** The id of one finding. */
    finding: z.string().optional(),
    source: network.optional(),
    target: network.optional(),
    port: port.optional(),
    /** The last day on which it holds, in UTC. */
    until: day.optional(),
    reason: z.string().optional(),
  })
  .refine(
    ({ rule, finding, source, target }) => rule ?? finding ?? source ?? target,
    'say at least rule, finding, source or target',
  )

const schema = z.strictObject({
  networks: z.strictObject({ own: networks.default([]) }).default({ own: [] }),
  rules: z
    .record(
      z.string(),
      z.union([z.literal('off'), z.literal(false), z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]))]),
    )
    .default({}),
  exceptions: z.array(exception).default([]),
  groups: z.record(z.string(), networks).default({}),
  allow: z
    .array(
      z.strictObject({
        name: z.string(),
        from: names,
        to: names,
        protocol: z.union([z.string(), z.int()]).optional(),
        ports: z.array(z.union([port, z.string().regex(/^\d+-\d+$/, 'a port or a range such as 8000-8099')])).optional(),
        /** The last day on which it holds, in UTC. */
        until: day.optional(),
        reason: z.string().optional(),
      }),
    )
    .default([]),
  lists: z.array(z.strictObject({ name: z.string(), file: z.string() })).default([]),
  trino: z
    .strictObject({
      url: z.url({ protocol: /^https?$/ }).optional(),
      user: z.string().default('weir'),
      password: z.string().optional(),
      token: z.string().optional(),
      catalog: z.string().default('hive'),
      schema: schemaName.default('weir'),
      /** The lake, as Trino sees it. */
      location: z.string().optional(),
    })
    .prefault({}),
  athena: z
    .strictObject({
      workgroup: z.string().default('primary'),
      /** Where results are put; the workgroup's own place where left out. */
      output: z.string().optional(),
      database: schemaName.default('weir'),
      /** `AwsDataCatalog`, that of AWS Glue, where left out. */
      catalog: z.string().optional(),
      location: z.string().optional(),
      region: z.string().optional(),
      /** USD for a terabyte that is read. */
      price_per_tb: z.number().min(0).default(PRICE_PER_TB),
      /** Minutes for which the result of the same statement may be taken again. */
      reuse_minutes: z.int().min(0).default(0),
    })
    .prefault({}),
  /** What a statement on Trino or Athena may read at most, such as 100GB. */
  max_scan: sizeInBytes.optional(),
})

/** What weir.yaml says; every key has a default. */
export type Config = z.output<typeof schema>
export type Exception = Config['exceptions'][number]

const kind: DocumentKind = { code: 'config-invalid', noun: 'configuration', manual: 'docs/rules.md' }

/** Reads the text of a weir.yaml. Throws a Fault of kind `usage` that names line and column of the first mistake. */
export function parseConfig(text: string, file = 'weir.yaml'): Config {
  return readDocument(text, file, schema, kind)
}

/** The rules that are not switched off. Throws a Fault where the configuration names a rule or a parameter that does not exist. */
export function configuredRules(rules: readonly Rule[], config: Config): readonly Rule[] {
  for (const [id, settings] of Object.entries(config.rules)) {
    const rule = rules.find(rule => rule.id === id)
    if (!rule)
      throw unknown(
        `rules.${id}: there is no rule ${id}`,
        rules.map(rule => rule.id),
      )
    if (typeof settings !== 'object') continue
    for (const [name, value] of Object.entries(settings)) checkParameter(rule, name, value)
  }
  return rules.filter(rule => typeof (config.rules[rule.id] ?? {}) === 'object')
}

/** What the configuration says of a rule's parameters. */
export function configuredParameters(rule: Rule, config: Config): Readonly<Record<string, Parameter>> {
  const settings = config.rules[rule.id]
  return typeof settings === 'object' ? settings : {}
}

function checkParameter(rule: Rule, name: string, value: Parameter): void {
  const parameter = rule.parameters[name]
  if (!parameter) throw unknown(`rules.${rule.id}.${name}: ${rule.id} has no parameter ${name}`, Object.keys(rule.parameters))
  if (typeof value === typeof parameter.default) return
  throw new Fault({
    code: kind.code,
    kind: 'usage',
    message: `rules.${rule.id}.${name}: ${String(value)} is no ${typeof parameter.default}`,
    expected: `a ${typeof parameter.default}, such as ${String(parameter.default)}`,
  })
}

function unknown(message: string, known: readonly string[]): Fault {
  return new Fault({ code: kind.code, kind: 'usage', message, expected: known.length ? `one of ${known.join(', ')}` : 'none' })
}
