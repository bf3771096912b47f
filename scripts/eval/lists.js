// The lists of known-bad addresses that the planted cases are on.
import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const LISTS = { tor: 'tor', 'known-bad': 'known-bad-address' }

/** The options that give the lists to a run, none where no rule reads them or nobody is on them. */
export function listOptions({ folder, labels }, rules) {
  const lists = Object.keys(LISTS).filter(
    scenario => rules.some(({ id }) => id === LISTS[scenario]) && labels.some(label => label.scenario === scenario),
  )
  if (lists.length === 0) return []
  const config = join(folder, 'weir.yaml')
  const named = lists.map(scenario => {
    const file = resolve(folder, `${scenario}.txt`)
    const addresses = labels.filter(label => label.scenario === scenario).flatMap(({ targets }) => targets)
    if (!existsSync(file)) writeFileSync(file, `${[...new Set(addresses)].sort().join('\n')}\n`)
    return { name: scenario, file }
  })
  writeFileSync(config, JSON.stringify({ lists: named }))
  return ['--config', config]
}
