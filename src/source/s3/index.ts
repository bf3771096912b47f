import type { AwsOptions } from '../aws/options.js'
import type { UnreadableSource } from '../find.js'
import type { ObjectSource, SourceObject } from '../object.js'
import { s3Address } from './address.js'
import { S3 } from './client.js'
import { readObject } from './read.js'
import { Walk } from './walk.js'

export interface S3Options extends AwsOptions {
  /** Objects delivered on these UTC days, widened by `lookBack`, where the layout tells days. */
  readonly since?: Date | undefined
  readonly until?: Date | undefined
  /** Milliseconds; one day unless told otherwise. */
  readonly lookBack?: number | undefined
  /** Where the layout tells them, only their prefixes are listed; none means all. */
  readonly accounts: readonly string[]
  readonly regions: readonly string[]
  /** AWS's layout knows no VPCs: they are chosen among the records. */
  readonly vpcs: readonly string[]
}

const ONE_DAY = 86_400_000

/** The objects under `s3://bucket/prefix`. Throws a `Fault` where the address names no bucket; nothing is asked of AWS yet. */
export function openS3(url: string, options: S3Options): ObjectSource {
  const s3 = new S3(options)
  const unreadable: UnreadableSource[] = []
  const choice = { ...options, lookBack: options.lookBack ?? ONE_DAY }
  const walk = new Walk(s3, s3Address(url), choice, part => unreadable.push(part))
  return {
    list: () => walk.pages(),
    fetch: (object: SourceObject, path: string) => readObject(s3, object, path),
    settle: async () => {},
    unreadable,
    close: () => s3.close(),
  }
}
