import type { Readable, Writable } from 'node:stream'

/** One stream of text that a person or a program reads. */
export interface Screen {
  /** Resolves when the text has left; rejects with what the system says, such as EPIPE where the reader went away. */
  write(text: string): Promise<void>
  readonly isTerminal: boolean
  /** The terminal's width in columns. */
  readonly columns: number
}

/** What touches the world, so that a test brings a world of its own. */
export interface Effects {
  readonly stdin: Readable
  readonly stdout: Screen
  readonly stderr: Screen
  readonly env: Readonly<Record<string, string | undefined>>
  now(): Date
  /** Aborts when a person (SIGINT) or the system (SIGTERM, SIGHUP) wants the program to end. */
  readonly interrupted: AbortSignal
}

/** This process. A second signal ends it at once, should the first one not be heeded. */
export function processEffects(): Effects {
  const interruption = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (interruption.signal.aborted) process.exit(130)
      interruption.abort()
    })
  }
  return {
    stdin: process.stdin,
    stdout: screenOn(process.stdout),
    stderr: unfailing(screenOn(process.stderr)),
    env: process.env,
    now: () => new Date(),
    interrupted: interruption.signal,
  }
}

function screenOn(stream: Writable & { isTTY?: boolean; columns?: number }): Screen {
  stream.on('error', () => undefined) // what failed is told to the one who wrote
  return {
    write: text =>
      new Promise((resolve, reject) => {
        stream.write(text, error => (error ? reject(error) : resolve()))
      }),
    isTerminal: stream.isTTY === true,
    get columns() {
      return stream.columns || 80 // 0 where the terminal does not know
    },
  }
}

/** Where nobody reads what is said beside the answer, the answer is still given. */
const unfailing = (screen: Screen): Screen => ({
  write: text => screen.write(text).catch(() => undefined),
  isTerminal: screen.isTerminal,
  get columns() {
    return screen.columns
  },
})
