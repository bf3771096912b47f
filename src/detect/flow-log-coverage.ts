import type { FlowLogConfiguration, FlowLogFacts } from './flow-log-facts.js'
import type { Coverage } from './report.js'
import type { Rule } from './rule.js'

/** What the flow logs that are set up cannot show, whatever stands in the logs that were read. */
export function flowLogCoverage(facts: FlowLogFacts, rules: readonly Rule[]): readonly Coverage[] {
  return [...deliveryOf(facts), ...unloggedOf(facts), ...trafficOf(facts, rules), ...formatOf(facts, rules), ...intervalOf(facts)]
}

const deliveryOf = ({ configurations }: FlowLogFacts): Coverage[] =>
  configurations
    .filter(({ failure }) => failure !== null)
    .map(({ id, resource, failure }) =>
      entry('flow-log-delivery', `The flow log ${id} of ${resource} is not delivered: ${failure ?? ''}`),
    )

function unloggedOf({ unloggedVpcs, unloggedInterfaces }: FlowLogFacts): Coverage[] {
  const said = (ids: readonly string[], kind: string) =>
    ids.length ? [entry('no-flow-log', `No flow log is set up for ${counted(ids, kind)}: their traffic is not seen`)] : []
  return [...said(unloggedVpcs, 'VPC'), ...said(unloggedInterfaces, 'ENI')]
}

/** Two flow logs of one resource, one for each action, log all of it. */
function trafficOf({ configurations }: FlowLogFacts, rules: readonly Rule[]): Coverage[] {
  const logged = new Map<string, Set<string>>()
  for (const { resource, traffic } of configurations) logged.set(resource, (logged.get(resource) ?? new Set()).add(traffic))
  const alone = (action: string) =>
    [...logged].filter(([, actions]) => actions.size === 1 && actions.has(action)).map(([id]) => id)
  return (
    [
      ['ACCEPT', 'REJECT', 'what was turned away'],
      ['REJECT', 'ACCEPT', 'what got through'],
    ] as const
  ).flatMap(([action, other, unseen]) => {
    const resources = alone(action)
    const blind = rules.filter(({ actions }) => actions.includes(other)).map(({ id }) => id)
    return resources.length
      ? [entry('flow-log-traffic-type', `Only ${action} is logged of ${listed(resources)}: ${unseen} is not seen`, blind)]
      : []
  })
}

const GUESSED = ['tcp_flags', 'flow_direction']

function formatOf({ configurations }: FlowLogFacts, rules: readonly Rule[]): Coverage[] {
  const wanted = [...new Set([...rules.flatMap(({ needs }) => needs), ...GUESSED])]
  const lacking = grouped(configurations, ({ fields }) =>
    fields === null ? '' : wanted.filter(field => !fields.includes(field)).join(', '),
  )
  return [...lacking].map(([fields, of]) =>
    entry(
      'flow-log-format',
      `The format of ${listed(of)} leaves out ${fields}`,
      rules.filter(({ needs }) => needs.some(need => fields.split(', ').includes(need))).map(({ id }) => id),
    ),
  )
}

const LONG = 600

function intervalOf({ configurations }: FlowLogFacts): Coverage[] {
  const long = configurations.filter(({ interval }) => interval !== null && interval >= LONG).map(({ id }) => id)
  return long.length
    ? [
        entry(
          'flow-log-interval',
          `Records of ${listed(long)} span up to ten minutes: what happens faster than that is seen as one`,
        ),
      ]
    : []
}

/** Ids of flow logs by what is said of them; those of which nothing is said are left out. */
function grouped(
  configurations: readonly FlowLogConfiguration[],
  said: (of: FlowLogConfiguration) => string,
): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const configuration of configurations) {
    const key = said(configuration)
    if (key !== '') groups.set(key, [...(groups.get(key) ?? []), configuration.id])
  }
  return groups
}

const NAMED = 10

function listed(ids: readonly string[]): string {
  const more = ids.length - NAMED
  return more > 0 ? `${ids.slice(0, NAMED).join(', ')} and ${more.toLocaleString('en-US')} more` : ids.join(', ')
}

const counted = (ids: readonly string[], kind: string): string =>
  `${ids.length.toLocaleString('en-US')} ${kind}${ids.length === 1 ? '' : 's'} (${listed(ids)})`

const entry = (code: string, message: string, blinds: readonly string[] = []): Coverage => ({ code, message, blinds })
