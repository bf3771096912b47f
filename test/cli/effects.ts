import { Readable } from 'node:stream'
import type { Effects, Screen } from '../../src/cli/index.js'

export interface TestWorld {
  readonly stdin?: string
  readonly env?: Readonly<Record<string, string>>
  /** Columns of a terminal; without it both streams are pipes. */
  readonly terminal?: number
  readonly now?: string
  /** The person has pressed Ctrl-C already. */
  readonly interrupted?: boolean
}

export interface TestEffects extends Effects {
  readonly printed: { stdout: string; stderr: string }
}

/** A world that keeps what is printed, with a clock that stands still. */
export function testEffects(world: TestWorld = {}): TestEffects {
  const printed = { stdout: '', stderr: '' }
  const interruption = new AbortController()
  if (world.interrupted) interruption.abort()
  const screen = (name: keyof typeof printed): Screen => ({
    write: text => {
      printed[name] += text
      return Promise.resolve()
    },
    isTerminal: world.terminal !== undefined,
    columns: world.terminal ?? 80,
  })
  return {
    stdin: Readable.from([world.stdin ?? '']),
    stdout: screen('stdout'),
    stderr: screen('stderr'),
    env: world.env ?? {},
    now: () => new Date(world.now ?? '2026-01-06T00:00:00Z'),
    interrupted: interruption.signal,
    printed,
  }
}
