import { rm } from 'node:fs/promises'
import { join, sep } from 'node:path'
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
  const most = mostObjects()
  const atOnce = Math.min(AT_ONCE, most)
  let load = new OpenLoad()
  /** The load that is being stored while this one is collected. */
  let before = new OpenLoad()
  const isComing = (object: SourceObject): boolean => load.has(object) || before.has(object)
  for await (const page of source.list()) {
    const fresh: SourceObject[] = []
    for (const object of page) {
      if (isComing(object)) load.known.push(object)
      else if (isKnown(object)) load.standing.push(object)
      else fresh.push(object)
    }
    // Of what stands, no more is held than needs be.
    if (load.standing.length >= MOST_STANDING)
      yield { objects: [], known: load.standing.splice(0), missed: [], release: () => Promise.resolve() }
    for (let at = 0; at < fresh.length; at += atOnce) {
      signal?.throwIfAborted()
      const some = fresh.slice(at, at + atOnce)
      const fetched = await Promise.all(some.map(object => source.fetch(object, join(folder, String(number++)))))
      for (const one of fetched) {
        if (one.kind === 'gone') load.missed.push({ kind: 'gone', object: one.object.name })
        else if (one.kind === 'failed') load.missed.push({ kind: 'failed', object: one.object.name, reason: one.reason })
        else if (isComing(one.object) || isKnown(one.object)) {
          // It was told of twice, or is what it was before.
          load.known.push(one.object)
          await removeWithin(folder, one.path)
        } else {
          // Of two versions of an object, the later takes the place of the one before.
          if (load.names.has(one.object.name)) {
            yield released(load, folder)
            before = load
            load = new OpenLoad()
          }
          load.add({ object: one.object, path: one.path })
        }
      }
      if (load.bytes >= BATCH_BYTES || load.objects.length >= most) {
        yield released(load, folder)
        before = load
        load = new OpenLoad()
      }
    }
  }
  yield released(load, folder)
}

/** Objects of the lake that are held until the source is told of them. */
const MOST_STANDING = 5_000

class OpenLoad {
  readonly objects: LoadedObject[] = []
  /** Versions by name. */
  readonly names = new Map<string, string>()
  /** What is in this load or the one before it as well. */
  readonly known: SourceObject[] = []
  /** What the lake has. */
  readonly standing: SourceObject[] = []
  readonly missed: Load['missed'][number][] = []
  bytes = 0

  add(loaded: LoadedObject): void {
    this.objects.push(loaded)
    this.names.set(loaded.object.name, loaded.object.version)
    this.bytes += loaded.object.bytes
  }

  has({ name, version }: SourceObject): boolean {
    return this.names.get(name) === version
  }
}

const released = ({ objects, known, standing, missed }: OpenLoad, folder: string): Load => ({
  objects,
  known: [...known, ...standing],
  missed,
  async release() {
    for (const { path } of objects) await removeWithin(folder, path)
  },
})

/** Removes what was brought here; what was read where it stands is let be. */
async function removeWithin(folder: string, path: string): Promise<void> {
  if (path.startsWith(`${folder}${sep}`)) await rm(path, { force: true })
}
