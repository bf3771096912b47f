import { describe, expect, test } from 'vitest'
import { main } from '../../src/cli/index.js'
import { testEffects } from '../cli/effects.js'
import { eni, flowLog, line, ownLakes, plain, type Lake } from './world.js'

const newLake = ownLakes()

async function weir(lake: Lake, ...args: string[]) {
  const effects = testEffects({ env: { WEIR_LAKE: lake.path }, stdin: '203.0.113.7' })
  return { code: await main(args, effects), ...effects.printed }
}

describe('weir lake enrich', () => {
  test('puts tables beside the logs, lists them and takes them away', async () => {
    const lake = newLake()
    const inventory = lake.file('eni.json', { NetworkInterfaces: [eni('eni-1', 'vpc-1', ['10.0.0.5'])] })
    expect(await weir(lake, 'lake', 'enrich', 'network-interfaces', inventory)).toMatchObject({
      code: 0,
      stdout: 'network-interfaces: 1 row\n',
    })
    expect(await weir(lake, 'lake', 'enrich', 'known-bad', '-')).toMatchObject({ code: 0, stdout: 'known-bad: 1 row\n' })
    const { stdout } = await weir(lake, 'lake', 'enrich', '--format', 'csv')
    expect(stdout.split('\n').map(row => row.split(',').slice(0, 3).join())).toEqual([
      'name,kind,rows',
      'network-interfaces,inventory,1',
      'known-bad,list,1',
      '',
    ])
    expect((await weir(lake, 'lake', 'enrich')).stdout).toContain('not there: instances, vpcs')
    expect(await weir(lake, 'lake', 'enrich', 'known-bad', '--remove')).toMatchObject({
      code: 0,
      stdout: 'known-bad: taken away\n',
    })
  })

  test('query and coverage know them', async () => {
    const lake = newLake()
    await lake.enrich('network-interfaces', { NetworkInterfaces: [eni('eni-1', 'vpc-1', ['10.0.0.5'])] })
    const logs = lake.file('flows.log', `${plain}\n${line('eni-1 10.0.0.5 198.51.100.9')}\n`)
    const sql = `SELECT address, network FROM hosts WHERE interface_id = 'eni-1'`
    const { code, stdout } = await weir(lake, 'query', sql, logs, '--format', 'ndjson')
    expect([code, stdout]).toEqual([0, '{"address":"10.0.0.5","network":"vpc-1"}\n'])
    await lake.enrich('flow-logs', { FlowLogs: [flowLog('fl-1', 'vpc-1', { DeliverLogsErrorMessage: 'Access error' })] })
    expect((await weir(lake, 'coverage', logs, '--format', 'csv')).stdout).toContain('flow-log-delivery,')
  })

  test.each([['vpcs'], ['vpcs', 'a', '--remove'], ['--add'], ['--remove'], ['nonsense', 'a']])(
    '%s %s is wrong usage',
    async (...args) => {
      const { code, stdout } = await weir(newLake(), 'lake', 'enrich', ...args)
      expect([code, stdout]).toEqual([2, ''])
    },
  )

  test('a file that is not there, and one that is something else', async () => {
    const lake = newLake()
    expect(await weir(lake, 'lake', 'enrich', 'vpcs', '/nowhere')).toMatchObject({ code: 4, stdout: '' })
    const { code, stderr } = await weir(lake, 'lake', 'enrich', 'vpcs', lake.file('subnets.json', { Subnets: [] }))
    expect(code).toBe(4)
    expect(stderr).toContain('subnets.json, $.Vpcs')
  })
})
