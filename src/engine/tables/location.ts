import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Fault } from '../../fault/index.js'

/** One `--map-location FROM=TO`: the folder TO is read in place of FROM. */
export interface LocationMap {
  readonly from: string
  readonly to: string
}

/** What a LOCATION may name. */
export interface LocationRules {
  readonly maps: readonly LocationMap[]
  /** Files and folders that were given as SOURCE. */
  readonly sources: readonly string[]
}

/**
 * Reads `FROM=TO`. Both may hold `=` themselves: TO is the longest text after one that is there, else what follows the last.
 * Throws a Fault `map-location`.
 */
export function locationMap(text: string): LocationMap {
  const splits = [...text.matchAll(/=/g)].map(({ index }) => ({ from: text.slice(0, index), to: text.slice(index + 1) }))
  const map = splits.find(({ from, to }) => from !== '' && to !== '' && existsSync(to)) ?? splits.at(-1)
  if (map === undefined || map.from === '' || map.to === '') {
    throw new Fault({
      code: 'map-location',
      kind: 'usage',
      message: `--map-location ${text} does not name a place and a folder`,
      expected: 'FROM=TO',
      action: `write --map-location 's3://bucket/prefix/=FOLDER'`,
    })
  }
  return map
}

/**
 * The real path that a LOCATION means; undefined where the place is allowed and nothing is there.
 * Throws a Fault `location-refused` for a local path outside of the SOURCEs and the mapped folders, `location-unmapped`
 * for one elsewhere that no map reaches, and `source-missing` where a mapped folder is not there.
 */
export function resolveLocation(location: string, rules: LocationRules): string | undefined {
  if (location.includes('\0') || location.split(/[/\\]/).includes('..')) throw refused(location, 'a place without .. in it')
  const map = longest(location, rules.maps)
  if (map !== undefined) {
    const folder = realOrMissing(map.to)
    if (folder.missing) {
      throw new Fault({
        code: 'source-missing',
        kind: 'source',
        message: `the folder that ${map.from} is mapped to is not there`,
        where: map.to,
        action: 'name a folder that is there in --map-location FROM=TO',
      })
    }
    return within(location, join(map.to, location.slice(trimmed(map.from).length)), [folder.path])
  }
  if (/^file:\/\//i.test(location)) return within(location, filePath(location), folders(rules))
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(location)) {
    throw new Fault({
      code: 'location-unmapped',
      kind: 'source',
      message: `${location} is not on this machine`,
      expected: 'a place that this engine can read',
      action: `copy it into a folder and give --map-location '${location}=FOLDER'`,
    })
  }
  return within(location, resolve(location), folders(rules))
}

function folders({ maps, sources }: LocationRules): string[] {
  const known = [...sources, ...maps.map(({ to }) => to)].map(realOrMissing)
  return known.filter(({ missing }) => !missing).map(({ path }) => path)
}

function within(location: string, path: string, allowed: readonly string[]): string | undefined {
  const real = realOrMissing(path)
  const inside = allowed.some(
    folder => real.path === folder || real.path.startsWith(folder.endsWith(sep) ? folder : folder + sep),
  )
  if (!inside) throw refused(location, 'an s3:// address, or a path within a SOURCE or a mapped folder')
  return real.missing ? undefined : real.path
}

/** The longest FROM that the location begins with, up to the end of a path part. */
function longest(location: string, maps: readonly LocationMap[]): LocationMap | undefined {
  return maps
    .filter(({ from }) => trimmed(location) === trimmed(from) || location.startsWith(`${trimmed(from)}/`))
    .sort((a, b) => trimmed(b.from).length - trimmed(a.from).length)[0]
}

function trimmed(place: string): string {
  return place.replace(/\/+$/, '')
}

function filePath(location: string): string {
  try {
    return fileURLToPath(location)
  } catch {
    throw refused(location, 'a file:// address of this machine')
  }
}

/** The path with its symbolic links resolved; of one that is not there, those of the folders that are. */
function realOrMissing(path: string): { path: string; missing: boolean } {
  const full = resolve(path)
  try {
    return { path: realpathSync(full), missing: false }
  } catch (error) {
    if (dirname(full) === full || !isMissing(error)) throw refused(path, 'a path that can be read', error)
    return { path: join(realOrMissing(dirname(full)).path, basename(full)), missing: true }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}

function refused(location: string, expected: string, cause?: unknown): Fault {
  return new Fault({
    code: 'location-refused',
    kind: 'usage',
    message: `the table may not be read from ${location}`,
    where: 'LOCATION',
    expected,
    action: `name its folder as a SOURCE, or give --map-location '${location}=FOLDER'`,
    cause,
  })
}
