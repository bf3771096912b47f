import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { TestProject } from 'vitest/node'
import { prepareEmulator, startEmulator } from '../../scripts/emulator/server.js'
import { startTrino, trinoMissing } from '../../scripts/trino/server.js'

/** The one Trino that all files of this folder ask, and the AWS whose S3 it reads; or why there is none. */
export type SharedTrino = { readonly url: string; readonly files: string; readonly aws: string } | { readonly missing: string }

const isHere = (file: string): boolean => !relative(import.meta.dirname, file).startsWith('..')

declare module 'vitest' {
  interface ProvidedContext {
    trino: SharedTrino
  }
}

const emulatorMissing = (): Promise<string | undefined> =>
  prepareEmulator().then(
    () => undefined,
    (error: unknown) => String(error),
  )

/**
 * Starts Trino with the catalog `hive` over a folder that is removed at the end and over S3 of an AWS emulator; only where files of this
 * folder are run.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const isWanted = project.vitest.state.getPaths().some(isHere)
  const missing = isWanted ? ((await trinoMissing()) ?? (await emulatorMissing())) : 'no file of test/engines is run'
  if (missing !== undefined) {
    project.provide('trino', { missing })
    return undefined
  }
  const files = await mkdtemp(join(tmpdir(), 'weir-trino-files-'))
  const aws = await startEmulator()
  const end = async (): Promise<void> => {
    await aws.stop()
    await rm(files, { recursive: true, force: true })
  }
  const trino = await startTrino({ files, s3: aws.endpoint }).catch(async (error: unknown) => {
    await end()
    throw error
  })
  project.provide('trino', { url: trino.url, files, aws: aws.endpoint })
  return async () => {
    await trino.stop()
    await end()
  }
}
