import { quoted } from '../literal.js'

/** Fewer rows a group cost a fifth of the size; more, memory. */
const ROW_GROUP = 491_520

/** How parts are written, with a text under the key `weir` in their metadata. */
export const formatOf = (metadata: string): string =>
  `FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP}, KV_METADATA {weir: ${quoted(metadata)}}`
