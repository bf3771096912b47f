import { afterAll, beforeAll, describe } from 'vitest'
import { prepareEmulator, startEmulator } from '../../scripts/emulator/server.js'
import { useTestSettings } from './settings.js'

export interface Emulator {
  /** `http://127.0.0.1:port`; only while tests run. */
  readonly endpoint: string
}

const missing = await prepareEmulator().then(
  () => undefined,
  (error: unknown) => (error instanceof Error ? error.message : String(error)),
)

/** `describe` over an AWS that is empty at first; skipped with a line that says why where there is none. */
export function describeAws(name: string, tests: (aws: Emulator) => void): void {
  if (missing !== undefined) console.warn(`${name}: skipped: ${missing}`)
  describe.skipIf(missing !== undefined)(name, () => {
    let running: Awaited<ReturnType<typeof startEmulator>> | undefined
    beforeAll(async () => {
      useTestSettings()
      running = await startEmulator()
    })
    afterAll(() => running?.stop())

    tests({
      get endpoint() {
        if (!running) throw new Error('the emulator runs only while tests do')
        return running.endpoint
      },
    })
  })
}
