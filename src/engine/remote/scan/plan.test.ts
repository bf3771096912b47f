import { expect, test } from 'vitest'
import { readPlan } from './plan.js'

/** The plan of one scan of `hive.weir.records`, of which `regions` is what it tells of the partitions. */
async function regionsOf(regions: string) {
  const scan = {
    name: 'TableScan',
    descriptor: { table: 'hive:weir:records' },
    outputs: [],
    details: ['bytes := bytes:bigint:REGULAR', 'region:string:PARTITION_KEY', `    :: ${regions}`],
    children: [],
  }
  const text = JSON.stringify({ 0: scan })
  const batches = (async function* () {
    yield [[text]]
  })()
  const { scans } = await readPlan({ columns: [{ name: 'plan', type: 'varchar' }], batches })
  return scans[0]?.partitions.get('region')
}

test.each([
  [
    'values',
    '[[eu-west-1], [us-east-1]]',
    [
      ['eu-west-1', 'eu-west-1'],
      ['us-east-1', 'us-east-1'],
    ],
  ],
  ['a range', '[[a, b]]', [['a', 'b']]],
  ['an open end', '[[<min>, b]]', [[undefined, 'b']]],
  [
    'no value is a partition of its own',
    '[NULL, [us-east-1]]',
    [
      ['us-east-1', 'us-east-1'],
      ['__HIVE_DEFAULT_PARTITION__', '__HIVE_DEFAULT_PARTITION__'],
    ],
  ],
])('%s', async (_, told, expected) => {
  expect((await regionsOf(told))?.map(({ low, high }) => [low, high])).toEqual(expected)
})

test('what bounds nothing bounds nothing', async () => {
  expect(await regionsOf('[NULL]')).toBeUndefined()
})
