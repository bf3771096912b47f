// node scripts/emulator/prepare.js: makes the Python environment of the AWS emulator, or says what is missing and ends with 1.
import { emulatorHome, prepareEmulator } from './server.js'

try {
  await prepareEmulator()
  console.log(`the AWS emulator stands in ${emulatorHome}`)
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
