/* A Trino of our own, started on loopback and stopped by its pid: with the memory connector, and with Hive's over a folder and S3. */
import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runStatement } from './client.js'
import { fetchTrino, trinoHome } from './fetch.js'
import { findJava, prepareJava } from './java.js'

export { trinoHome }

const startSeconds = 300
/** One that lives for minutes never pays back what the second compiler and the large collector take. */
const QUICK = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC']

/** Fetches what is missing: Trino, its connectors, a Java. Throws an error that says how to get it. */
export async function prepareTrino() {
  await fetchTrino()
  await prepareJava()
}

/** What is missing for `startTrino` and how to get it; nothing is fetched. */
export async function trinoMissing() {
  const isHere = existsSync(join(trinoHome, 'plugin', 'hive')) && (await findJava()) !== undefined
  return isHere ? undefined : `there is no Trino in ${trinoHome}: node scripts/trino/prepare.js fetches it`
}

async function freePort() {
  const listener = createServer()
  await new Promise((resolve, reject) => listener.once('error', reject).listen(0, '127.0.0.1', resolve))
  const { port } = listener.address()
  await new Promise(resolve => listener.close(resolve))
  return port
}

const properties = entries =>
  Object.entries(entries)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('')

/** Tables over what lies in a folder and in S3, their definitions in the folder too. */
const hive = ({ files, s3 }) => ({
  'connector.name': 'hive',
  'hive.metastore': 'file',
  'hive.metastore.catalog.dir': 'local:///metastore',
  'hive.metastore.disable-location-checks': true,
  'hive.security': 'allow-all',
  'hive.storage-format': 'PARQUET',
  'hive.non-managed-table-writes-enabled': true,
  'hive.partition-projection-enabled': true,
  // A day without logs is no folder: S3 does not mind, a file system does.
  'hive.ignore-absent-partitions': true,
  'fs.native-local.enabled': true,
  'local.location': files,
  ...(s3 && {
    'fs.native-s3.enabled': true,
    's3.endpoint': s3,
    's3.region': 'us-east-1',
    's3.path-style-access': true,
    's3.aws-access-key': 'testing',
    's3.aws-secret-key': 'testing',
  }),
})

async function configure(folder, port, folders) {
  const tasks = folders.lasting ? {} : { 'task.concurrency': 1 }
  const catalogs = {
    memory: { 'connector.name': 'memory', 'memory.splits-per-node': 1 },
    ...(folders.files && { hive: hive(folders) }),
  }
  await mkdir(join(folder, 'catalog'))
  for (const [name, entries] of Object.entries(catalogs))
    await writeFile(join(folder, 'catalog', `${name}.properties`), properties(entries))
  await writeFile(join(folder, 'log.properties'), properties({ io: 'WARN', '': 'WARN' }).replace('\n=WARN', ''))
  await writeFile(
    join(folder, 'config.properties'),
    properties({
      coordinator: true,
      'node-scheduler.include-coordinator': true,
      'http-server.http.port': port,
      'discovery.uri': `http://127.0.0.1:${port}`,
      'node.environment': 'weir',
      'node.bind-ip': '127.0.0.1',
      'node.internal-address': '127.0.0.1',
      'plugin.dir': join(trinoHome, 'plugin'),
      'catalog.config-dir': join(folder, 'catalog'),
      'web-ui.enabled': false,
      ...tasks,
    }),
  )
}

/**
 * Starts Trino and waits until it answers; fetches it first where it is not there.
 * @param {{ files?: string, s3?: string, lasting?: boolean }} folders `files` is what the catalog `hive` sees as `local:///`, `s3` where
 *   its `s3://` leads; without `files` there is the catalog `memory` alone; `lasting` is one that is to be measured
 * @returns {Promise<{ url: string, pid: number, stop(): Promise<void> }>} `stop` kills it and removes its own folder
 */
export async function startTrino(folders = {}) {
  await fetchTrino()
  const java = await prepareJava()
  const folder = await mkdtemp(join(tmpdir(), 'weir-trino-'))
  const port = await freePort()
  await configure(folder, port, folders)
  const memory = folders.lasting ? ['-Xmx8G'] : [folders.files ? '-Xmx3G' : '-Xmx1500m', ...QUICK]
  const options = [...memory, '-Duser.timezone=UTC', '-Djdk.attach.allowAttachSelf=true', '-XX:+EnableDynamicAgentLoading']
  const files = [`-Dconfig=${join(folder, 'config.properties')}`, `-Dlog.levels-file=${join(folder, 'log.properties')}`]
  const log = join(folder, 'log')
  const server = spawn(
    java,
    [
      ...options,
      ...files,
      `-Dlog.path=${log}`,
      '-Dlog.enable-console=false',
      '-cp',
      join(trinoHome, 'lib', '*'),
      'io.trino.server.TrinoServer',
    ],
    { cwd: folder, stdio: 'ignore' },
  )
  const ended = new Promise(resolve => server.once('exit', resolve).once('error', resolve))
  const endWithUs = () => {
    server.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  process.once('exit', endWithUs)
  const interrupt = () => process.exit(130)
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  const stop = async () => {
    server.kill('SIGKILL')
    await ended
    process.off('exit', endWithUs).off('SIGINT', interrupt).off('SIGTERM', interrupt)
    await rm(folder, { recursive: true, force: true })
  }
  const url = `http://127.0.0.1:${port}`
  for (let second = 0; second < startSeconds && server.exitCode === null; second++) {
    if (await isReady(url, folders)) return { url, pid: server.pid, stop }
    await sleep(1000)
  }
  const tail = await readFile(log, 'utf8').then(
    text => text.slice(-4000),
    () => '',
  )
  await stop()
  throw new Error(`Trino did not start within ${startSeconds} s\n${tail}`)
}

/** A table can be written and read: Trino answers before it knows which nodes can read. */
async function isReady(url, { files }) {
  try {
    await runStatement(url, 'CREATE TABLE IF NOT EXISTS is_ready AS SELECT 1 AS x')
    await runStatement(url, 'SELECT x FROM is_ready')
    await runStatement(url, 'DROP TABLE is_ready')
    if (files) await runStatement(url, 'SHOW SCHEMAS FROM hive')
    return true
  } catch {
    return false
  }
}
