// The packages of package-lock.json in node_modules.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run.js'

/** Says whether what npm noted in node_modules is what the lock asks for; packages for other platforms may be missing. */
export function isInstalled(root) {
  const locked = packages(join(root, 'package-lock.json'))
  const installed = packages(join(root, 'node_modules', '.package-lock.json'))
  return Object.entries(locked).every(([path, wanted]) => {
    const found = installed[path]
    return path === '' || (found ? found.integrity === wanted.integrity : wanted.optional === true)
  })
}

function packages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch (error) {
    if (error.code === 'ENOENT') return {}
    throw error
  }
}

export async function install(root) {
  const args = ['ci', '--include=dev', '--loglevel=error', '--no-progress']
  const npm = process.env.npm_execpath // set by `npm start`; a script that Node runs without a shell, on Windows too
  if (npm) await run(process.execPath, [npm, ...args], { cwd: root })
  else await run('npm', args, { cwd: root, shell: process.platform === 'win32' })
}
