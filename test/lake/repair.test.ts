import { readdir, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compact, verify } from '../../src/lake/index.js'
import { log, ownFolders, record, type Sandbox } from './small-lake.js'

const folders = ownFolders()

/** Three objects over three days, in three parts of one batch each, of which one is then cut short. */
async function damaged(): Promise<Sandbox> {
  const own = await folders()
  await own.write('a.log', log(record({ bytes: 1 }), record({ day: 1, bytes: 2 }), record({ day: 2, bytes: 4 })))
  await own.write('b.log', log(record({ bytes: 10 }), record({ day: 1, bytes: 20 })))
  await own.ingest()
  await own.write('c.log', log(record({ bytes: 100 }), record({ day: 1, bytes: 200 })))
  await own.ingest()
  await compact(own.lake, own.options)
  const parts = await partsOf(own)
  await truncate(parts[0] ?? '', 100)
  return own
}

async function partsOf({ lake }: Sandbox): Promise<string[]> {
  const names = await readdir(join(lake, 'records'), { recursive: true })
  return names.flatMap(name => (name.endsWith('.parquet') ? [join(lake, 'records', name)] : [])).sort()
}

describe('a part that is damaged', () => {
  test('after a repair the next ingest reads again what it held', async () => {
    const own = await damaged()
    await verify(own.lake, { ...own.options, repair: true })
    await own.ingest()
    expect((await verify(own.lake, own.options)).flaws).toEqual([])
    expect(await own.bytes()).toBe(337)
  })

  test('until then it is said what was lost; a second repair sets nothing aside that is whole', async () => {
    const own = await damaged()
    const first = await verify(own.lake, { ...own.options, repair: true })
    expect(first.setAside).toHaveLength(1)
    const standing = await partsOf(own)
    const second = await verify(own.lake, { ...own.options, repair: true })
    expect(second.setAside).toEqual([])
    expect(second.flaws.map(({ where }) => where.slice(-5)).sort()).toEqual(['a.log', 'b.log', 'c.log'])
    expect(await partsOf(own)).toEqual(standing)
    await own.ingest()
    expect(await own.bytes()).toBe(337)
  })

  test('an interruption is no damage', async () => {
    const own = await folders()
    await own.write('a.log', log(record()))
    await own.ingest()
    const signal = AbortSignal.abort()
    await expect(verify(own.lake, { ...own.options, signal, repair: true })).rejects.toThrow()
    expect(await partsOf(own)).toHaveLength(1)
    expect((await verify(own.lake, own.options)).flaws).toEqual([])
  })
})
