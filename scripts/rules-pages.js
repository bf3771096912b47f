// `npm run docs:rules`: docs/rules/ and the table in docs/rules.md, from the YAML of the rules.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadRules, rulesManual } from '../dist/detect/index.js'

const docs = fileURLToPath(new URL('../docs/', import.meta.url))
const [folder, index] = [join(docs, 'rules'), join(docs, 'rules.md')]
const manual = rulesManual(loadRules(), readFileSync(index, 'utf8'))

mkdirSync(folder, { recursive: true })
for (const name of readdirSync(folder)) if (!manual.pages.has(name)) rmSync(join(folder, name))
for (const [name, page] of manual.pages) writeFileSync(join(folder, name), page)
writeFileSync(index, manual.index)
console.log(`${manual.pages.size} pages in docs/rules/, and the table in docs/rules.md`)
