import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { layoutOfHeader, tokensOf, type Layout } from '../format/index.js'
import type { DeliveredLog } from './deliveries.js'
import { linesAtHead, look } from './look.js'
import type { ObjectSource, SourceObject } from './object.js'

/** What a file of a flow log shows of its format. */
export type Sample = { readonly name: string } & (
  | { readonly kind: 'header'; readonly layout: Layout; readonly first: string }
  /** Lines of the head of a file without a header. */
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unfetched'; readonly reason: string }
  /** A table of text would read something else than what stands there. */
  | { readonly kind: 'unfit'; readonly reason: string }
)

/** Looks into the samples of a flow log. `tempDir` is where objects are brought for that, one after another. */
export async function samplesOf(log: DeliveredLog, source: ObjectSource, tempDir: string): Promise<readonly Sample[]> {
  const samples: Sample[] = []
  for (const object of log.samples) {
    const place = join(tempDir, 'sample')
    const fetched = await source.fetch(object, place)
    const { name } = object
    if (fetched.kind === 'gone') samples.push({ name, kind: 'empty' })
    else if (fetched.kind === 'failed') samples.push({ name, kind: 'unfetched', reason: fetched.reason })
    else {
      samples.push(await sampleIn(fetched.path, object))
      if (fetched.path === place) await rm(place, { force: true })
    }
  }
  return samples
}

async function sampleIn(path: string, { name, bytes }: SourceObject): Promise<Sample> {
  const unfit = (reason: string): Sample => ({ name, kind: 'unfit', reason })
  const found = await look({ path, source: name, bytes })
  if (found.kind === 'empty') return { name, kind: 'empty' }
  if (found.kind !== 'lines' || found.form !== 'plain') return unfit('it has no plain lines')
  if ((found.compression === 'gzip') !== name.endsWith('.gz')) return unfit('it is not compressed as its name says')
  const layout = layoutOfHeader(found.firstLine)
  if (layout) return { name, kind: 'header', layout, first: tokensOf(found.firstLine)[0] ?? '' }
  const lines = (await linesAtHead(path)).filter(line => line.trim() !== '')
  return lines.length === 0 ? { name, kind: 'empty' } : { name, kind: 'lines', lines }
}
