import type { UnreadableSource } from './find.js'

/** Something that holds log lines and can be named: a file, an object in S3. */
export interface SourceObject {
  /** Its name for good, whatever SOURCE led to it: `s3://bucket/key`, or the absolute path of a file. */
  readonly name: string
  /** Differs when its content does: the ETag of an object, size and time of change of a file. */
  readonly version: string
  /** As it lies, compressed. */
  readonly bytes: number
}

/** What became of bringing an object here. */
export type Fetched =
  /** `object` is what was read: its version may be newer than that of the listing. */
  | { readonly kind: 'fetched'; readonly object: SourceObject; readonly path: string }
  /** It was deleted between listing and reading. */
  | { readonly kind: 'gone'; readonly object: SourceObject }
  | { readonly kind: 'failed'; readonly object: SourceObject; readonly reason: string }

/** A SOURCE that is ingested: it lists objects and brings them here one by one. */
export interface ObjectSource {
  /** Pages of objects. Never more than a page or two are held. */
  list(): AsyncIterable<readonly SourceObject[]>
  /** Brings an object to the file `path`, or says where it stands already. Safe to call for several at once. */
  fetch(object: SourceObject, path: string): Promise<Fetched>
  /** Told of objects that stand in the lake, once they do: a queue deletes their messages. */
  settle(objects: readonly SourceObject[]): Promise<void>
  /** Parts of the SOURCE that could not be listed, as they become known. */
  readonly unreadable: readonly UnreadableSource[]
  close(): void
}
