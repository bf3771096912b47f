import { readFileSync } from 'node:fs'

/** What `assembly/records.ts` exports. */
export interface Wasm {
  read(start: number, end: number, table: number, columns: number, keys: number, from: number, to: number, most: number): number
  numberTexts(
    column: number,
    columns: number,
    rows: number,
    room: number,
    bytes: number,
    told: number,
    first: number,
    step: number,
  ): void
  toldBytes(): number
  linesTold(): number
  sameText(column: number): number
  sameDay(column: number): number
  rowsRead(): number
  nextLine(): number
  clearCounts(): void
  countOf(reports: number): number
}

const NAMES = [
  'read',
  'numberTexts',
  'toldBytes',
  'linesTold',
  'sameText',
  'sameDay',
  'rowsRead',
  'nextLine',
  'clearCounts',
  'countOf',
] as const satisfies readonly (keyof Wasm)[]

const isWasm = (exports: object): exports is Wasm => NAMES.every(name => typeof Reflect.get(exports, name) === 'function')

/** The compiled reader, over a memory that holds its columns. */
export function instantiate(memory: WebAssembly.Memory): Wasm {
  const module = new WebAssembly.Module(readFileSync(new URL('./records.wasm', import.meta.url)))
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  if (!isWasm(exports)) throw new TypeError('records.wasm is not that of this version')
  return exports
}
