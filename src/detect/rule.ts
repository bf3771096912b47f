import { z } from 'zod'
import { isAttackId } from './attack/attack-ids.js'
import { readPlaced, type DocumentKind, type Placed } from './document.js'
import { isNetwork } from './networks.js'
import { entityKinds, families, severities } from './report.js'
import { scorers } from './scorers/index.js'

const kebab = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens')
const word = z.string().regex(/^[a-z][a-z0-9_]*$/, 'a lower-case name with underscores')
const sentence = z.string().trim().min(1)
const scorerNames = Object.keys(scorers)

/** The form first, so that only what has it is looked up. */
const attackId = z
  .string()
  .regex(/^TA?\d{4}(\.\d{3})?$/, { error: 'a tactic or technique of MITRE ATT&CK, such as T1046', abort: true })
  .refine(isAttackId, {
    error: ({ input }) => `MITRE ATT&CK has no ${String(input)} in the list that Weir knows (src/detect/attack/attack-ids.yaml)`,
  })

const parameter = z.strictObject({
  default: z.union([z.number(), z.string(), z.boolean()]),
  unit: sentence,
  /** Where the value comes from. */
  source: sentence.optional(),
})

const test = z.strictObject({
  name: sentence,
  /** A table of flows, one line a group of records (docs/rules.md). */
  flows: sentence,
  /** The log's field names, for a rule that must work without some of them. */
  fields: sentence.optional(),
  parameters: z.record(word, z.union([z.number(), z.string(), z.boolean()])).default({}),
  /** Lists of addresses and CIDRs that stand beside the logs, by name. */
  lists: z.record(sentence, z.array(z.string().refine(isNetwork, 'a CIDR or an address'))).default({}),
  /** What weir.yaml says: allow, groups, networks. */
  config: z.record(z.string(), z.unknown()).default({}),
  /** What must be found, each as a part of a finding; empty: nothing. */
  expect: z.array(z.record(z.string(), z.unknown())),
})

const schema = z
  .strictObject({
    id: kebab,
    family: z.enum(families),
    title: sentence,
    description: sentence.optional(),
    attack: z.array(attackId),
    reads: z.array(word).min(1, 'at least one relation belongs here'),
    needs: z.array(word).default([]),
    actions: z.array(z.enum(['ACCEPT', 'REJECT'])).default([]),
    /** Days of records without which it can say nothing. */
    history: z.number().positive().optional(),
    parameters: z.record(word, parameter).default({}),
    sql: sentence,
    score: z
      .string()
      .refine(name => scorerNames.includes(name), `one of ${scorerNames.join(', ')}`)
      .optional(),
    entity: z.enum(entityKinds).default('address'),
    group: z.strictObject({
      key: z.array(word).default([]),
      info: z.literal('day').optional(),
      /** The metric by which those are chosen that a sum names, where they are too many. */
      busiest: word.optional(),
      summary: sentence.optional(),
    }),
    severity: z
      .record(sentence, z.enum(severities))
      .refine(
        conditions => Object.keys(conditions).at(-1) === 'otherwise',
        'conditions, each with a severity, and last of all otherwise',
      ),
    /** Conditions under which it is most likely harmless: severity is `low` at most, and the sentence says why. */
    lowered: z.record(sentence, sentence).default({}),
    confidence: z.union([z.number().min(0).max(1), sentence]).default(0.5),
    finding: sentence,
    /** Left out: all records between the sources and the targets on the ports. */
    evidence: sentence.optional(),
    /** What it cannot see, whatever the log has. */
    blind: z.array(sentence).default([]),
    false_positives: z.array(sentence),
    next_steps: z.array(sentence).min(1),
    tests: z.array(test).min(1, 'at least one test belongs here'),
  })
  .refine(rule => !rule.group.info === !rule.group.summary, { path: ['group'], message: 'info and summary stand together' })

/** One detection, as its file says it (docs/rules.md describes every key). */
export type Rule = z.output<typeof schema>
export type RuleTest = Rule['tests'][number]

/** What errors in a rule are called. */
export const ruleKind: DocumentKind = { code: 'rule-invalid', noun: 'rule', manual: 'docs/rules.md' }

/** Reads rules as the build has written them (`rulesToKeep`). Throws where they are none. */
export const readRules = (text: string): Readonly<Record<string, Rule>> => z.record(z.string(), schema).parse(JSON.parse(text))

/** Reads one rule. Throws a Fault of kind `usage` that names line and column of the first mistake. */
export const parseRule = (text: string, file: string): Rule => readRule(text, file).value

/** The same, with the places of its parts. */
export const readRule = (text: string, file: string): Placed<Rule> => readPlaced(text, file, schema, ruleKind)
