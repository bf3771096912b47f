import type { Candidate } from './candidate.js'
import type { Exception } from './config.js'
import { isWithin } from './networks.js'
import { dayOf } from './time.js'

/** The exceptions that still hold at a time, in Unix seconds; `until` is the last day on which one does. */
export function standingExceptions(exceptions: readonly Exception[], now: number): readonly Exception[] {
  return exceptions.filter(({ until }) => until === undefined || dayOf(now) <= until)
}

/** Whether an exception is made for all of whom the candidate names. One for a single finding is weighed once it has its id. */
export function isExcepted(candidate: Candidate, rule: string, exceptions: readonly Exception[]): boolean {
  return exceptions.some(
    exception =>
      exception.finding === undefined &&
      (exception.rule ?? rule) === rule &&
      covers(exception.source, candidate.sources.items) &&
      covers(exception.target, candidate.targets.items) &&
      (exception.port === undefined || candidate.ports.items.every(port => port === exception.port)),
  )
}

/** The exception, in the form of a line of `exceptions:`, that silences one finding and nothing else. */
export function silenceOf(rule: string, id: string, entity: string): string {
  return `{ rule: ${rule}, finding: "${id}", reason: "known: ${entity}" }`
}

export function isSilenced(rule: string, id: string, exceptions: readonly Exception[]): boolean {
  return exceptions.some(exception => exception.finding === id && (exception.rule ?? rule) === rule)
}

function covers(network: string | undefined, addresses: readonly string[]): boolean {
  return network === undefined || (addresses.length > 0 && addresses.every(address => isWithin(address, network)))
}
