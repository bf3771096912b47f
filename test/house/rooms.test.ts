import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'

const root = fileURLToPath(new URL('../..', import.meta.url))
const depcruise = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs')

const report = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(
      z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string(), severity: z.string() }) }),
    ),
  }),
})

/** What `npm run rooms` sees in a folder, and whether it would fail there. */
async function lint(folder: string) {
  const args = [depcruise, '--config', '.dependency-cruiser.cjs', 'src']
  const [failed, json] = await Promise.all([
    new Promise<boolean>(resolve => execFile(process.execPath, args, { cwd: folder }, error => resolve(error !== null))),
    new Promise<string>(resolve =>
      execFile(process.execPath, [...args, '-T', 'json'], { cwd: folder, maxBuffer: 1e8 }, (_, stdout) => resolve(stdout)),
    ),
  ])
  const { modules, summary } = report.parse(JSON.parse(json))
  return {
    failed,
    read: modules.map(module => module.source),
    violations: summary.violations.map(
      ({ from, to, rule }) => `${rule.name}: ${from} -> ${to.replace(/^.*node_modules\/([^/]+)\/.*/, '$1')}`,
    ),
  }
}

/** A small house under the rules of this one. It stands inside the repository, where packages are found. */
function build(files: Record<string, string>): string {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const folder = mkdtempSync(join(root, '.cache', 'rooms-'))
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) cpSync(join(root, file), join(folder, file))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

const sound = {
  'src/cli/main.ts':
    "import { scan } from '../detect/index.js'\nimport { z } from 'zod'\nexport const run = () => z.string().parse(scan())\n",
  'src/detect/index.ts': "export { scan } from './scan.js'\n",
  'src/detect/scan.ts':
    "import type { Engine } from '../engine/index.js'\nexport const scan = (engine?: Engine) => engine?.name\n",
  'src/engine/index.ts': "export type { Engine } from './engine.js'\nexport const one: number = 1\n",
  'src/engine/engine.ts': 'export interface Engine { name: string }\n',
}

const planted: { wrong: string; files: Record<string, string>; violation: string }[] = [
  {
    wrong: 'an import from a room above',
    files: { 'src/engine/up.ts': "import { scan } from '../detect/index.js'\nexport const up = scan\n" },
    violation: 'engine-imports-downwards: src/engine/up.ts -> src/detect/index.ts',
  },
  {
    wrong: 'an import of a type from a room above',
    files: { 'src/engine/up-type.ts': "import type { scan } from '../detect/index.js'\nexport type Up = typeof scan\n" },
    violation: 'engine-imports-downwards: src/engine/up-type.ts -> src/detect/index.ts',
  },
  {
    wrong: 'a re-export from a room above',
    files: { 'src/engine/up-again.ts': "export * from '../detect/index.js'\n" },
    violation: 'engine-imports-downwards: src/engine/up-again.ts -> src/detect/index.ts',
  },
  {
    wrong: 'an import() from a room above',
    files: { 'src/engine/up-late.ts': "export const late = () => import('../detect/index.js')\n" },
    violation: 'engine-imports-downwards: src/engine/up-late.ts -> src/detect/index.ts',
  },
  {
    wrong: 'an import behind a door',
    files: { 'src/cli/behind.ts': "import { scan } from '../detect/scan.js'\nexport const behind = scan\n" },
    violation: 'one-door: src/cli/behind.ts -> src/detect/scan.ts',
  },
  {
    wrong: 'an import of a type behind a door',
    files: { 'src/cli/behind-type.ts': "import type { Engine } from '../engine/engine.js'\nexport type E = Engine\n" },
    violation: 'one-door: src/cli/behind-type.ts -> src/engine/engine.ts',
  },
  {
    wrong: 'a circle within a room',
    files: {
      'src/format/a.ts': "import { b } from './b.js'\nexport const a = (): number => b()\n",
      'src/format/b.ts': "import { a } from './a.js'\nexport const b = (): number => a()\n",
    },
    violation: 'no-circles: src/format/a.ts -> src/format/b.ts',
  },
  {
    wrong: 'a circle of types',
    files: {
      'src/format/c.ts': "import type { D } from './d.js'\nexport interface C { d: D }\n",
      'src/format/d.ts': "import type { C } from './c.js'\nexport interface D { c: C }\n",
    },
    violation: 'no-circles: src/format/c.ts -> src/format/d.ts',
  },
  {
    wrong: 'a room that nobody knows',
    files: { 'src/attic/index.ts': 'export const attic = 1\n', 'src/cli/up.ts': "export { attic } from '../attic/index.js'\n" },
    violation: 'known-room: src/cli/up.ts -> src/attic/index.ts',
  },
  {
    wrong: 'an import of what is not there',
    files: { 'src/cli/gone.ts': "export * from './nowhere.js'\n" },
    violation: 'no-unresolved: src/cli/gone.ts -> ./nowhere.js',
  },
  {
    wrong: 'a package that only developers have',
    files: { 'src/cli/dev.ts': "export { test } from 'vitest'\n" },
    violation: 'no-dev-dependency: src/cli/dev.ts -> vitest',
  },
]

describe('the rooms of a house', () => {
  const folders: string[] = []
  afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true, force: true })))
  const look = (files: Record<string, string>) => {
    const folder = build(files)
    folders.push(folder)
    return lint(folder)
  }

  test('imports downwards through doors pass', async () => {
    const { failed, read, violations } = await look(sound)
    expect(violations).toEqual([])
    expect(failed).toBe(false)
    expect(read).toEqual(expect.arrayContaining(Object.keys(sound)))
  })

  describe('fail on', () => {
    let wrong: Awaited<ReturnType<typeof lint>>
    beforeAll(async () => {
      wrong = await look(
        Object.fromEntries([sound, ...planted.map(({ files }) => files)].flatMap(files => Object.entries(files))),
      )
      expect(wrong.failed).toBe(true)
    })

    test.each(planted)('$wrong', ({ violation }) => {
      expect(wrong.violations).toContain(violation)
    })

    test('nothing else', () => {
      const files = new Set(planted.flatMap(({ files }) => Object.keys(files)))
      expect(wrong.violations.filter(violation => ![...files].some(file => violation.includes(file)))).toEqual([])
    })
  })

  test('every file of src is read', async () => {
    const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
      .map(entry => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'))
    const { read } = await lint(root)
    expect(files.filter(file => !read.includes(file))).toEqual([])
  })
})
