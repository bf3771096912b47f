import type { Command } from 'commander'
import { z } from 'zod'
import type { Effects } from '../effects.js'

const shape = z.object({ lake: z.string().optional() })

/** The option of a command that uses a lake. */
export const withLake = (command: Command): Command =>
  command.option('--lake <dir>', 'the lake, with tables that you create (default: $WEIR_LAKE, else ./weir-lake)')

export const lakeOf = (command: Command, env: Effects['env']): string =>
  shape.parse(command.opts()).lake ?? env.WEIR_LAKE ?? 'weir-lake'
