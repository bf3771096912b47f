import { describe, expect, test } from 'vitest'
import { Fault } from '../../fault/index.js'
import { groupOf } from './group.js'

describe('the name of a log group', () => {
  test('is what follows the scheme, its own slash included', () => {
    expect(groupOf('cloudwatch://flow-logs')).toMatchObject({ name: 'flow-logs', arn: undefined, region: undefined })
    expect(groupOf('cloudwatch:///aws/vpc/flow')).toMatchObject({ name: '/aws/vpc/flow' })
    expect(groupOf('cloudwatch://flow#1')).toMatchObject({ name: 'flow#1' })
  })
  test('may be an ARN, which tells region and account too', () => {
    const arn = 'arn:aws-us-gov:logs:us-gov-east-1:123456789012:log-group:/aws/vpc/flow'
    const group = { name: '/aws/vpc/flow', arn, region: 'us-gov-east-1', account: '123456789012' }
    expect(groupOf(arn)).toEqual(group)
    expect(groupOf(`cloudwatch://${arn}:*`)).toEqual(group)
  })
  test('is refused where CloudWatch has no such names', () => {
    for (const url of ['cloudwatch://', 'cloudwatch://a b', 'cloudwatch://arn:aws:logs:eu-west-1:123456789012:log-stream:x'])
      expect(() => groupOf(url)).toThrow(Fault)
  })
})
