import { createWriteStream, statSync, type WriteStream } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Fault } from '../../fault/index.js'
import type { Effects } from '../effects.js'
import { styleFor, type Style } from './style.js'

/** Where a command's answer goes: stdout, or the file of `--output`. */
export interface Output {
  write(text: string): Promise<void>
  readonly style: Style
  /** What a line may take; undefined where nothing is shortened or wrapped: in a file or a pipe. */
  readonly width: number | undefined
  close(): Promise<void>
}

export interface OutputChoice {
  readonly file: string | undefined
  readonly color: boolean
}

/** Throws a Fault of kind `usage` where the file cannot be: before anything is read. The file is opened by the first write. */
export function outputFor(choice: OutputChoice, effects: Effects): Output {
  const output = outputOf(choice, effects)
  return {
    ...output,
    write(text) {
      effects.interrupted.throwIfAborted()
      return output.write(text)
    },
  }
}

function outputOf(choice: OutputChoice, effects: Effects): Output {
  if (choice.file === undefined) {
    return {
      write: text =>
        effects.stdout.write(text).catch((error: unknown) => {
          throw isBrokenPipe(error) ? error : failed('standard output', error)
        }),
      style: styleFor(effects.stdout, choice.color, effects.env),
      width: effects.stdout.isTerminal ? effects.stdout.columns : undefined,
      close: () => Promise.resolve(),
    }
  }
  const path = resolve(choice.file)
  requirePlace(path)
  return fileOutput(path, effects)
}

function fileOutput(path: string, effects: Effects): Output {
  let stream: WriteStream | undefined
  const opened = (): WriteStream => {
    stream ??= createWriteStream(path).on('error', () => undefined)
    return stream
  }
  return {
    write: text =>
      new Promise((done, reject) => {
        opened().write(text, error => (error ? reject(failed(path, error)) : done()))
      }),
    style: styleFor({ isTerminal: false }, false, effects.env),
    width: undefined,
    close: () =>
      new Promise((done, reject) => opened().end((error?: Error | null) => (error ? reject(failed(path, error)) : done()))),
  }
}

function requirePlace(path: string): void {
  const folder = dirname(path)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Fault({
      code: 'output-folder',
      kind: 'usage',
      message: `the folder of --output does not exist`,
      where: folder,
      action: `mkdir -p ${folder}`,
    })
  }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Fault({
      code: 'output-file',
      kind: 'usage',
      message: '--output is a folder',
      where: path,
      expected: 'the name of a file',
    })
  }
}

/** Who reads has gone away. */
export const isBrokenPipe = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EPIPE'

const failed = (where: string, cause: unknown): Fault =>
  new Fault({
    code: 'output-write',
    kind: 'engine',
    message: `the answer cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
    where,
    action: 'see that there is room, or name another place with --output FILE',
    cause,
  })
