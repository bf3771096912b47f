import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll } from 'vitest'
import { openDuckdb, rowsOf, type Value } from '../../src/engine/index.js'
import { ingest, openLake, type IngestReport, type LakeOptions } from '../../src/lake/index.js'
import { openFolder, type ObjectSource, type SourceObject } from '../../src/source/index.js'

export const HEADER =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'

const DAY = 86_400
/** 2026-01-05 in UTC. */
export const START = 1_767_571_200

export interface RecordOf {
  readonly account?: string
  readonly source?: string
  /** Days after the fifth of January 2026. */
  readonly day?: number
  readonly bytes?: number
}

/** A line of version 2. */
export function record({ account = '111111111111', source = '10.0.0.1', day = 0, bytes = 40 }: RecordOf = {}): string {
  const start = START + day * DAY
  return `2 ${account} eni-1 ${source} 10.0.0.2 40000 443 6 1 ${bytes} ${start} ${start + 60} ACCEPT OK`
}

export const log = (...lines: readonly string[]): string => [HEADER, ...lines, ''].join('\n')

let folders = 0

/** A folder of the test file's own with a lake, its sources, and what memory does not hold; each call gives another. */
export function ownFolders(): () => Promise<Sandbox> {
  const all = mkdtempSync(join(tmpdir(), 'weir-lake-'))
  afterAll(() => rmSync(all, { recursive: true }))
  return async () => {
    const folder = join(all, String(++folders))
    await mkdir(join(folder, 'spill'), { recursive: true })
    return new Sandbox(folder)
  }
}

export class Sandbox {
  constructor(
    readonly folder: string,
    readonly lake = join(folder, 'lake'),
  ) {}

  get options(): LakeOptions {
    return { memory: 1_000_000_000, threads: 2, tempDir: join(this.folder, 'spill') }
  }

  /** Writes a file among the sources; gives its path. */
  async write(name: string, text: string): Promise<string> {
    const path = join(this.folder, 'logs', name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
    return path
  }

  /** Ingests all of the sources, or those that are named. */
  async ingest(
    paths: readonly string[] = [join(this.folder, 'logs')],
    options: Partial<LakeOptions> = {},
  ): Promise<IngestReport> {
    const source = await openFolder(paths, { stdin: Readable.from([]), tempDir: this.options.tempDir }, [this.lake])
    return ingest(this.lake, source, { ...this.options, ...options })
  }

  /** Rows of a query over the lake, read as any reader does. */
  async query(sql: string): Promise<readonly Readonly<Record<string, Value>>[]> {
    const tempDir = await mkdtemp(join(this.options.tempDir, 'reader-'))
    const stored = await openLake(this.lake, {}, { ...this.options, tempDir })
    const engine = await openDuckdb({ sources: [], stored, threads: 1, tempDir })
    try {
      return await rowsOf(await engine.query(sql))
    } finally {
      await engine.close()
      await stored.release()
      await rm(tempDir, { recursive: true, force: true })
    }
  }

  /** The sums of what the lake's records say, which tell each set of records here from every other. */
  async bytes(): Promise<number> {
    const [row] = await this.query('SELECT coalesce(sum(bytes), 0) AS total FROM records')
    return Number(row?.['total'])
  }
}

/** A source that tells of these objects, page by page, as a queue may: what it is asked for has these lines. */
export function sourceOf(
  pages: readonly (readonly (SourceObject & { readonly text: string })[])[],
): ObjectSource & { readonly settled: SourceObject[]; readonly fetched: string[] } {
  const settled: SourceObject[] = []
  const fetched: string[] = []
  return {
    settled,
    fetched,
    unreadable: [],
    async *list() {
      for (const page of pages) {
        await Promise.resolve()
        yield page.map(({ name, version, bytes }) => ({ name, version, bytes }))
      }
    },
    async fetch(object, path) {
      const of = pages.flat().find(({ name, version }) => name === object.name && version === object.version)
      if (!of) return { kind: 'gone', object }
      fetched.push(`${object.name} ${object.version}`)
      await writeFile(path, of.text)
      return { kind: 'fetched', object, path }
    },
    settle: objects => Promise.resolve(void settled.push(...objects)),
    close: () => undefined,
  }
}
