import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, constants, realpath, stat } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import { findFiles, reasonOf, type FindOptions, type UnreadableSource } from './find.js'
import type { Fetched, ObjectSource, SourceObject } from './object.js'

const PAGE = 1_000

/**
 * Files, folders and globs as objects: named by their absolute paths, their versions by size and time of change. Standard input is
 * named by its content. Files within the folders `without` are passed over: a lake does not take itself in.
 */
export async function openFolder(
  sources: readonly string[],
  options: FindOptions,
  without: readonly string[],
): Promise<ObjectSource> {
  const found = await findFiles(sources, options)
  const unreadable: UnreadableSource[] = [...found.unreadable]
  const inside = await Promise.all(without.map(async folder => `${await realpath(folder).catch(() => resolve(folder))}${sep}`))
  const files = found.files.filter(({ path }) => !inside.some(folder => path.startsWith(folder)))
  if (found.files.length === 0 && unreadable.length === 0)
    unreadable.push({ source: sources.join(' '), reason: 'there is no file in it' })
  const paths = new Map<string, string>()
  return {
    unreadable,
    async *list() {
      for (let at = 0; at < files.length; at += PAGE) {
        const page: SourceObject[] = []
        for (const { path, source } of files.slice(at, at + PAGE)) {
          try {
            const { size, mtimeNs } = await stat(path, { bigint: true })
            const name = source === '-' ? `stdin:${await hashOf(path)}` : path
            paths.set(name, path)
            page.push({ name, version: `${size}-${mtimeNs}`, bytes: Number(size) })
          } catch (error) {
            unreadable.push({ source, reason: reasonOf(error) })
          }
        }
        yield page
      }
    },
    async fetch(object): Promise<Fetched> {
      const path = paths.get(object.name) ?? object.name
      try {
        await access(path, constants.R_OK)
        return { kind: 'fetched', object, path }
      } catch (error) {
        const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT'
        return isGone ? { kind: 'gone', object } : { kind: 'failed', object, reason: reasonOf(error) }
      }
    },
    settle: () => Promise.resolve(),
    close: () => undefined,
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
