import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { unwrap } from './unwrap.js'

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text)
}

async function kinds(root: 'array' | 'objects', ...texts: string[]): Promise<string[]> {
  const found: string[] = []
  for await (const piece of unwrap(chunks(...texts), root)) found.push(piece.kind === 'line' ? piece.text : piece.kind)
  return found
}

describe('unwrapping JSON', () => {
  test('objects stand one after the other, with or without a newline', async () => {
    expect(await kinds('objects', '{"message":"a b"}{"message":"c"}\n{"mess', 'age":"d"}')).toEqual(['a b', 'c', 'd'])
  })
  test('one document holds many events', async () => {
    expect(await kinds('objects', '{"events":[{"message":"a","x":{"y":1}},{"mess', 'age":"c"}],"nextToken":"f"}')).toEqual([
      'a',
      'c',
    ])
    expect(await kinds('array', '[{"message":"a"},', '{"message":"b"}]')).toEqual(['a', 'b'])
  })
  test('subscription payloads, plain and packed, and their probes', async () => {
    const payload = '{"messageType":"DATA_MESSAGE","logEvents":[{"id":"1","message":"a"},{"id":"2","message":"b"}]}'
    const probe = '{"messageType":"CONTROL_MESSAGE","logEvents":[{"message":"CWL CONTROL MESSAGE: Checking health"}]}'
    const packed = gzipSync(payload).toString('base64')
    expect(await kinds('objects', payload + probe)).toEqual(['a', 'b', 'control'])
    expect(await kinds('objects', `{"awslogs":{"data":"${packed}"}}`)).toEqual(['a', 'b'])
    expect(await kinds('objects', `{"Records":[{"kinesis":{"data":"${packed}"}}]}`)).toEqual(['a', 'b'])
  })
  test('records of Firehose: payloads of gzip, JSON or bare lines, also where a transformation failed', async () => {
    const record = (data: string | Uint8Array) => `{"recordId":"1","data":"${Buffer.from(data).toString('base64')}"}`
    const packed = gzipSync('{"logEvents":[{"message":"a"},{"message":"b"}]}')
    expect(
      await kinds(
        'objects',
        `{"invocationId":"1","records":[${record(packed)},${record('c d\ne\n')},${record('{"message":"f"}')}]}`,
      ),
    ).toEqual(['a', 'b', 'c d', 'e', 'f'])
    expect(await kinds('objects', `{"records":[${record('{"message":"a"}\n{"message":"b"}')}]}`)).toEqual(['a', 'b'])
    expect(await kinds('objects', record(packed).replace('data', 'rawData'))).toEqual(['a', 'b'])
  })
  test('a payload without text in it is one unreadable line', async () => {
    for (const data of ['', '!', Buffer.from([0xff, 0x00]).toString('base64'), packedBadly()])
      expect(await kinds('objects', `{"records":[{"recordId":"1","data":"${data}"}]}`)).toEqual(['unreadable'])
  })
  test('a broken piece is one unreadable line, and the rest is read', async () => {
    expect(await kinds('objects', '{"message":"a"}\n{"message": oops}\n{"message":"b"}\n')).toEqual(['a', 'unreadable', 'b'])
    expect(await kinds('objects', '{"events":[{"message":"a"},{"mess')).toEqual(['a', 'unreadable'])
  })
  test('an object that holds no message is unreadable', async () => {
    expect(await kinds('objects', '{"other":1}')).toEqual(['unreadable'])
  })
})

/** A gzip that ends in the middle. */
const packedBadly = (): string => gzipSync('{"logEvents":[]}').subarray(0, 20).toString('base64')
