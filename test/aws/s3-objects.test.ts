import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openObjects, type StoredObjects } from '../../src/engine/index.js'
import { describeAws } from './emulator.js'

describeAws('files of a table in S3', aws => {
  let objects: StoredObjects
  beforeAll(async () => {
    const client = new S3Client({ endpoint: aws.endpoint, forcePathStyle: true })
    await client.send(new CreateBucketCommand({ Bucket: 'table' }))
    for (const Key of ['lake/date=2026-01-05/a', 'lake/date=2026-01-06/b', 'lake/date=2026-01-06/_c'])
      await client.send(new PutObjectCommand({ Bucket: 'table', Key, Body: `bytes of ${Key}` }))
    client.destroy()
    objects = openObjects({ endpointUrl: aws.endpoint })
  })
  afterAll(() => objects?.close())

  test('are listed below a prefix, without what Hive passes over, and read in parts', async () => {
    const found = []
    for await (const object of objects.list('s3a://table/lake/date=2026-01-06')) found.push(object)
    expect(found).toEqual([{ path: 's3://table/lake/date=2026-01-06/b', bytes: 31 }])
    const bytes = await objects.read('s3://table/lake/date=2026-01-06/b', 9, 13)
    expect(Buffer.from(bytes).toString()).toBe('lake')
  })

  test('that are not there are told of with their bucket', async () => {
    const nowhere = objects.list('s3://nobodys/lake/')[Symbol.asyncIterator]()
    await expect(nowhere.next()).rejects.toMatchObject({ code: 'source-unreadable', where: 's3://nobodys/lake/' })
    expect(objects.holds('s3://table/lake/')).toBe(true)
    expect(objects.holds('local:///lake/')).toBe(false)
  })
})
