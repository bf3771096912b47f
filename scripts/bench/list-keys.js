// Lists keys of a bucket in the emulator as `weir ingest` does: node scripts/bench/list-keys.js [keys]. Prints one JSON object.
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { fileURLToPath } from 'node:url'
import { openS3 } from '../../dist/source/index.js'
import { putObjects, startEmulator } from '../emulator/server.js'

const PUT_AT_ONCE = 10_000
const PAGE = 1_000
const ANSWERED = 'http.client.response.finish'

/** A request for keys, and not for the folders above them. */
const isPage = path => path.includes('list-type=2') && !path.includes('delimiter=')

/** Keys as AWS names them: ten accounts, days of 288 files. */
function keyOf(i) {
  const account = String(100000000000 + (i % 10))
  const slot = Math.floor(i / 10)
  const at = new Date(Date.UTC(2026, 0, 1) + slot * 300_000).toISOString()
  const [date, time] = [at.slice(0, 10), at.slice(11, 16).replace(':', '')]
  const name = `${account}_vpcflowlogs_us-east-1_fl-0a1b2c3d4e5f60718_${date.replaceAll('-', '')}T${time}Z_${i.toString(16).padStart(8, '0')}.log.gz`
  return `AWSLogs/${account}/vpcflowlogs/us-east-1/${date.replaceAll('-', '/')}/${name}`
}

/**
 * Puts keys into an emulator of its own and lists them.
 * @param {number} count
 * @returns {Promise<{ keys: number, seconds: number, pages: number, most: number, peak: number }>} at most `most` objects were held
 *   at once; `peak` resident bytes of this process
 */
export async function listKeys(count) {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing', AWS_REGION: 'us-east-1' })
  const emulator = await startEmulator()
  const client = new S3Client({ endpoint: emulator.endpoint, forcePathStyle: true })
  try {
    await client.send(new CreateBucketCommand({ Bucket: 'logs' }))
    for (let from = 0; from < count; from += PUT_AT_ONCE) {
      const keys = Array.from({ length: Math.min(PUT_AT_ONCE, count - from) }, (_, i) => keyOf(from + i))
      await putObjects(emulator.endpoint, 'logs', keys)
    }
    const began = performance.now()
    const source = openS3('s3://logs/', { endpointUrl: emulator.endpoint, accounts: [], regions: [], vpcs: [] })
    let [keys, pages, answered, most] = [0, 0, 0, 0]
    const note = ({ request }) => (answered += isPage(request.path) ? 1 : 0)
    subscribe(ANSWERED, note)
    for await (const page of source.list()) {
      keys += page.length
      pages++
      // What was answered and not yet taken, and the page in hand.
      most = Math.max(most, (answered - pages + 1) * PAGE)
    }
    unsubscribe(ANSWERED, note)
    const seconds = (performance.now() - began) / 1000
    source.close()
    if (source.unreadable.length > 0) throw new Error(source.unreadable.map(({ reason }) => reason).join('; '))
    if (keys !== count) throw new Error(`${keys} of ${count} keys were listed`)
    return { keys, seconds, pages, most, peak: process.resourceUsage().maxRSS * 1024 }
  } finally {
    client.destroy()
    await emulator.stop()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  console.log(JSON.stringify(await listKeys(Number(process.argv[2] ?? 100_000))))
