import { afterAll, beforeAll, describe } from 'vitest'
import { prepareEmulator, startEmulator } from '../../scripts/emulator/server.js'

export interface Emulator {
  /** `http://127.0.0.1:port`; only while tests run. */
  readonly endpoint: string
}

/** Nothing of the person's own AWS settings is looked at. */
const environment = {
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
  AWS_REGION: 'us-east-1',
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
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
      for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN']) Reflect.deleteProperty(process.env, name)
      Object.assign(process.env, environment)
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
