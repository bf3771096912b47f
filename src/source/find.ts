import { createWriteStream } from 'node:fs'
import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Readable } from 'node:stream'

/** A file that a SOURCE names, as it was found. */
export interface FoundFile {
  /** What is opened. */
  readonly path: string
  /** What a person calls it: the path as given or found, `-` for stdin. */
  readonly source: string
  readonly bytes: number
}

/** A SOURCE, or a part of one, that could not be read at all. */
export interface UnreadableSource {
  readonly source: string
  readonly reason: string
}

export interface Found {
  readonly files: readonly FoundFile[]
  readonly unreadable: readonly UnreadableSource[]
}

export interface FindOptions {
  readonly stdin: Readable
  /** Where stdin is kept while it is read more than once. */
  readonly tempDir: string
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  ELOOP: 'a symbolic link leads back to itself',
  ENAMETOOLONG: 'the name is too long',
}

export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error))
}

/** Hive and Weir keep what is not data under names that begin so; inside a folder such names are passed over. */
const HIDDEN = /^[._]/

const MAY_BE_GLOB = /[*?[\]{}()!]/

/** Files of every SOURCE: a file, a folder (recursively), a glob, or `-`; each file once, in the order of their names. */
export async function findFiles(sources: readonly string[], options: FindOptions): Promise<Found> {
  const files = new Map<string, FoundFile>()
  const unreadable: UnreadableSource[] = []

  const addFile = async (path: string, source: string): Promise<void> => {
    try {
      const real = await realpath(path)
      const { size } = await stat(real)
      if (!files.has(real)) files.set(real, { path: real, source, bytes: size })
    } catch (error) {
      unreadable.push({ source, reason: reasonOf(error) })
    }
  }

  const addFolder = async (path: string, above: ReadonlySet<string>): Promise<void> => {
    let entries
    const real = await realpath(path)
    if (above.has(real)) return
    try {
      entries = await readdir(path, { withFileTypes: true })
    } catch (error) {
      unreadable.push({ source: path, reason: reasonOf(error) })
      return
    }
    const inside = new Set(above).add(real)
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (!HIDDEN.test(entry.name)) await add(join(path, entry.name), inside, entry.isSymbolicLink())
    }
  }

  const add = async (path: string, above: ReadonlySet<string>, isLink: boolean): Promise<void> => {
    try {
      const about = await stat(path)
      if (about.isDirectory()) await addFolder(path, above)
      else if (about.isFile()) await addFile(path, path)
      else unreadable.push({ source: path, reason: 'it is neither a file nor a folder' })
    } catch (error) {
      const dangling = isLink && (await lstat(path).catch(() => undefined)) !== undefined
      unreadable.push({ source: path, reason: dangling ? 'a symbolic link that leads nowhere' : reasonOf(error) })
    }
  }

  for (const source of sources) {
    if (source === '-') {
      const path = join(options.tempDir, 'stdin')
      await pipeline(options.stdin, createWriteStream(path))
      files.set(path, { path, source: '-', bytes: (await stat(path)).size })
    } else if (MAY_BE_GLOB.test(source) && !(await exists(source))) {
      const { glob } = await import('tinyglobby')
      const paths = await glob(source, { dot: false, onlyFiles: false, expandDirectories: false, absolute: false })
      if (paths.length === 0) unreadable.push({ source, reason: 'no file matches' })
      for (const path of paths.sort()) await add(path, new Set(), false)
    } else {
      await add(source, new Set(), false)
    }
  }
  return { files: [...files.values()], unreadable }
}

const exists = async (path: string): Promise<boolean> => (await lstat(resolve(path)).catch(() => undefined)) !== undefined
