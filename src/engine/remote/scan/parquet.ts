import { parquetMetadataAsync, type FileMetaData } from 'hyparquet'
import { Fault } from '../../../fault/index.js'
import type { StoredObject, StoredObjects } from './objects.js'

/** Where the parts of a Parquet file stand that a scan may read. */
export interface Footer {
  /** Of the footer itself. */
  readonly bytes: number
  /** Chunks of columns, by where they stand. */
  readonly chunks: readonly Chunk[]
}

interface Chunk {
  /** Lower case: to Hive names have no case. */
  readonly column: string
  readonly rowGroup: number
  readonly start: number
  readonly bytes: number
  /** Its bloom filter and its indexes of pages. */
  readonly beside: number
}

/** A server's first look at a file. */
const TAIL = 48 * 2 ** 10
/** Files up to this size are read as a whole. */
const SMALL = 3 * 2 ** 20
/** Parts that stand so near to each other are read as one, up to this size. */
const NEAR = 2 ** 20
const LARGEST_READ = 8 * 2 ** 20
/** A file is divided among readers in pieces of at least this size; each looks at the footer for itself. */
const PIECE = 32 * 2 ** 20

/**
 * What Trino reads of a Parquet file, and Athena with it, for a scan of some columns: the sizes above are its defaults
 * (`parquet.small-file-threshold`, `parquet.max-merge-distance`, `parquet.max-buffer-size`, `hive.max-initial-split-size`).
 */
export async function parquetBytes(object: StoredObject, columns: readonly string[], objects: StoredObjects): Promise<number> {
  if (object.bytes <= SMALL) return object.bytes
  const wanted = new Set(columns.map(column => column.toLowerCase()))
  const footer = await footerOf(object, objects)
  const chunks = footer.chunks.filter(({ column }) => wanted.has(column))
  const tail = footer.bytes + 8 <= TAIL ? TAIL : TAIL + footer.bytes
  const beside = chunks.reduce((sum, chunk) => sum + chunk.beside, 0)
  return tail * Math.ceil(object.bytes / PIECE) + beside + readTogether(chunks)
}

/** Bytes of the chunks of each row group, and of what stands between those that are read as one. */
function readTogether(chunks: readonly Chunk[]): number {
  let sum = 0
  let run: { rowGroup: number; start: number; end: number } | undefined
  for (const { rowGroup, start, bytes } of [...chunks].sort((a, b) => a.rowGroup - b.rowGroup || a.start - b.start)) {
    const end = start + bytes
    const isNear = run?.rowGroup === rowGroup && start - run.end <= NEAR && end - run.start <= LARGEST_READ
    if (run && isNear) run.end = Math.max(run.end, end)
    else {
      sum += run ? run.end - run.start : 0
      run = { rowGroup, start, end }
    }
  }
  return sum + (run ? run.end - run.start : 0)
}

/** Footers that were read, for as long as the objects are reached: each statement of a run asks for the same ones. */
const known = new WeakMap<StoredObjects, Map<string, Promise<Footer>>>()

function footerOf(object: StoredObject, objects: StoredObjects): Promise<Footer> {
  const footers = known.get(objects) ?? new Map<string, Promise<Footer>>()
  known.set(objects, footers)
  const key = `${object.bytes} ${object.path}`
  const footer = footers.get(key) ?? readFooter(object, objects)
  footers.set(key, footer)
  return footer
}

async function readFooter({ path, bytes }: StoredObject, objects: StoredObjects): Promise<Footer> {
  const slice = async (from: number, to: number = bytes): Promise<ArrayBuffer> => {
    const read = await objects.read(path, from, to)
    return new Uint8Array(read).buffer
  }
  try {
    return footerIn(await parquetMetadataAsync({ byteLength: bytes, slice }, { initialFetchSize: TAIL }))
  } catch (error) {
    if (error instanceof Fault) throw error
    throw new Fault({
      code: 'remote-parquet',
      kind: 'engine',
      message: 'this is no Parquet file, and stands in a table of such',
      where: path,
      action: 'take it away from there',
      cause: error,
    })
  }
}

function footerIn({ metadata_length, row_groups }: FileMetaData): Footer {
  const chunks = row_groups.flatMap(({ columns }, rowGroup) =>
    columns.flatMap((chunk): Chunk[] => {
      const { meta_data: told } = chunk
      if (!told) return []
      return [
        {
          column: (told.path_in_schema[0] ?? '').toLowerCase(),
          rowGroup,
          start: Number(told.dictionary_page_offset ?? told.data_page_offset),
          bytes: Number(told.total_compressed_size),
          beside: (told.bloom_filter_length ?? 0) + (chunk.column_index_length ?? 0) + (chunk.offset_index_length ?? 0),
        },
      ]
    }),
  )
  return { bytes: metadata_length, chunks }
}
