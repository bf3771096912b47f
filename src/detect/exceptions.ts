import type { Engine, QueryOptions } from '../engine/index.js'
import type { Candidate } from './candidate.js'
import type { Exception } from './config.js'
import { exceptedHosts, namesHosts, type ExceptedHosts } from './excepted-hosts.js'
import { isWithin } from './networks.js'
import type { Coverage, Finding } from './report.js'
import type { Rule } from './rule.js'
import { dayOf } from './time.js'

/** The exceptions of a run, and what each of them has silenced so far. */
export class Exceptions {
  readonly #standing: readonly Exception[]
  readonly #ended: readonly Exception[]
  readonly #hosts: ReadonlyMap<Exception, ExceptedHosts>
  readonly #silenced = new Map<Exception, number>()

  /**
   * Those that hold at a time, in Unix seconds, are honoured: `until` is the last day on which one does. `hosts` are whom those are for
   * that name an account or tags; without, they silence nothing.
   */
  constructor(exceptions: readonly Exception[], now: number, hosts: ReadonlyMap<Exception, ExceptedHosts> = new Map()) {
    this.#standing = exceptions.filter(exception => !isEnded(exception, now))
    this.#ended = exceptions.filter(exception => isEnded(exception, now))
    this.#hosts = hosts
  }

  /** The same, with the hosts of accounts and tags looked up. */
  static async over(engine: Engine, exceptions: readonly Exception[], now: number, query: QueryOptions): Promise<Exceptions> {
    const standing = exceptions.filter(exception => !isEnded(exception, now))
    return new Exceptions(exceptions, now, await exceptedHosts(engine, standing, query))
  }

  /** Whether one is made for all of whom the candidate names. One for a single finding is weighed once it has its id. */
  silencesCandidate(candidate: Candidate, rule: Rule): boolean {
    return this.#counts(
      exception =>
        exception.finding === undefined &&
        isAbout(rule, exception) &&
        covers(exception, candidate) &&
        (!namesHosts(exception) || areHosts(this.#hosts.get(exception), candidate)),
    )
  }

  /** Whether one names a rule's finding, by itself or as a part of a story. */
  silencesPart(id: string, rule: Rule): boolean {
    return this.#counts(({ finding, rule: of }) => finding === id && of === rule.id)
  }

  /** Whether one names a finding with all of its parts. */
  silences({ id }: Pick<Finding, 'id'>): boolean {
    return this.#counts(({ finding, rule }) => finding === id && rule === undefined)
  }

  /** What was silenced and why, and which exceptions no longer hold. */
  coverage(): readonly Coverage[] {
    return [
      ...[...this.#silenced].map(([exception, count]) => ({
        code: 'silenced',
        message: `${count.toLocaleString('en-US')} silenced by the exception ${textOf(exception)}`,
        blinds: [],
      })),
      ...[...this.#hosts].flatMap(([exception, { unknown }]) =>
        unknown === null
          ? []
          : [
              {
                code: 'exception-unknown',
                message: `The exception ${textOf(exception)} silences nothing: ${unknown}`,
                blinds: [],
              },
            ],
      ),
      ...this.#ended.map(exception => ({
        code: 'exception-ended',
        message: `The exception ${textOf(exception)} held until ${exception.until ?? ''} and silences nothing any more`,
        blinds: [],
      })),
    ]
  }

  #counts(isIt: (exception: Exception) => boolean): boolean {
    const found = this.#standing.find(isIt)
    if (found) this.#silenced.set(found, (this.#silenced.get(found) ?? 0) + 1)
    return found !== undefined
  }
}

const isEnded = ({ until }: Exception, now: number): boolean => until !== undefined && dayOf(now) > until

const isAbout = ({ id, family }: Rule, exception: Exception): boolean =>
  (exception.rule ?? id) === id && (exception.family ?? family) === family

function covers({ source, target, address, port }: Exception, { sources, targets, ports }: Candidate): boolean {
  return (
    allWithin(source, sources.items) &&
    allWithin(target, targets.items) &&
    (address === undefined || allWithin(address, sources.items) || allWithin(address, targets.items)) &&
    (port === undefined || ports.items.every(one => one === port))
  )
}

function allWithin(network: string | undefined, addresses: readonly string[]): boolean {
  return network === undefined || (addresses.length > 0 && addresses.every(address => isWithin(address, network)))
}

/** Whether all sources, or all targets, are hosts that the exception is for. */
function areHosts(hosts: ExceptedHosts | undefined, { network, targetNetwork, sources, targets }: Candidate): boolean {
  const all = ({ items }: Candidate['sources']) =>
    items.length > 0 && items.every(address => hosts?.has(address, [network, targetNetwork]))
  return hosts !== undefined && (all(sources) || all(targets))
}

const textOf = ({ reason, ...of }: Exception): string =>
  `${mapText(Object.entries(of).filter(([key]) => key !== 'until'))}${reason === undefined ? '' : `: ${reason}`}`

const mapText = (entries: readonly (readonly [string, unknown])[]): string =>
  `{ ${entries
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) => `${key}: ${typeof value === 'object' && value !== null ? mapText(Object.entries(value)) : String(value)}`,
    )
    .join(', ')} }`

/** The exception, in the form of a line of `exceptions:`, that silences one finding of a rule and nothing else. */
export const silenceOf = (rule: string, id: string, entity: string): string =>
  `{ rule: ${rule}, finding: "${id}", reason: "known: ${entity}" }`

/** The exception that silences a story with all of its parts. */
export const silenceOfStory = (id: string, entity: string): string => `{ finding: "${id}", reason: "known: ${entity}" }`
