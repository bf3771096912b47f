// node scripts/trino/prepare.js: fetches Trino and, where there is none new enough, a Java; or says what is missing and ends with 1.
import { trinoHome } from './fetch.js'
import { prepareTrino } from './server.js'

try {
  await prepareTrino()
  console.log(`Trino stands in ${trinoHome}`)
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
