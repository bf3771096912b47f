// src as JavaScript in dist.
import { createHash } from 'node:crypto'
import { cpSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle } from './bundle.js'
import { run } from './run.js'

/** How src/format/assembly/records.ts is compiled: no runtime, memory that comes from outside. */
const WASM = ['--runtime', 'stub', '--importMemory', '--enable', 'simd', '-O3', '--converge', '--noAssert']

/** Says whether dist was made from the files that are there now. */
export function isCompiled(root) {
  const stamp = join(root, 'dist', '.inputs')
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs(root)
}

/** Makes dist anew beside the old one and puts it in its place at the end. Types are checked by `npm run types`. */
export async function compile(root) {
  const [fresh, old, dist] = ['dist.new', 'dist.old', 'dist'].map(name => join(root, name))
  for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true })
  const stamp = inputs(root)
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const asc = join(root, 'node_modules', 'assemblyscript', 'bin', 'asc.js')
  await run(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', fresh], { cwd: root })
  cpSync(join(root, 'src'), fresh, { recursive: true, filter: path => !path.endsWith('.ts') })
  await run(process.execPath, [asc, 'src/format/assembly/records.ts', '-o', join(fresh, 'format', 'records.wasm'), ...WASM], {
    cwd: root,
  })
  await keepRules(fresh)
  await bundle(fresh)
  writeFileSync(join(fresh, '.inputs'), stamp)
  if (existsSync(dist)) renameSync(dist, old)
  renameSync(fresh, dist)
  rmSync(old, { recursive: true, force: true })
}

/** Rules as they are read from YAML, which takes longer than all else that a start does. */
async function keepRules(fresh) {
  const load = join(fresh, 'detect', 'load.js')
  if (!existsSync(load)) return
  const { rulesToKeep } = await import(pathToFileURL(load).href)
  writeFileSync(join(fresh, 'rules.json'), rulesToKeep())
}

/** A hash over name, size and time of every file that goes into dist. */
function inputs(root) {
  const hash = createHash('sha256')
  for (const path of [
    'tsconfig.json',
    'tsconfig.build.json',
    'package-lock.json',
    'scripts/compile.js',
    'scripts/bundle.js',
    ...sources(root),
  ]) {
    const { size, mtimeMs } = statSync(join(root, path))
    hash.update(`${path} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

function sources(root) {
  return readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map(entry => relative(root, join(entry.parentPath, entry.name)))
    .sort()
}
