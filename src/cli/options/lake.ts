import { availableParallelism } from 'node:os'
import { Option, type Command } from 'commander'
import { z } from 'zod'
import { openTempDir, removeTempDir } from '../../engine/index.js'
import { isLake, type LakeOptions } from '../../lake/index.js'
import { Fault } from '../../fault/index.js'
import type { Effects } from '../effects.js'
import { byteSize, wholeNumber } from './number.js'
import { progressFor } from '../output/progress.js'

const shape = z.object({ lake: z.string().optional() })
const resources = z.object({ threads: z.number().optional(), memory: z.number().optional(), tempDir: z.string().optional() })

/** The option of a command that uses a lake. */
export const withLake = (command: Command): Command =>
  command.option('--lake <dir>', 'the lake, with tables that you create (default: $WEIR_LAKE, else ./weir-lake)')

export const lakeOf = (command: Command, env: Effects['env']): string =>
  shape.parse(command.opts()).lake ?? env.WEIR_LAKE ?? 'weir-lake'

/** The lake whose tables stand beside sources: that of `--lake`, else one that is named among the sources, else the default. */
export async function lakeBeside(command: Command, env: Effects['env'], sources: readonly string[]): Promise<string> {
  if (shape.parse(command.opts()).lake !== undefined) return lakeOf(command, env)
  return (await lakeAmong(sources)) ?? lakeOf(command, env)
}

/** The lake that is named among sources, where there is one. */
export async function lakeAmong(sources: readonly string[]): Promise<string | undefined> {
  for (const source of sources) if (await isLake(source)) return source
  return undefined
}

/** What work on a lake may take. */
export const withResources = (command: Command): Command =>
  command
    .addOption(new Option('--threads <n>', 'threads to work with (default: one a core)').argParser(wholeNumber('--threads', 1)))
    .addOption(new Option('--memory <size>', 'bound of the resident memory, such as 2GB').argParser(byteSize('--memory')))
    .option('--temp-dir <dir>', 'where what memory does not hold is put, and removed at the end')

const DEFAULT_MEMORY = 2_000_000_000

export const lakeResources = (
  { threads, memory }: { readonly threads?: number | undefined; readonly memory?: number | undefined },
  tempDir: string,
): LakeOptions => ({ memory: memory ?? DEFAULT_MEMORY, threads: threads ?? availableParallelism(), tempDir })

/** Works on a lake with a folder for what memory does not hold; tells how it goes on. */
export async function withLakeWork<T>(
  command: Command,
  effects: Effects,
  { name, quiet, unit = 'count' }: { readonly name: string; readonly quiet: boolean; readonly unit?: 'bytes' | 'count' },
  work: (options: LakeOptions) => Promise<T>,
): Promise<T> {
  const given = resources.parse(command.opts())
  const tempDir = await openTempDir(given.tempDir)
  const progress = progressFor(effects, { quiet })
  try {
    return await work({
      ...lakeResources(given, tempDir),
      signal: effects.interrupted,
      onProgress: step => progress.show(name, { ...step, unit }),
    })
  } finally {
    progress.end()
    await removeTempDir(tempDir)
  }
}

/** Throws a Fault of kind `source` where there is no lake. */
export async function requireLake(lake: string): Promise<string> {
  if (await isLake(lake)) return lake
  throw new Fault({
    code: 'lake-missing',
    kind: 'source',
    message: 'there is no lake',
    where: lake,
    action: 'weir ingest SOURCE… makes one; --lake or $WEIR_LAKE names another',
  })
}
