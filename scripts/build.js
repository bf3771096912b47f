// `npm run build`
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from './compile.js'
import { alone } from './lock.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const waiting = pid => console.error(`waiting for process ${pid}, which is building`)

try {
  await alone(join(root, '.cache', 'start.lock'), { waiting }, () => compile(root))
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
