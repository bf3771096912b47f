import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Fault } from '../fault/index.js'
import { readCheckedRule } from './check/check-rule.js'
import { parseConfig, type Config } from './config.js'
import { parseRule, type Rule } from './rule.js'

/** The rules that come with Weir, seen from src/detect and from dist/detect alike. */
const shipped = fileURLToPath(new URL('../../rules/', import.meta.url))

/**
 * Weir's own rules by id, and after them those of the files; a file's rule takes the place of one that has its id. Throws a Fault of
 * kind `usage` where a file holds no rule that can be asked.
 */
export function loadRules(files: readonly string[] = []): readonly Rule[] {
  const own = ruleFiles().map(file => parseRule(textOf(file, 'rule-missing'), file))
  const added = files.map(file => readCheckedRule(textOf(file, 'rule-missing'), file))
  return [...new Map([...own, ...added].map(rule => [rule.id, rule])).values()]
}

/** The files of the rules that come with Weir. */
export const ruleFiles = (): readonly string[] =>
  readdirSync(shipped)
    .filter(name => name.endsWith('.yaml'))
    .sort()
    .map(name => join(shipped, name))

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
