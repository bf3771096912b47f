import { storedName, type Partition } from '../engine/index.js'
import { fieldNamed, unknownField, type Field } from '../format/index.js'
import type { LakeOptions } from './options.js'
import { standingOf } from './standing.js'

/** What a table over a lake has to know of it. */
export interface LakeShape {
  /** Fields that no field table knows, as the parts call them. */
  readonly unknown: readonly Field[]
  readonly partitions: readonly Partition[]
  /** Files beside the parts that are the lake's records: replaced, without the rest of their batch, or damaged. */
  readonly strays: number
}

/** The columns and partitions of a lake's records. */
export async function shapeOf(lake: string, options: LakeOptions): Promise<LakeShape> {
  const { parts, replaced, incomplete, damaged } = await standingOf(lake, options)
  const columns = new Set(parts.flatMap(({ layouts }) => layouts.flat()))
  return {
    unknown: [...columns].flatMap(column =>
      fieldNamed(column) ? [] : [{ ...unknownField(column), column: storedName(column) }],
    ),
    partitions: [...new Map(parts.map(({ partition }) => [JSON.stringify(partition), partition])).values()],
    strays: replaced.length + incomplete.length + damaged.length,
  }
}
