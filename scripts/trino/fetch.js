/* Trino as Maven Central has it, brought into the cache once: the server's core and the connectors that Weir's tests ask. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

export const version = '476'

/** Where the fetched Trino stands: `$WEIR_TRINO_CACHE`, else the person's cache folder. */
export const trinoHome = join(
  process.env.WEIR_TRINO_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'weir'),
  `trino-${version}`,
)

/** `unpacked` is the archive's folder that belongs at `place` of `trinoHome`. */
const artifacts = [
  {
    name: 'trino-server-core',
    packaging: 'tar.gz',
    sha256: '0f388f9967c177ae70a47c099082fc95387f0c3cb96d8000d1d41fc3a5223158',
    unpacked: join(`trino-server-core-${version}`, 'lib'),
    place: 'lib',
  },
  {
    name: 'trino-memory',
    packaging: 'zip',
    sha256: 'bade81c52e2f7177a7b867aee1b10fae48fefda9c38f3ec6aeb006fdde5f0378',
    unpacked: `trino-memory-${version}`,
    place: join('plugin', 'memory'),
  },
  {
    name: 'trino-hive',
    packaging: 'zip',
    sha256: '611bacdb07d9f3cf7b9d47f97ecc76fa2e7ff8bfe8a9728c3d06adc1bfb8662e',
    unpacked: `trino-hive-${version}`,
    place: join('plugin', 'hive'),
  },
]

/**
 * Brings the server and its connectors into `trinoHome`; does nothing when they are there. Safe to call from several processes.
 * Throws an error that says how to get what is missing.
 */
export async function fetchTrino() {
  for (const artifact of artifacts) if (!existsSync(join(trinoHome, artifact.place))) await fetchArtifact(artifact)
}

async function fetchArtifact({ name, packaging, sha256, unpacked, place }) {
  const target = join(trinoHome, place)
  await mkdir(dirname(target), { recursive: true })
  const folder = await mkdtemp(`${trinoHome}-`)
  try {
    const coordinates = `io.trino:${name}:${version}:${packaging}`
    await maven(coordinates, 'copy', join(folder, 'archive'))
    const [archive] = await readdir(join(folder, 'archive'))
    const found = await hashOf(join(folder, 'archive', archive))
    if (found !== sha256) throw new Error(`${coordinates} has SHA-256 ${found}, not ${sha256}: remove it from Maven's repository`)
    await maven(coordinates, 'unpack', join(folder, 'unpacked'))
    // Whoever is second keeps what the first has put there.
    await rename(join(folder, 'unpacked', unpacked), target).catch(error => {
      if (!existsSync(target)) throw error
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function maven(coordinates, goal, folder) {
  await mkdir(folder)
  const options = [
    '-q',
    '-B',
    '--strict-checksums',
    `dependency:${goal}`,
    `-Dartifact=${coordinates}`,
    `-DoutputDirectory=${folder}`,
  ]
  await run('mvn', options, { cwd: folder }).catch(error => {
    const reason = error.code === 'ENOENT' ? 'there is no mvn on PATH (Debian: apt-get install maven)' : lastLine(error)
    throw new Error(`${coordinates} could not be fetched from Maven Central: ${reason}`, { cause: error })
  })
}

const lastLine = error => (String(error.stdout).match(/^\[ERROR\].*$/m)?.[0] ?? error.message).trim()

async function hashOf(path) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
