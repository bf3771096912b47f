import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { openS3Objects, type AwsOptions } from '../../../source/index.js'

/** A file that a table stands over, named as the server names it: `s3://bucket/key`, `local:///lake/…`. */
export interface StoredObject {
  readonly path: string
  readonly bytes: number
}

/** Reaches the files that a server reads. */
export interface StoredObjects {
  /** Whether what is below a place can be reached from here. */
  holds(place: string): boolean
  /** Files whose names begin with `prefix`, without those that a server passes over. */
  list(prefix: string): AsyncIterable<StoredObject>
  /** Bytes of one, the last of them excluded. */
  read(path: string, from: number, to: number): Promise<Uint8Array>
  close(): void
}

export interface StoredObjectsOptions extends AwsOptions {
  /** Folders of this machine by the place that the server sees in them: `local:///lake` → the lake. */
  readonly folders?: Readonly<Record<string, string>>
}

/** What lies in S3, and in folders of this machine that stand for a place of the server. */
export function openObjects({ folders = {}, ...aws }: StoredObjectsOptions): StoredObjects {
  const s3 = openS3Objects(aws)
  const isS3 = (place: string): boolean => /^s3[an]?:\/\//.test(place)
  const named = (place: string): string => place.replace(/^s3[an]:/, 's3:')
  const folderOf = (place: string): Folder | undefined => {
    const found = Object.entries(folders).find(([at]) => `${place}/`.startsWith(slashed(at)))
    return found && { place: slashed(found[0]), folder: found[1] }
  }
  return {
    holds: place => isS3(place) || folderOf(place) !== undefined,
    async *list(prefix) {
      const folder = folderOf(prefix)
      if (folder) return yield* listFolder(folder, prefix)
      for await (const page of s3.list(named(prefix))) for (const { name, bytes } of page) yield { path: name, bytes }
    },
    async read(path, from, to) {
      const folder = folderOf(path)
      return folder
        ? readFileRange(join(folder.folder, path.slice(folder.place.length)), from, to)
        : s3.read(named(path), from, to)
    },
    close: () => s3.close(),
  }
}

interface Folder {
  readonly place: string
  readonly folder: string
}

const slashed = (place: string): string => (place.endsWith('/') ? place : `${place}/`)

async function* listFolder({ place, folder }: Folder, prefix: string): AsyncGenerator<StoredObject> {
  const below = prefix.slice(place.length)
  const start = below.slice(0, below.lastIndexOf('/') + 1)
  const entries = await readdir(join(folder, start), { withFileTypes: true, recursive: true }).catch(() => [])
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    const name = place + path.slice(join(folder, '/').length).replaceAll('\\', '/')
    if (!entry.isFile() || !name.startsWith(prefix) || isPassedOver(name.slice(place.length))) continue
    yield { path: name, bytes: (await stat(path)).size }
  }
}

/** Hive passes over names that begin so. */
const isPassedOver = (path: string): boolean => path.split('/').some(name => /^[._]/.test(name))

async function readFileRange(path: string, from: number, to: number): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const bytes = Buffer.alloc(to - from)
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from)
    return bytes.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
