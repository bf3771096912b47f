import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Fault } from '../fault/index.js'
import { parseConfig, type Config } from './config.js'
import { parseRule, type Rule } from './rule.js'

/** The rules that come with Weir, seen from src/detect and from dist/detect alike. */
const shipped = fileURLToPath(new URL('../../rules/', import.meta.url))

/** Weir's own rules by id, and after them those of the files; a file's rule takes the place of one that has its id. */
export function loadRules(files: readonly string[] = []): readonly Rule[] {
  const own = readdirSync(shipped)
    .filter(name => name.endsWith('.yaml'))
    .sort()
    .map(name => join(shipped, name))
  const rules = new Map(
    [...own, ...files].map(file => parseRule(textOf(file, 'rule-missing'), file)).map(rule => [rule.id, rule]),
  )
  return [...rules.values()]
}

/** Reads a weir.yaml. */
export function loadConfig(file: string): Config {
  return parseConfig(textOf(file, 'config-missing'), file)
}

function textOf(file: string, code: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Fault({ code, kind: 'usage', message: `${file} cannot be read`, where: file, expected: 'a readable file', cause })
  }
}
