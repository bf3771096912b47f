import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { statementsOf } from '../sql/statements.js'
import { catalogAfter, catalogFile, loadCatalog, printCatalog, saveCatalog, type Catalog } from './catalog.js'

const after = (script: string, before: Catalog = new Map()) => statementsOf(script).reduce(catalogAfter, before)

const table = (name: string) => `CREATE EXTERNAL TABLE ${name} (bytes bigint) PARTITIONED BY (dt string) LOCATION 's3://logs/';`
const made = `${table('a')} ALTER TABLE a ADD PARTITION (dt='2024-05-06') LOCATION 's3://logs/06/' PARTITION (dt='it\\'s');
  CREATE VIEW v AS SELECT ';' AS "a;b" FROM a -- all
  ;`

let lake = ''
beforeEach(async () => {
  lake = join(await mkdtemp(join(tmpdir(), 'weir-catalog-')), 'lake')
})
afterEach(() => rm(join(lake, '..'), { recursive: true }))

test('what was saved is there next time, and nothing else lies beside it', async () => {
  expect(await loadCatalog(lake)).toEqual(new Map())
  const catalog = after(made)
  await saveCatalog(lake, catalog)
  await saveCatalog(lake, catalog)
  expect(await loadCatalog(lake)).toEqual(catalog)
  expect(await readdir(lake)).toEqual(['tables.sql'])
  expect(after(printCatalog(catalog))).toEqual(catalog)
})

test('a file that somebody spoilt is told with its place', async () => {
  await saveCatalog(lake, after(made))
  await writeFile(catalogFile(lake), 'CREATE EXTERNAL TABLE a (b int)')
  await expect(loadCatalog(lake)).rejects.toMatchObject({
    code: 'catalog-unreadable',
    kind: 'usage',
    where: `${catalogFile(lake)}, line 1, column 32`,
  })
})

test('IF NOT EXISTS, OR REPLACE and IF EXISTS', () => {
  const catalog = after(made)
  expect(() => after(table('a'), catalog)).toThrow(expect.objectContaining({ code: 'table-exists' }))
  expect(after(table('IF NOT EXISTS a'), catalog)).toBe(catalog)
  expect(() => after('CREATE VIEW v AS SELECT 1', catalog)).toThrow(/there already/)
  expect(() => after('CREATE OR REPLACE VIEW a AS SELECT 1', catalog)).toThrow(/there already/)
  expect(after('CREATE OR REPLACE VIEW v AS SELECT 1', catalog).get('v')).toEqual({ kind: 'view', name: 'v', sql: 'SELECT 1' })
  expect([...after('DROP TABLE a; DROP VIEW IF EXISTS nothing', catalog).keys()]).toEqual(['v'])
  expect(() => after('DROP TABLE nothing', catalog)).toThrow(expect.objectContaining({ code: 'table-missing', expected: 'a' }))
  expect(() => after('DROP TABLE IF EXISTS v', catalog)).toThrow(/v is a view/)
  expect(() => after('MSCK REPAIR TABLE vpc_flow_logs', catalog)).toThrow(/no table/)
  expect(after('SHOW TABLES; SELECT 1; MSCK REPAIR TABLE a', catalog)).toBe(catalog)
})

test('partitions are added once, with all their columns', () => {
  const catalog = after(made)
  expect(() => after(`ALTER TABLE a ADD PARTITION (dt='2024-05-06')`, catalog)).toThrow(
    expect.objectContaining({ code: 'table-partition' }),
  )
  expect(
    after(`ALTER TABLE a ADD IF NOT EXISTS PARTITION (dt='2024-05-06') PARTITION (dt='2024-05-07')`, catalog).get('a'),
  ).toMatchObject({
    partitions: [{ location: 's3://logs/06/' }, {}, { values: { dt: '2024-05-07' } }],
  })
  expect(() => after(`ALTER TABLE a ADD PARTITION (day='1')`, catalog)).toThrow(/not partitioned by day/)
  expect(() => after(`ALTER TABLE v ADD PARTITION (dt='1')`, catalog)).toThrow(/v is a view/)
})
