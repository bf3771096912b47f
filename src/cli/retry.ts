import type { Readable } from 'node:stream'
import { ingest, IngestTally, ownFolders, quarantinedObjects, type IngestReport, type LakeOptions } from '../lake/index.js'
import { openFolder, openS3, type AwsOptions, type ObjectSource } from '../source/index.js'
import { schemeOf } from './sources.js'

export interface RetryOptions extends LakeOptions {
  readonly fields?: string | undefined
  readonly aws: AwsOptions
  readonly stdin: Readable
}

/** Reads objects of a lake's quarantine again, wherever they are; what comes out of it takes the place of what is known of them. */
export async function retry(lake: string, options: RetryOptions): Promise<readonly IngestReport[]> {
  const names = (await quarantinedObjects(lake, options)).map(({ object }) => object)
  const local = names.filter(name => name.startsWith('/') || /^[A-Za-z]:[\\/]/.test(name))
  const remote = names.filter(name => schemeOf(name) === 's3')
  const choice = { accounts: [], regions: [], vpcs: [] }
  const sources: (() => Promise<ObjectSource>)[] = [
    ...(local.length === 0
      ? []
      : [() => openFolder(local, { stdin: options.stdin, tempDir: options.tempDir }, ownFolders(lake))]),
    ...remote.map(name => () => Promise.resolve(only(name, openS3(name, { ...options.aws, ...choice })))),
  ]
  const others = names.filter(name => !local.includes(name) && !remote.includes(name))
  const unreadable = others.map(source => ({ source, reason: 'it cannot be read again: only files and S3 objects can' }))
  const reports: IngestReport[] = [new IngestTally().report(unreadable)]
  for (const open of sources) {
    const source = await open()
    try {
      reports.push(await ingest(lake, source, { ...options, again: new Set(names) }))
    } finally {
      source.close()
    }
  }
  return reports
}

/** A key is listed as a prefix: others may begin so. */
export const only = (name: string, source: ObjectSource): ObjectSource => ({
  ...source,
  async *list() {
    for await (const page of source.list()) yield page.filter(object => object.name === name)
  },
})
