// Copies what the TypeScript compiler leaves behind: the SQL that stands beside the code.
import { cpSync } from 'node:fs'

cpSync('src', 'dist', { recursive: true, filter: path => !/\.(ts|tsx)$/.test(path) })
