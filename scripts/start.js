// `npm start`: installs and builds what is missing or out of date, then is `weir demo`, or weir with the arguments given.
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { compile, isCompiled } from './compile.js'
import { install, isInstalled } from './install.js'
import { alone } from './lock.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const say = line => process.stderr.write(`${line}\n`)

try {
  requireNode(20, 19)
  if (!isInstalled(root) || !isCompiled(root)) {
    const waiting = pid => say(`weir: another start (process ${pid}) is installing or building; waiting for it`)
    await alone(join(root, '.cache', 'start.lock'), { waiting }, freshen)
  }
} catch (error) {
  say(`error[start]: ${error.message}`)
  process.exit(4)
}

if (process.env.npm_lifecycle_event === 'start') process.chdir(process.env.INIT_CWD ?? '.')
const weir = join(root, 'bin', 'weir.js')
const args = process.argv.slice(2)
process.argv = [process.execPath, weir, ...(args.length > 0 ? args : ['demo'])]
await import(pathToFileURL(weir))

async function freshen() {
  const installing = !isInstalled(root)
  if (!installing && isCompiled(root)) return
  say(installing ? 'weir: installing packages and building, this once' : 'weir: building')
  if (installing) await install(root)
  await compile(root)
}

function requireNode(major, minor) {
  const [hasMajor, hasMinor] = process.versions.node.split('.').map(Number)
  if (hasMajor > major || (hasMajor === major && hasMinor >= minor)) return
  throw new Error(
    `Weir needs Node ${major}.${minor} or newer, and this is ${process.versions.node}: install a newer Node and start again`,
  )
}
