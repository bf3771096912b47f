import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startTrino, trinoMissing } from '../../scripts/trino/server.js'

/** The one Trino that all files of this folder ask, or why there is none. */
export type SharedTrino = { readonly url: string; readonly files: string } | { readonly missing: string }

const isHere = (file: string): boolean => !relative(import.meta.dirname, file).startsWith('..')

declare module 'vitest' {
  interface ProvidedContext {
    trino: SharedTrino
  }
}

/** Starts Trino with the catalog `hive` over a folder that is removed at the end; only where files of this folder are run. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const missing = project.vitest.state.getPaths().some(isHere) ? await trinoMissing() : 'no file of test/engines is run'
  if (missing !== undefined) {
    project.provide('trino', { missing })
    return undefined
  }
  const files = await mkdtemp(join(tmpdir(), 'weir-trino-files-'))
  const remove = (): Promise<void> => rm(files, { recursive: true, force: true })
  const trino = await startTrino({ files }).catch(async (error: unknown) => {
    await remove()
    throw error
  })
  project.provide('trino', { url: trino.url, files })
  return async () => {
    await trino.stop()
    await remove()
  }
}
