import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ObjectSource, Place, SourceObject } from '../source/index.js'

/** An object that was brought here. */
export interface LoadedObject {
  readonly object: SourceObject
  readonly path: string
  /** Where its records are from, if its name does not say so. */
  readonly place?: Place
}

/** Objects that become one batch. */
export interface Load {
  readonly objects: readonly LoadedObject[]
  /** Objects that the lake has. */
  readonly known: readonly SourceObject[]
  readonly missed: readonly (
    | { readonly kind: 'gone'; readonly object: string }
    | { readonly kind: 'failed'; readonly object: string; readonly reason: string }
  )[]
  /** Removes what was brought here. */
  release(): Promise<void>
}

/** A batch is read as one, and read again as one where a run is killed. */
const BATCH_BYTES = 256_000_000
const BATCH_OBJECTS = 2_000
/** Objects that are brought here at once. */
const AT_ONCE = 16

/** Tests bound a batch to few objects, so that many are made of little. */
const mostObjects = (): number => Math.max(1, Math.floor(Number(process.env['WEIR_BATCH_OBJECTS']) || BATCH_OBJECTS))

/**
 * The new objects of a source, in loads of bounded size. While one load is stored, the next is on its way: two are on disk at most.
 */
export async function* loadsOf(
  source: ObjectSource,
  options: { isKnown: (object: SourceObject) => boolean; folder: string; signal: AbortSignal | undefined },
): AsyncGenerator<Load, void, void> {
  const loads = collected(source, options)
  let next = loads.next()
  try {
    for (;;) {
      const load = await next
      if (load.done) return
      next = loads.next()
      next.catch(() => undefined) // told when its turn comes
      yield load.value
    }
  } finally {
    await next.catch(() => undefined)
    await loads.return(undefined)
  }
}

async function* collected(
  source: ObjectSource,
  { isKnown, folder, signal }: { isKnown: (object: SourceObject) => boolean; folder: string; signal: AbortSignal | undefined },
): AsyncGenerator<Load, void, void> {
  let number = 0
  let load = newLoad()
  const most = mostObjects()
  const atOnce = Math.min(AT_ONCE, most)
  const seen = new Set<string>()
  for await (const page of source.list()) {
    const fresh: SourceObject[] = []
    for (const object of page) {
      if (seen.has(object.name)) load.known.push(object)
      else if (isKnown(object)) load.known.push(object)
      else {
        seen.add(object.name)
        fresh.push(object)
      }
    }
    for (let at = 0; at < fresh.length; at += atOnce) {
      signal?.throwIfAborted()
      const some = fresh.slice(at, at + atOnce)
      const fetched = await Promise.all(some.map(object => source.fetch(object, join(folder, String(number++)))))
      for (const one of fetched) {
        if (one.kind === 'fetched') load.objects.push({ object: one.object, path: one.path })
        else if (one.kind === 'gone') load.missed.push({ kind: 'gone', object: one.object.name })
        else load.missed.push({ kind: 'failed', object: one.object.name, reason: one.reason })
      }
      const bytes = load.objects.reduce((sum, { object }) => sum + object.bytes, 0)
      if (bytes >= BATCH_BYTES || load.objects.length >= most) {
        yield released(load, folder)
        load = newLoad()
      }
    }
  }
  yield released(load, folder)
}

interface OpenLoad {
  readonly objects: LoadedObject[]
  readonly known: SourceObject[]
  readonly missed: Load['missed'][number][]
}

const newLoad = (): OpenLoad => ({ objects: [], known: [], missed: [] })

const released = (load: OpenLoad, folder: string): Load => ({
  ...load,
  async release() {
    for (const { path } of load.objects) if (path.startsWith(folder)) await rm(path, { force: true })
  },
})
