import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Fault } from '../fault/index.js'
import { readCheckedRule } from './check/check-rule.js'
import { parseConfig, type Config } from './config.js'
import { parseRule, readRules, type Rule } from './rule.js'

/** The rules that come with Weir, seen from src/detect and from dist/detect alike. */
const shipped = fileURLToPath(new URL('../../rules/', import.meta.url))

/**
 * Weir's own rules by id, and after them those of the files; a file's rule takes the place of one that has its id. Throws a Fault of
 * kind `usage` where a file holds no rule that can be asked.
 */
export function loadRules(files: readonly string[] = []): readonly Rule[] {
  const kept = keptRules()
  const own = ruleFiles().map(file => {
    const text = textOf(file, 'rule-missing')
    return kept[hashOf(text)] ?? parseRule(text, file)
  })
  const added = files.map(file => readCheckedRule(textOf(file, 'rule-missing'), file))
  return [...new Map([...own, ...added].map(rule => [rule.id, rule])).values()]
}

/** Rules as the build read them, by the hash of their text: YAML with its places takes a third of a second, and this a fiftieth. */
const built = new URL('../rules.json', import.meta.url)

const keptRules = (): Readonly<Record<string, Rule>> => (existsSync(built) ? readRules(readFileSync(built, 'utf8')) : {})

/** What the build keeps of the rules that come with Weir. */
export function rulesToKeep(): string {
  const texts = ruleFiles().map(file => [file, readFileSync(file, 'utf8')] as const)
  return JSON.stringify(Object.fromEntries(texts.map(([file, text]) => [hashOf(text), parseRule(text, file)])))
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

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
