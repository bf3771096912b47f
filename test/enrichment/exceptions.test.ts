import { describe, expect, test } from 'vitest'
import { loadRules, parseConfig, runRules } from '../../src/detect/index.js'
import { eni, ownLakes, plain, type Lake } from './world.js'

const newLake = ownLakes()

/** A host of VPC 1 and account 1 tries 40 others, and so does one with the same address in VPC 2 and account 2; over IPv6, too. */
const sweeps = ['1', '2'].flatMap(id =>
  ['10.0.0.', 'fd00::'].flatMap(prefix =>
    Array.from({ length: 40 }, (_, i) => {
      const at = `${1_767_607_200 + i} ${1_767_607_201 + i}`
      return `2 ${id.repeat(12)} eni-${id} ${prefix}9 ${prefix}${100 + i} 51000 445 6 1 60 ${at} ACCEPT OK 2 egress vpc-${id}`
    }),
  ),
)
const header = `${plain} tcp-flags flow-direction vpc-id`

async function scan(lake: Lake, exceptions: string) {
  const engine = await lake.open(sweeps, header)
  try {
    const config = parseConfig(`exceptions: [${exceptions}]`)
    const rules = loadRules().filter(({ id }) => id === 'address-scan')
    const { findings, coverage } = await runRules({ engine, rules, input: await engine.input(), config, now: 0 })
    const told = coverage.filter(({ code }) => ['silenced', 'exception-unknown'].includes(code)).map(({ message }) => message)
    return {
      found: findings.map(({ evidence, entity }) => `${/vpc-\d/.exec(evidence.sql)?.[0] ?? ''} ${entity.value}`).sort(),
      told,
    }
  } finally {
    await engine.close()
  }
}

const of = (vpc: string) => [`${vpc} 10.0.0.9`, `${vpc} fd00::9`]

async function inventory(): Promise<Lake> {
  const lake = newLake()
  const tagged = (role: string) => ({ TagSet: [{ Key: 'role', Value: role }, { Key: 'team', Value: 'red' }] }) // prettier-ignore
  await lake.enrich('network-interfaces', {
    NetworkInterfaces: [
      eni('eni-1', 'vpc-1', ['10.0.0.9', 'fd00::9'], tagged('scanner')),
      eni('eni-2', 'vpc-2', ['10.0.0.9', 'fd00::9'], { ...tagged('web'), OwnerId: '222222222222' }),
    ],
  })
  return lake
}

describe('exceptions by tag', () => {
  test('silence the host that has all of the tags, in its VPC alone', async () => {
    expect(await scan(await inventory(), '{ rule: address-scan, tag: { role: scanner, team: red }, reason: ours }')).toEqual({
      found: of('vpc-2'),
      told: ['2 silenced by the exception { rule: address-scan, tag: { role: scanner, team: red } }: ours'],
    })
  })

  test('silence nothing where no host has them, and say so', async () => {
    expect(await scan(await inventory(), '{ tag: { role: scaner } }')).toEqual({
      found: [...of('vpc-1'), ...of('vpc-2')],
      told: ['The exception { tag: { role: scaner } } silences nothing: it fits no host of ours in these logs'],
    })
  })

  test('silence nothing where nobody knows of tags, and say so', async () => {
    const { found, told } = await scan(newLake(), '{ tag: { role: scanner } }')
    expect(found).toHaveLength(4)
    expect(told).toEqual([expect.stringMatching(/silences nothing: no inventory .* \(weir lake enrich network-interfaces/)])
  })
})

test('exceptions by account silence its hosts, by the logs alone and by the inventory', async () => {
  for (const lake of [newLake(), await inventory()])
    expect(await scan(lake, '{ family: scan, account: "222222222222" }')).toMatchObject({ found: of('vpc-1') })
})
