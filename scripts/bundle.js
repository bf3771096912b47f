// Weir and what it imports as few files: Node takes longer to find and read a thousand than to run what is in them.
import { join, relative, sep } from 'node:path'

/** Stay packages: native code, and what only reading from AWS loads. */
const PACKAGES = [/^@duckdb\/node-bindings/, /^@aws-sdk\//]

/** Makes `dist/bundle/weir.js` and the worker beside it out of what was compiled into `dist`. */
export async function bundle(dist) {
  // Not there yet when `npm start` begins.
  const { rolldown } = await import('rolldown')
  const build = await rolldown({
    input: { weir: join(dist, 'cli', 'index.js'), worker: join(dist, 'engine', 'duckdb', 'bulk', 'worker.js') },
    platform: 'node',
    external: PACKAGES,
    plugins: [inPlace(dist)],
  })
  await build.write({ dir: join(dist, 'bundle'), format: 'esm', chunkFileNames: '[name]-[hash].js' })
  await build.close()
}

/** Lets each module find the files beside it, such as its SQL, from where it is bundled. */
function inPlace(dist) {
  return {
    name: 'in-place',
    transform(code, id) {
      const path = relative(dist, id)
      if (path.startsWith('..') || !code.includes('import.meta.url')) return null
      const place = JSON.stringify(`../${path.split(sep).join('/')}`)
      return code.replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`)
    },
  }
}
