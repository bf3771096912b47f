import { fileURLToPath } from 'node:url'
import { isCompiled } from '../scripts/compile.js'

/** Workers and the command line run what was built: tests of something older would say nothing. */
export default function setup() {
  if (!isCompiled(fileURLToPath(new URL('..', import.meta.url)))) throw new Error('dist is not that of src: npm run build')
}
