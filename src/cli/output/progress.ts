import { Writable } from 'node:stream'
import { SingleBar } from 'cli-progress'
import type { Effects, Screen } from '../effects.js'
import { counted, lasting, sized } from './text.js'

/** How far a long piece of work is, in bytes of the sources as they lie or in pieces. */
export interface Step {
  readonly done: number
  readonly total: number
  readonly unit: 'bytes' | 'count'
}

/** Shows on stderr how a long piece of work goes on, and says nothing that an answer needs. */
export interface Progress {
  /** Shows a piece of work by its name; a new name ends the last one. */
  show(name: string, step: Step): void
  /** Takes the bar away. */
  end(): void
}

/** Seconds between two lines where there is no terminal, and before the first. */
const LINE_EVERY = 5

export function progressFor(effects: Effects, options: { readonly quiet: boolean }): Progress {
  if (options.quiet) return { show: () => undefined, end: () => undefined }
  return effects.stderr.isTerminal ? bar(effects) : lines(effects)
}

function bar(effects: Effects): Progress {
  let current: { readonly bar: SingleBar; readonly name: string; readonly since: number } | undefined
  const end = (): void => {
    current?.bar.stop()
    current = undefined
  }
  return {
    show(name, step) {
      if (current?.name !== name) {
        end()
        current = { bar: newBar(effects, name), name, since: effects.now().getTime() }
        current.bar.start(step.total, step.done, { tail: '' })
      }
      current.bar.setTotal(step.total)
      current.bar.update(step.done, { tail: tailOf(step, effects.now().getTime() - current.since) })
    },
    end,
  }
}

const newBar = (effects: Effects, name: string): SingleBar =>
  new SingleBar({
    format: `${name} {bar} {percentage}% {tail}`,
    stream: lineStream(effects.stderr),
    barsize: Math.max(10, Math.min(40, effects.stderr.columns - 50)),
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    fps: 5,
    gracefulExit: false,
  })

/** The bar wants a stream that says what a terminal says. */
function lineStream(screen: Screen): NodeJS.WritableStream {
  const stream = new Writable({
    decodeStrings: false,
    write: (text: unknown, _encoding, written) => {
      screen.write(String(text)).catch(() => undefined)
      written()
    },
  })
  return Object.assign(stream, { isTTY: true, columns: screen.columns })
}

function lines(effects: Effects): Progress {
  let current = ''
  let since = 0
  let last = 0
  return {
    show(name, step) {
      const now = effects.now().getTime()
      if (name !== current) {
        current = name
        since = last = now
      }
      if (now - last < LINE_EVERY * 1000) return
      last = now
      const share = step.total > 0 ? `${Math.floor((step.done / step.total) * 100)}%, ` : ''
      effects.stderr.write(`${name}: ${share}${tailOf(step, now - since)}\n`).catch(() => undefined)
    },
    end: () => undefined,
  }
}

/** `512 MB of 1.2 GB, 80 MB/s, 9 s left` */
function tailOf(step: Step, elapsed: number): string {
  const text = step.unit === 'bytes' ? sized : counted
  const parts = [`${text(step.done)} of ${text(step.total)}`]
  const rate = elapsed >= 1000 ? (step.done / elapsed) * 1000 : 0 // before that it is a guess
  if (rate > 0) parts.push(`${text(Math.round(rate))}/s`, `${lasting(((step.total - step.done) / rate) * 1000)} left`)
  return parts.join(', ')
}
