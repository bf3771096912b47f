// Weir and what it imports as few files: Node takes longer to find and read a thousand than to run what is in them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
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
  const folder = join(dist, 'bundle')
  const { output } = await build.write({ dir: folder, format: 'esm', chunkFileNames: '[name]-[hash].js' })
  await build.close()
  writeFileSync(join(folder, 'LICENSES'), licensesOf(output.flatMap(({ moduleIds = [] }) => moduleIds)))
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

/** What the authors of the packages that these modules are of want to go with them. */
function licensesOf(modules) {
  const folders = new Set(modules.flatMap(id => id.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []))
  return [...folders]
    .sort()
    .map(folder => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      const file = readdirSync(folder).find(name => /^licen[cs]e/i.test(name))
      const text = file === undefined ? '' : `\n\n${readFileSync(join(folder, file), 'utf8').trim()}`
      return `${name} ${version}: ${license}${text}`
    })
    .join(`\n\n${'-'.repeat(80)}\n\n`)
}
