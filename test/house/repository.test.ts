import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const root = fileURLToPath(new URL('../..', import.meta.url))
const git = existsSync(join(root, '.git'))
const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** The files under version control that still stand, as text; a file with a NUL in it is not text. */
function texts(): { path: string; lines: string[] }[] {
  return execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter(path => path !== '' && existsSync(join(root, path)) && statSync(join(root, path)).isFile())
    .map(path => ({ path, text: read(path) }))
    .filter(({ text }) => !text.includes('\0'))
    .map(({ path, text }) => ({ path, lines: text.split('\n') }))
}

/** What no tracked file may hold, each with an example that is put together here so that this file holds none either. */
const foreign: { what: string; pattern: RegExp; example: string }[] = [
  {
    what: 'a path of one machine',
    pattern: /(?<![\w.~*-])\/(work|root|home\/\w+|Users\/\w+)\/\w/,
    example: ['see ', 'home', 'someone', 'logs'].join('/'),
  },
  {
    what: 'the address of a package registry',
    pattern: /https?:\/\/(registry|repo\d?|files|deb|static|pypi|proxy)\.[a-z.-]+\//,
    example: ['https:', '', 'registry.example.org', 'weir'].join('/'),
  },
  {
    what: 'a key',
    pattern: /\b(AKIA|ASIA)(?!IOSFODNN7EXAMPLE)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    example: `AKIA${'B'.repeat(16)}`,
  },
]

describe.skipIf(!git)('tracked files', () => {
  test.each(foreign)('hold no $what', ({ pattern, example }) => {
    expect(example).toMatch(pattern)
    const found = texts().flatMap(({ path, lines }) =>
      lines.flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${line.trim().slice(0, 120)}`] : [])),
    )
    expect(found).toEqual([])
  })

  test('have names that say something', () => {
    const empty = texts().filter(({ path }) => /(^|\/)(utils?|helpers?|common|misc|managers?|stuff)(\.|\/)/i.test(path))
    expect(empty.map(({ path }) => path)).toEqual([])
  })
})

describe('the package', () => {
  const manifest = z.object({
    name: z.literal('weir-flow'),
    version: z.string(),
    license: z.literal('Apache-2.0'),
    bin: z.object({ weir: z.string() }),
    files: z.array(z.string()),
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  const { version, bin, files, dependencies, devDependencies } = manifest.parse(JSON.parse(read('package.json')))

  test('names files that exist', () => {
    const built = ['dist']
    expect([bin.weir, ...files].filter(path => !built.includes(path) && !existsSync(join(root, path)))).toEqual([])
  })

  test('pins every dependency', () => {
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, range]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range),
    )
    expect(loose).toEqual([])
  })

  test('is locked without the address of any registry', () => {
    const lock = z.object({ packages: z.record(z.string(), z.looseObject({})) }).parse(JSON.parse(read('package-lock.json')))
    expect(Object.keys(lock.packages).filter(path => 'resolved' in (lock.packages[path] ?? {}))).toEqual([])
  })

  test('has its licence and a changelog that knows this version or what is unreleased', () => {
    expect(read('LICENSE')).toContain('Apache License')
    expect(read('CHANGELOG.md')).toMatch(new RegExp(`^## \\[(Unreleased|${version.replaceAll('.', '\\.')})\\]`, 'm'))
  })
})

test.skipIf(!git)('YAML is well formed', () => {
  const wrong = texts()
    .filter(({ path }) => /\.ya?ml$/.test(path))
    .flatMap(({ path, lines }) => {
      try {
        parse(lines.join('\n'))
        return []
      } catch (error) {
        return [`${path}: ${String(error)}`]
      }
    })
  expect(wrong).toEqual([])
})

test.skipIf(!git)('Weir’s own SQL never joins by IS NOT DISTINCT FROM, which loses rows on Trino (trinodb/trino#26257)', () => {
  const sql = texts().filter(({ path }) => path.startsWith('src/engine/relations/') || /^(rules|queries)\//.test(path))
  expect(sql.length).toBeGreaterThan(50)
  expect(sql.filter(({ lines }) => /\bDISTINCT\s+FROM\b/i.test(lines.join('\n'))).map(({ path }) => path)).toEqual([])
})
