import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

const names = z.record(z.string(), z.string())
const file = z.strictObject({ tactics: names, techniques: names })

let known: z.output<typeof file> | undefined
const matrix = () => (known ??= file.parse(parse(readFileSync(new URL('./attack-ids.yaml', import.meta.url), 'utf8'))))

/** Whether MITRE ATT&CK has a tactic or technique of this id, as far as attack-ids.yaml lists them. */
export const isAttackId = (id: string): boolean => attackName(id) !== undefined

/** `Discovery`, `Active Scanning: Scanning IP Blocks`; undefined for an id that is not listed. */
export function attackName(id: string): string | undefined {
  const { tactics, techniques } = matrix()
  const name = tactics[id] ?? techniques[id]
  const above = techniques[aboveOf(id)]
  return name === undefined || above === undefined || aboveOf(id) === id ? name : `${above}: ${name}`
}

/** Where MITRE describes it. */
export const attackPage = (id: string): string =>
  `https://attack.mitre.org/${id.startsWith('TA') ? 'tactics' : 'techniques'}/${id.replace('.', '/')}/`

/** All ids that are listed, tactics first. */
export const attackIds = (): readonly string[] => Object.keys({ ...matrix().tactics, ...matrix().techniques })

/** `T1595` of `T1595.001`; of anything else itself. */
const aboveOf = (id: string): string => id.replace(/\..*/, '')
