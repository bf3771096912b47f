import { describe, expect, test } from 'vitest'
import { fieldsOfLogFormat, formatOfGroup } from './log-format.js'

const flowLog = (LogFormat: string, created: number) => ({ LogFormat, CreationTime: new Date(created) })

describe('a log format', () => {
  test('is the names of its fields', () => {
    expect(fieldsOfLogFormat('${version} ${account-id} ${pkt-srcaddr}')).toEqual(['version', 'account-id', 'pkt-srcaddr'])
    expect(fieldsOfLogFormat('${version} ${of-next-year}')).toEqual(['version', 'of-next-year'])
  })
  test('is none where it is empty, or a name stands twice', () => {
    expect(fieldsOfLogFormat('')).toBeUndefined()
    expect(fieldsOfLogFormat('${version} ${version}')).toBeUndefined()
  })
})

describe('the format of a group', () => {
  test('is that of its flow logs, since the first of them', () => {
    const flowLogs = [flowLog('${version} ${srcaddr}', 2000), flowLog('${version}  ${srcaddr}', 1000)]
    expect(formatOfGroup(flowLogs)).toEqual({ fields: ['version', 'srcaddr'], since: 1000 })
  })
  test('is unknown where they differ, or there are none', () => {
    expect(formatOfGroup([flowLog('${version} ${srcaddr}', 1), flowLog('${version} ${dstaddr}', 1)])).toBeUndefined()
    expect(formatOfGroup([flowLog('${version}', 1), {}])).toBeUndefined()
    expect(formatOfGroup([])).toBeUndefined()
  })
})
