import type { InputReport } from '../engine/index.js'
import type { Facts } from './facts.js'
import { flowLogCoverage } from './flow-log-coverage.js'
import type { Coverage } from './report.js'
import type { Rule } from './rule.js'
import { VISIBLE_INTERVALS } from './scorers/periodicity.js'
import { timeOf } from './time.js'

/** What the reader tells of the logs, as far as coverage asks. */
export type CoverageInput = Pick<InputReport, 'skipdata' | 'quarantined' | 'fields' | 'partialFields' | 'damaged'>

/** The rules that can see nothing in these logs, for they need a field that none of them has. */
export function isBlind(rule: Rule, { fields, partialFields }: CoverageInput): boolean {
  return rule.needs.some(field => !fields.includes(field) && !partialFields.includes(field))
}

/** Whether the records reach back far enough, and stand in days enough, for the rule to know what is usual. */
export function isTooShort({ history }: Rule, { window, days }: Facts): boolean {
  return history !== undefined && (window === null || window.to - window.from < history * DAY - SLACK || days < history)
}

const DAY = 86_400

/** Logs of whole days begin with the first packet after midnight and end with an interval before it. */
const SLACK = 3_600

/** What these logs cannot show, the gravest first. */
export function coverageOf(input: CoverageInput, facts: Facts, rules: readonly Rule[]): readonly Coverage[] {
  const damaged = input.damaged.map(({ source, message }) =>
    entry('damaged-source', `${source}: ${message}; what could be read was used`),
  )
  const configured = flowLogCoverage(facts.flowLogs, rules)
  if (!facts.window)
    return [
      ...damaged,
      ...configured,
      ...unread(input),
      entry(
        'no-records',
        'There is no record with traffic in these logs',
        rules.map(({ id }) => id),
      ),
    ]
  return [
    ...damaged,
    ...configured,
    ...gapsOf(input, facts),
    ...actionsOf(facts, rules),
    ...fieldsOf(input, rules),
    ...paceOf(facts, rules),
    ...historyOf(facts, rules),
  ]
}

/** What of the logs is no traffic. */
function unread(input: CoverageInput): readonly Coverage[] {
  return [
    ...(input.quarantined
      ? [entry('quarantined', `Not understood, and in no count of traffic: ${counted(input.quarantined, 'line')}`)]
      : []),
    ...(input.skipdata
      ? [
          entry(
            'skipdata',
            `AWS skipped records in ${counted(input.skipdata, 'interval')} (SKIPDATA): traffic of those is missing`,
          ),
        ]
      : []),
  ]
}

/** Twice is often enough for sums to be wrong by a hundredth. */
const REPEATED = 0.01

function gapsOf(input: CoverageInput, { silent, repeated, interval }: Facts): readonly Coverage[] {
  return [
    ...unread(input),
    ...(repeated !== null && repeated >= REPEATED
      ? [
          entry(
            'repeated-records',
            `${percentOf(repeated)} of the records stand in these logs a second time: their packets and bytes count twice, connections once`,
          ),
        ]
      : []),
    ...(silent
      ? [
          entry(
            'missing-hours',
            `${counted(silent.hours, 'hour')} ${silent.hours === 1 ? 'has' : 'have'} no line at all, the first from ${timeOf(silent.first)}`,
          ),
        ]
      : []),
    ...(interval === 600
      ? [entry('long-interval', 'Records span up to ten minutes: what happens faster than that is seen as one')]
      : []),
  ]
}

function actionsOf({ accepted, rejected }: Facts, rules: readonly Rule[]): readonly Coverage[] {
  const blind = (action: 'ACCEPT' | 'REJECT') => rules.filter(({ actions }) => actions.includes(action)).map(({ id }) => id)
  if (rejected && !accepted)
    return [entry('reject-only', 'Only rejected traffic is logged: what got through is not seen', blind('ACCEPT'))]
  if (accepted && !rejected)
    return [
      entry(
        'accept-only',
        'Only accepted traffic is in these logs: if nothing else is logged, what was turned away is not seen',
        blind('REJECT'),
      ),
    ]
  return []
}

function fieldsOf({ fields, partialFields }: CoverageInput, rules: readonly Rule[]): readonly Coverage[] {
  const wanted = [...new Set(rules.flatMap(({ needs }) => needs))].filter(field => !fields.includes(field))
  const missing = wanted.map(field =>
    entry(
      'missing-field',
      `${partialFields.includes(field) ? 'Some' : 'All'} of these logs lack ${field}`,
      rules.filter(({ needs }) => needs.includes(field)).map(({ id }) => id),
    ),
  )
  const guessed = ['tcp_flags', 'flow_direction'].filter(field => !fields.includes(field))
  return guessed.length
    ? [
        ...missing,
        entry(
          'guessed-client',
          `Without ${guessed.join(' and ')} in every log, who opened a connection is guessed from ports, and some answers may pass for questions`,
        ),
      ]
    : missing
}

/** How quick a steady pace can be for it to be seen, which is said where a rule asks for one. */
function paceOf({ interval }: Facts, rules: readonly Rule[]): readonly Coverage[] {
  if (!rules.some(({ score }) => score === 'periodicity')) return []
  const minutes = (intervals: number): string => `${(intervals * interval) / 60} min`
  const { exact, rounded } = VISIBLE_INTERVALS
  return [
    entry(
      'smallest-period',
      `Calls at a steady pace (beacon) are found from a period of ${minutes(exact)} on; where records start with their interval and not with their first packet, from ${minutes(rounded)} on`,
    ),
  ]
}

function historyOf(facts: Facts, rules: readonly Rule[]): readonly Coverage[] {
  const short = rules.filter(rule => isTooShort(rule, facts))
  const days = Math.max(...short.map(({ history = 0 }) => history))
  return short.length
    ? [
        entry(
          'short-history',
          `These records hold less than the ${days} days by which some rules know what is usual`,
          short.map(({ id }) => id),
        ),
      ]
    : []
}

const counted = (count: number, noun: string): string => `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
const percentOf = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`

const entry = (code: string, message: string, blinds: readonly string[] = []): Coverage => ({ code, message, blinds })
