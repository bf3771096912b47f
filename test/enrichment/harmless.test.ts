import { expect, test } from 'vitest'
import { loadRules, runRules } from '../../src/detect/index.js'
import { recordsOf } from '../../src/detect/rule-tests/flow-table.js'
import { ownLakes } from './world.js'

const newLake = ownLakes()
const FIELDS =
  'version account-id interface-id vpc-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status tcp-flags flow-direction'
const OWN_SERVICE = "the address belongs to AWS's own services"

/** What is medium to an address of nobody known, and over IPv6 where the address is one. */
const traffic: Readonly<Record<string, string>> = {
  beacon: `
    src       dst           port  at          times  packets  bytes  reply
    10.0.0.9  198.51.100.7  443   +0s..+5h    61     9        1130   8/3300
    fd00::9   2001:db8::7   443   +0s..+5h    61     9        1310   8/3460`,
  'long-connection': `
    src       dst           port  sport  at         times  packets  bytes  duration  reply   flags
    10.0.0.9  198.51.100.7  443   50000  +0s..+11h  660    12       504    59        12/504  0
    fd00::9   2001:db8::7   443   50000  +0s..+11h  660    12       744    59        12/744  0`,
  strobe: `
    src       dst           port  at            times  packets  bytes  reply
    10.0.0.9  198.51.100.7  8080  +14h..+2279m  9500   4        400    -
    fd00::9   2001:db8::7   8080  +14h..+2279m  9500   4        480    -`,
  'exfiltration-volume': `
    src       dst           port  sport  at          times  packets  bytes      duration  reply           flags
    10.0.0.9  198.51.100.7  443   50000  +15h..+16h  60     70000    10000000   59        30000/1500000   2
    fd00::9   2001:db8::7   443   50000  +15h..+16h  60     70000    10000000   59        30000/1500000   2`,
  'exfiltration-new-destination': `
    src       dst           port  sport  at          times  packets  bytes    duration  reply          flags
    10.0.0.9  203.0.113.50  443   50001  +0s..+4d    500    9        3000     5         9/9000         2
    10.0.0.9  198.51.100.7  443   50000  +75h..+76h  60     7000     2000000  59        3000/150000    2
    fd00::9   2001:db8::7   443   50000  +75h..+76h  60     7000     2000000  59        3000/150000    2`,
  'exfiltration-slow': `
    src       dst           port  at            times  packets  bytes   reply
    10.0.0.9  198.51.100.7  443   +14h..+2279m  288    160      208000  80/4000
    fd00::9   2001:db8::7   443   +14h..+2279m  288    160      208000  80/4000`,
}

const ranges = (service: string) => ({
  prefixes: [{ ip_prefix: '198.51.100.0/24', region: 'GLOBAL', service }],
  ipv6_prefixes: [{ ipv6_prefix: '2001:db8::/48', region: 'GLOBAL', service }],
})

async function found(rule: string, service: string) {
  const lake = newLake()
  await lake.enrich('ip-ranges', ranges(service))
  const names = FIELDS.split(' ')
  const lines = recordsOf(traffic[rule] ?? '', rule).map(record => names.map(name => record[name] ?? '-').join(' '))
  const engine = await lake.open(lines, FIELDS)
  try {
    const rules = loadRules().filter(({ id }) => id === rule)
    return (await runRules({ engine, rules, input: await engine.input(), now: 0 })).findings
  } finally {
    await engine.close()
  }
}

test.each(Object.keys(traffic))("%s: an address of AWS's own services lowers, and one that AWS lends does not", async rule => {
  const own = await found(rule, 'S3')
  expect(own.map(({ severity, lowered }) => [severity, lowered])).toEqual([['low', OWN_SERVICE]])
  expect(own[0]?.sources).toEqual(['10.0.0.9', 'fd00::9'])
  const lent = await found(rule, 'EC2')
  expect(lent.map(({ severity, lowered }) => [severity, lowered])).toEqual([
    ['medium', undefined],
    ['medium', undefined],
  ])
})
