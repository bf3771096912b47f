import type { Fault } from '../fault/index.js'

/** How a command ended, whatever it printed. */
export interface Outcome {
  /** Sources, or parts of them, that could not be read at all; the rest was. */
  readonly faults: readonly Fault[]
  /** Lines were quarantined or a source is damaged, and `--strict` was given. */
  readonly flawed: boolean
  /** It found what it was told to fail on. */
  readonly found: boolean
}

export const done: Outcome = { faults: [], flawed: false, found: false }

export const exitCodes = { done: 0, found: 1, usage: 2, flawed: 3, failed: 4, interrupted: 130 } as const

/** Where several hold: 2, 130, 4, 3, 1. */
export function exitCodeOf(outcome: Outcome, interrupted: boolean): number {
  if (outcome.faults.some(fault => fault.kind === 'usage')) return exitCodes.usage
  if (interrupted) return exitCodes.interrupted
  if (outcome.faults.length > 0) return exitCodes.failed
  if (outcome.flawed) return exitCodes.flawed
  return outcome.found ? exitCodes.found : exitCodes.done
}
