import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { locationMap, resolveLocation } from './location.js'

let folder = ''

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'weir-location-')))
  await mkdir(join(folder, 'logs/eu/2024'), { recursive: true })
  await mkdir(join(folder, 'other/year=2024'), { recursive: true })
  await writeFile(join(folder, 'secret'), '')
  await symlink(folder, join(folder, 'logs/out'))
  await symlink(join(folder, 'logs/eu'), join(folder, 'logs/same'))
})
afterAll(() => rm(folder, { recursive: true }))

const rules = () => ({
  maps: [
    { from: 's3://b/AWSLogs/{account}/vpcflowlogs/{region}/', to: join(folder, 'logs/eu') },
    { from: 's3://b', to: join(folder, 'logs') },
    { from: 's3://gone/', to: join(folder, 'gone') },
  ],
  sources: [join(folder, 'other')],
})

test('an address is read from the folder it is mapped to, by the longest FROM', () => {
  expect(resolveLocation('s3://b/AWSLogs/{account}/vpcflowlogs/{region}/', rules())).toBe(join(folder, 'logs/eu'))
  expect(resolveLocation('s3://b/AWSLogs/{account}/vpcflowlogs/{region}/2024', rules())).toBe(join(folder, 'logs/eu/2024'))
  expect(resolveLocation('s3://b/eu/', rules())).toBe(join(folder, 'logs/eu'))
  expect(resolveLocation('s3://b/same/2024/', rules())).toBe(join(folder, 'logs/eu/2024'))
  expect(resolveLocation('s3://b/us/2024/', rules())).toBeUndefined()
})

test('a FROM ends where a path part ends', () => {
  expect(() => resolveLocation('s3://bucket/eu/', rules())).toThrow(
    expect.objectContaining({ code: 'location-unmapped', kind: 'source' }) as Error,
  )
})

test('a local path lies within a SOURCE or a mapped folder', () => {
  expect(resolveLocation(join(folder, 'other'), rules())).toBe(join(folder, 'other'))
  expect(resolveLocation(`file://${folder}/logs/eu/`, rules())).toBe(join(folder, 'logs/eu'))
  expect(resolveLocation(join(folder, 'other/none/here'), rules())).toBeUndefined()
})

test.each(['secret', 'otherwise', 'none', 'other/../secret', 'logs/out', 'logs/out/secret', 'logs/out/none'])(
  '%s is refused',
  path => {
    expect(() => resolveLocation(`${folder}/${path}`, rules())).toThrow(
      expect.objectContaining({ code: 'location-refused', kind: 'usage' }) as Error,
    )
  },
)

test.each([
  's3://b/eu/../../secret',
  's3://b/out',
  's3://b/out/secret',
  's3://b/\0',
  'file://elsewhere/etc',
  '/etc/passwd',
  'relative',
])('%j is refused', location => {
  expect(() => resolveLocation(location, rules())).toThrow(
    expect.objectContaining({ code: 'location-refused', kind: 'usage' }) as Error,
  )
})

test('a map to a folder that is not there is told', () => {
  expect(() => resolveLocation('s3://gone/2024/', rules())).toThrow(
    expect.objectContaining({ code: 'source-missing', kind: 'source' }) as Error,
  )
})

test('FROM=TO, with = in either', () => {
  expect(locationMap('s3://b/{r}/=/x')).toEqual({ from: 's3://b/{r}/', to: '/x' })
  expect(locationMap('s3://b/dt=1/=/x')).toEqual({ from: 's3://b/dt=1/', to: '/x' })
  const to = join(folder, 'other/year=2024')
  expect(locationMap(`s3://b/year=2024=${to}`)).toEqual({ from: 's3://b/year=2024', to })
  for (const text of ['s3://b', '=x', 's3://b=']) expect(() => locationMap(text)).toThrow(/does not name/)
})
