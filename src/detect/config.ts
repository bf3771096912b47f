import { z } from 'zod'
import { PRICE_PER_TB, sizeInBytes, type Parameter } from '../engine/index.js'
import { Fault } from '../fault/index.js'
import { readDocument, type DocumentKind } from './document.js'
import { isNetwork } from './networks.js'
import { families } from './report.js'
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

/** YAML takes an account's twelve digits for a number, without the zeros that may begin it. */
const account = z
  .union([z.string(), z.int()])
  .refine(id => /^\d{12}$/.test(typeof id === 'string' ? id : String(id).padStart(11, '?').padStart(12, '0')), {
    error: 'the twelve digits of an account, in quotes where they begin with 0',
  })
  .transform(id => String(id).padStart(12, '0'))
const tag = z
  .record(z.string().min(1), z.union([z.string(), z.number(), z.boolean()]).transform(String))
  .refine(tags => Object.keys(tags).length > 0, 'a tag and its value, such as { role: scanner }')

const exception = z
  .strictObject({
    rule: z.string().optional(),
    family: z.enum(families).optional(),
    /** The id of one finding, with all of its parts where `rule` is left out. */
    finding: z.string().optional(),
    source: network.optional(),
    target: network.optional(),
    /** All who act, or all who are acted on. */
    address: network.optional(),
    /** All who act, or all who are acted on, are hosts of ours in this account. */
    account: account.optional(),
    /** All who act, or all who are acted on, are hosts of ours with these tags. */
    tag: tag.optional(),
    port: port.optional(),
    /** The last day on which it holds, in UTC. */
    until: day.optional(),
    reason: z.string().optional(),
  })
  .refine(
    ({ rule, family, finding, source, target, address, account, tag }) =>
      rule ?? family ?? finding ?? source ?? target ?? address ?? account ?? tag,
    'say at least rule, family, finding, source, target, address, account or tag',
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

/** The rules that are not switched off. */
export const configuredRules = (rules: readonly Rule[], config: Config): readonly Rule[] =>
  rules.filter(rule => typeof (config.rules[rule.id] ?? {}) === 'object')

/** Throws a Fault of kind `usage` where the configuration names a rule or a parameter that does not exist; `rules` are all that there are. */
export function checkConfiguredRules(rules: readonly Rule[], config: Config): void {
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
  for (const [i, { rule: id }] of config.exceptions.entries())
    if (id !== undefined && !rules.some(rule => rule.id === id))
      throw unknown(
        `exceptions.${i}.rule: there is no rule ${id}`,
        rules.map(rule => rule.id),
      )
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
