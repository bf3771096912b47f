// Kills its process with SIGKILL before a step that it makes in the file system: what no test can hit by the clock.
// As `node --import …/die.js` it dies before step WEIR_DIE_AT of those on paths that hold WEIR_DIE_ABOUT; where it is
// Infinity, it tells at its end how many there were.
import { writeSync } from 'node:fs'
import promises, { open } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { fileURLToPath } from 'node:url'

let [steps, last, about] = [0, Infinity, '']

/** Dies before the n-th step from now on, of those on paths that hold a text where one is given; never without n. */
export function dieAt(n = Infinity, text = '') {
  ;[steps, last, about] = [0, n, text]
}

/** How many steps were made since. */
export const stepsMade = () => steps

function dies(of, names) {
  for (const name of names) {
    const make = of[name]
    of[name] = function (...args) {
      if (about === '' || args.some(arg => String(arg).includes(about))) steps++
      if (steps >= last) process.kill(process.pid, 'SIGKILL')
      return make.apply(this, args)
    }
  }
}

dies(promises, ['copyFile', 'link', 'mkdir', 'mkdtemp', 'open', 'rename', 'rm', 'rmdir', 'writeFile'])
const file = await open(fileURLToPath(import.meta.url))
dies(Object.getPrototypeOf(file), ['sync', 'truncate', 'write'])
await file.close()
syncBuiltinESMExports()

const at = process.env['WEIR_DIE_AT']
dieAt(Number(at) || Infinity, process.env['WEIR_DIE_ABOUT'])
if (at === 'Infinity') process.on('exit', () => writeSync(2, `steps: ${steps}\n`))
