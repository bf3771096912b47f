/* A Trino of our own: fetched from Maven Central once, started on loopback with the memory connector alone, stopped by its pid. */
import { execFile, spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { runStatement } from './client.js'

export const version = '476'
const oldestJava = 24
const startSeconds = 300
const run = promisify(execFile)

/** Where the fetched Trino stands: `$WEIR_TRINO_CACHE`, else the person's cache folder. */
export const trinoHome = join(
  process.env.WEIR_TRINO_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'weir'),
  `trino-${version}`,
)

/** Brings the server and the memory connector into `trinoHome`; does nothing when they are there. */
export async function fetchTrino() {
  if (existsSync(trinoHome)) return
  await mkdir(dirname(trinoHome), { recursive: true })
  const unpacking = await mkdtemp(`${trinoHome}-`)
  for (const artifact of [`io.trino:trino-server-core:${version}:tar.gz`, `io.trino:trino-memory:${version}:zip`]) {
    const options = ['-q', '-B', 'dependency:unpack', `-Dartifact=${artifact}`, `-DoutputDirectory=${unpacking}`]
    await run('mvn', options, { cwd: unpacking })
  }
  const home = join(unpacking, 'home')
  await mkdir(join(home, 'plugin'), { recursive: true })
  await rename(join(unpacking, `trino-server-core-${version}`, 'lib'), join(home, 'lib'))
  await rename(join(unpacking, `trino-memory-${version}`), join(home, 'plugin', 'memory'))
  await rename(home, trinoHome)
  await rm(unpacking, { recursive: true })
}

/** The path of a `java` that is new enough, from JAVA_HOME, PATH and the folders where systems keep theirs. */
export async function findJava() {
  const roots = [
    '/usr/lib/jvm',
    '/usr/java',
    '/opt/java',
    '/Library/Java/JavaVirtualMachines',
    join(homedir(), '.sdkman/candidates/java'),
  ]
  const homes = process.env.JAVA_HOME ? [process.env.JAVA_HOME] : []
  for (const root of roots) {
    const names = await readdir(root).catch(() => [])
    homes.push(...names.map(name => join(root, name)), ...names.map(name => join(root, name, 'Contents', 'Home')))
  }
  const folders = [...homes.map(home => join(home, 'bin')), ...(process.env.PATH ?? '').split(delimiter)]
  for (const java of folders.map(folder => join(folder, 'java')).filter(path => existsSync(path))) {
    const { stderr } = await run(java, ['-version'])
    if (Number(/version "(\d+)/.exec(stderr)?.[1]) >= oldestJava) return java
  }
  throw new Error(`Trino ${version} needs Java ${oldestJava} or newer: install one, or set JAVA_HOME to its folder`)
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

async function configure(folder, port) {
  await mkdir(join(folder, 'catalog'))
  await writeFile(
    join(folder, 'catalog', 'memory.properties'),
    properties({ 'connector.name': 'memory', 'memory.splits-per-node': 1 }),
  )
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
      'task.concurrency': 1,
    }),
  )
}

/** Starts Trino and waits until it answers. Gives its address and `stop()`, which ends it and removes its folder. */
export async function startTrino() {
  await fetchTrino()
  const java = await findJava()
  const folder = await mkdtemp(join(tmpdir(), 'weir-trino-'))
  const port = await freePort()
  await configure(folder, port)
  const options = ['-Xmx1500m', '-Duser.timezone=UTC', '-Djdk.attach.allowAttachSelf=true', '-XX:+EnableDynamicAgentLoading']
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
    if (await isReady(url)) return { url, stop }
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
async function isReady(url) {
  try {
    await runStatement(url, 'CREATE TABLE IF NOT EXISTS is_ready AS SELECT 1 AS x')
    await runStatement(url, 'SELECT x FROM is_ready')
    await runStatement(url, 'DROP TABLE is_ready')
    return true
  } catch {
    return false
  }
}
