import { Fault } from '../../fault/index.js'

export interface S3Address {
  readonly bucket: string
  /** A key or what keys begin with; empty for a whole bucket. */
  readonly key: string
}

/** `s3://bucket/key`, taken literally: keys may hold any character. Throws a `Fault` where there is no bucket. */
export function s3Address(url: string): S3Address {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(url) ?? []
  if (bucket) return { bucket, key }
  throw new Fault({
    code: 'source-address',
    kind: 'usage',
    message: `${url} names no bucket`,
    expected: 's3://bucket or s3://bucket/prefix/',
    action: 'name the bucket after s3://',
  })
}

export const s3Name = ({ bucket, key }: S3Address): string => `s3://${bucket}/${key}`
