import { execFile } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const weir = join(root, 'bin', 'weir.js')
const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.md'))
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...inDocs.map(name => `docs/${name}`)]

/** A fenced block of a page. `sh` ones are run; what ends with another code than 0 says so: `sh exits 3`. */
interface Block {
  readonly line: number
  readonly text: string
  readonly exits: number
}

function commandsOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```sh(?: exits (\d+))?\n(.*?)^```$/gms)].map(({ 1: exits = '0', 2: text = '', index }) => ({
    line: markdown.slice(0, index).split('\n').length,
    text,
    exits: Number(exits),
  }))
}

function run(command: string, args: readonly string[], cwd: string, path: string) {
  const env = { ...process.env, PATH: `${path}${delimiter}${process.env['PATH'] ?? ''}`, NO_COLOR: '1' }
  return new Promise<{ code: number | string; said: string }>(resolve => {
    const child = execFile(command, args, { cwd, env, timeout: 120_000, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      resolve({
        code: error ? (error.code ?? error.signal ?? 'killed') : 0,
        said: `${stdout.slice(-2000)}\n${stderr.slice(-2000)}`,
      })
    })
    child.stdin?.end()
  })
}

/**
 * Every `sh` block of the manual runs, in order, with `weir` on the path, in a folder of the page's own
 * in which `logs/` holds simulated flow logs.
 */
describe('the commands of the manual', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'weir-manual-'))
  const bin = join(temporary, 'bin')
  const logs = join(temporary, 'logs')
  afterAll(() => rmSync(temporary, { recursive: true, force: true }))

  beforeAll(async () => {
    expect(existsSync(join(root, 'dist')), 'dist is missing: npm run build').toBe(true)
    mkdirSync(bin)
    writeFileSync(join(bin, 'weir'), `#!/bin/sh\nexec "${process.execPath}" "${weir}" "$@"\n`)
    chmodSync(join(bin, 'weir'), 0o755)
    const simulated = await run('weir', ['simulate', '--out', logs, '--records', '20000', '--seed', '1'], temporary, bin)
    expect(simulated, simulated.said).toMatchObject({ code: 0 })
  }, 120_000)

  for (const page of pages) {
    const blocks = commandsOf(readFileSync(join(root, page), 'utf8'))
    describe.runIf(blocks.length > 0)(page, () => {
      const folder = join(temporary, page.replaceAll('/', '-'))
      beforeAll(() => {
        mkdirSync(folder)
        cpSync(logs, join(folder, 'logs'), { recursive: true })
      })
      test.each(blocks)(
        'line $line',
        async ({ text, exits }) => {
          const { code, said } = await run('bash', ['-euo', 'pipefail', '-c', text], folder, bin)
          expect(code, `${text}\n${said}`).toBe(exits)
        },
        130_000,
      )
    })
  }
})

test('policies and other JSON of the manual can be pasted as they are', () => {
  for (const page of pages) {
    const blocks = [...readFileSync(join(root, page), 'utf8').matchAll(/^```json\n(.*?)^```$/gms)]
    for (const [, text = ''] of blocks) expect((): unknown => JSON.parse(text), `${page}\n${text}`).not.toThrow()
  }
})

describe('the links of the manual', () => {
  const slug = (heading: string) =>
    heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-')
  const anchors = (path: string) =>
    [...readFileSync(path, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => slug(heading))

  test.each(pages)('%s', page => {
    const markdown = readFileSync(join(root, page), 'utf8').replace(/^```.*?^```$/gms, '')
    const broken = [...markdown.matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].filter(
      ([, path = '', anchor]) => {
        const target = path === '' ? join(root, page) : resolve(root, dirname(page), path)
        return !existsSync(target) || (anchor !== undefined && !anchors(target).includes(anchor))
      },
    )
    expect(broken.map(([link]) => link)).toEqual([])
  })
})
