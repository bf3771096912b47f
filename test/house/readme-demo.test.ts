import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Lines are wrapped to the width of a terminal, and the README's is narrow. */
const inOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

test('what the README shows of the demo is what it prints; … stands for what it leaves out', async () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const [, shown = ''] = /^\$ npm start\n(.*?)^```$/ms.exec(readme) ?? []
  const parts = shown.split(/^ *…$/m).map(inOneLine)
  expect(parts.length).toBeGreaterThan(1)
  const folder = mkdtempSync(join(tmpdir(), 'weir-demo-'))
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'bin', 'weir.js'), 'demo'], { cwd: folder })
    const printed = inOneLine(stdout)
    for (const part of parts) expect(printed).toContain(part)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 120_000)
