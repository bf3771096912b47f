import { spawn } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

const echo = (word: string) => `
let bytes = 0
process.stdin.on('data', chunk => { bytes += chunk.length })
process.stdin.on('end', () => {
  process.stdout.write(JSON.stringify({ word: '${word}', args: process.argv.slice(2), bytes, cwd: process.cwd() }))
  process.exitCode = 3
})
`

/** `npm start` in a clone whose weir only says how it was called. Packages are those of this repository. */
describe('npm start', () => {
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'weir-start-')))
  const clone = join(temporary, 'a clone')
  const main = join(clone, 'src', 'cli', 'index.ts')
  const worker = join(clone, 'src', 'engine', 'duckdb', 'bulk', 'worker.ts')
  afterAll(() => rmSync(temporary, { recursive: true, force: true }))

  beforeAll(() => {
    for (const source of [main, worker]) mkdirSync(dirname(source), { recursive: true })
    mkdirSync(join(clone, 'bin'))
    for (const path of ['scripts', '.npmrc', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'])
      cpSync(join(root, path), join(clone, path), { recursive: true })
    // What the build compiles besides TypeScript.
    cpSync(join(root, 'src', 'format', 'assembly'), join(clone, 'src', 'format', 'assembly'), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'), 'junction')
    writeFileSync(join(clone, 'bin', 'weir.js'), "import '../dist/bundle/weir.js'\n")
    writeFileSync(main, echo('first'))
    writeFileSync(worker, 'export {}\n')
  })

  function start(args: readonly string[] = [], stdin = '') {
    // As from a person's shell: what an npm around this test is set to is not theirs.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)))
    return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
      const npm = spawn('npm', ['start', '--', ...args], { cwd: clone, env, shell: process.platform === 'win32' })
      const out: string[] = []
      const err: string[] = []
      npm.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text))
      npm.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text))
      npm.on('error', reject)
      npm.on('close', code => resolve({ code, stdout: out.join(''), stderr: err.join('') }))
      npm.stdin.end(stdin)
    })
  }

  test('three at once: one builds, all run', async () => {
    const runs = await Promise.all([start(), start(), start()])
    expect(runs.map(({ code, stdout }) => ({ code, stdout }))).toEqual(
      Array(3).fill({ code: 3, stdout: JSON.stringify({ word: 'first', args: ['demo'], bytes: 0, cwd: clone }) }),
    )
    expect(runs.filter(({ stderr }) => stderr.includes('weir: building')).length).toBe(1)
    expect(readdirSync(join(clone, '.cache'))).toEqual([])
  })

  test('then hands over arguments, standard input and the exit code, and says nothing of its own', async () => {
    const args = ['scan', './two words', '--format', "o'clock"]
    const { code, stdout, stderr } = await start(args, 'twelve bytes')
    expect({ code, stdout: JSON.parse(stdout) as unknown }).toEqual({
      code: 3,
      stdout: { word: 'first', args, bytes: 12, cwd: clone },
    })
    expect(stderr.replace(/^npm warn.*\n/gm, '')).toBe('')
  })

  test('builds again when a source changed, and takes over the lock of a run that died', async () => {
    writeFileSync(main, echo('second'))
    writeFileSync(join(clone, '.cache', 'start.lock'), '4194999')
    const { stdout, stderr } = await start()
    expect(stdout).toContain('"word":"second"')
    expect(stderr).toContain('weir: building')
  })

  test('leaves the build that works when a source cannot be read', async () => {
    writeFileSync(main, 'const = 1\n')
    const { code, stdout, stderr } = await start()
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
    expect(stderr).toMatch(/error\[start\]: src\/cli\/index\.ts\(1,7\)/)
    expect(readFileSync(join(clone, 'dist', 'cli', 'index.js'), 'utf8')).toContain('second')
  })
})
