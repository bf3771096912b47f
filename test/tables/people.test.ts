import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkScript, statementsOf } from '../../src/engine/index.js'
import { answer, answers, lines, log, ownFolder, run, v2, V2, v5, V5, withEngine, writeLogs, writeParquet } from './world.js'

const folder = ownFolder()
let folders = 0
const logsOf = (logs: Readonly<Record<string, string | Uint8Array>>) => writeLogs(join(folder, String(++folders)), logs)
const bucket = (to: string) => ({ maps: [{ from: 's3://bucket/', to }] })
const usage = (code: string) => expect.objectContaining({ kind: 'usage', code }) as unknown

const table = (name: string, columns: string, location = 's3://bucket/') =>
  `CREATE EXTERNAL TABLE ${name} (${columns}) ROW FORMAT DELIMITED FIELDS TERMINATED BY ' ' LOCATION '${location}';`
const columns = V2.split(' ').map(
  name =>
    `\`${name.replaceAll('-', '_')}\` ${/port|version|protocol/.test(name) ? 'int' : /packets|bytes|start|end/.test(name) ? 'bigint' : 'string'}`,
)

describe('columns and the fields of the files', () => {
  test('a header goes before the order of the columns', async () => {
    const root = logsOf({ 'a.log': v5({ bytes: 5, srcaddr: '10.0.0.5' }) })
    const sql = `${table('t', columns.toReversed().join(', '))} SELECT srcaddr, bytes, log_status FROM t`
    expect(await answer(sql, bucket(root))).toEqual([{ srcaddr: '10.0.0.5', bytes: 5, log_status: 'OK' }])
  })

  test('a column that only some of the files have', async () => {
    const root = logsOf({ 'a.log': v2({ bytes: 2 }), 'b.log': v5({ bytes: 5 }) })
    const sql = `${table('t', 'bytes bigint, vpc_id string, flow_direction string')} SELECT * FROM t ORDER BY bytes`
    expect(await answer(sql, bucket(root))).toEqual([
      { bytes: 2, vpc_id: null, flow_direction: null },
      { bytes: 5, vpc_id: 'vpc-1', flow_direction: 'egress' },
    ])
  })

  test('a name that says nothing means its place, in each file its own', async () => {
    const other = 'version bytes account-id dstaddr srcaddr dstport srcport packets protocol start end action log-status'
    const root = logsOf({ 'a.log': v2({ bytes: 1 }), 'b.log': log(other, [{ bytes: 2, dstaddr: '192.0.2.4' }]) })
    const sql = `${table('t', 'first int, second string, third string, fourth string')} SELECT fourth, second FROM t ORDER BY 1`
    expect(await answer(sql, bucket(root))).toEqual([
      { fourth: '10.0.0.1', second: '123456789012' },
      { fourth: '192.0.2.4', second: '2' },
    ])
  })

  test('without a header the columns say what stands where', async () => {
    const odd = 'srcaddr dstaddr bytes dstport start end'
    const root = logsOf({ 'a.log': lines(odd, [{ bytes: 1 }, { bytes: 2 }]) })
    const sql = `${table('t', 'sourceip string, destip string, numbytes bigint, destport int, starttime bigint, endtime bigint')}
      SELECT sourceip, numbytes, destport, date FROM t ORDER BY numbytes`
    expect(await answer(sql, bucket(root))).toEqual([
      { sourceip: '10.0.0.1', numbytes: 1, destport: 443, date: '2026-01-05' },
      { sourceip: '10.0.0.1', numbytes: 2, destport: 443, date: '2026-01-05' },
    ])
  })

  test('without a header, and more or fewer columns than the lines have', async () => {
    const root = logsOf({ 'a.log': lines(V2, [{ bytes: 1 }]) })
    const more = [...columns, 'vpc_id string', 'subnet_id string'].join(', ')
    expect(await answer(`${table('t', more)} SELECT bytes, vpc_id FROM t`, bucket(root))).toEqual([{ bytes: 1, vpc_id: null }])
    const fewer = columns.slice(0, 10).join(', ')
    expect(await answer(`${table('t', fewer)} SELECT bytes FROM t`, bucket(root))).toEqual([{ bytes: 1 }])
  })

  test("without a header, and without the region that AWS's example leaves out", async () => {
    const root = logsOf({ 'eu-west-1/a.log': lines(V5, [{ version: 5, bytes: 1 }]) })
    const named = V5.split(' ').filter(name => name !== 'region')
    const sql = `CREATE EXTERNAL TABLE t (${named.map(name => `\`${name.replaceAll('-', '_')}\` string`).join(', ')})
      PARTITIONED BY (region string) ROW FORMAT DELIMITED FIELDS TERMINATED BY ' ' LOCATION 's3://bucket/'
      TBLPROPERTIES ('projection.enabled'='true', 'projection.region.type'='enum', 'projection.region.values'='eu-west-1',
        'storage.location.template'='s3://bucket/\${region}/');
      SELECT pkt_dstaddr, az_id, traffic_path, region FROM t`
    expect(await answer(sql, bucket(root))).toEqual([
      { pkt_dstaddr: '10.9.9.2', az_id: 'euw1-az1', traffic_path: '8', region: 'eu-west-1' },
    ])
  })

  test('text and Parquet side by side', async () => {
    const root = logsOf({ 'a.log': v2({ bytes: 1 }) })
    await writeParquet(join(root, 'b.log.parquet'), [{ bytes: 2 }])
    expect(await answer(`${table('t', 'bytes bigint')} SELECT * FROM t ORDER BY 1`, bucket(root))).toEqual([
      { bytes: 1 },
      { bytes: 2 },
    ])
  })

  test('SELECT * leaves out the date that a table has all the same; a date of its own is shown', async () => {
    const root = logsOf({ 'a.log': v2({}) })
    const sql = `${table('t', 'srcaddr string, start int')} SELECT * FROM t; SELECT date, date_diff('day', date, DATE '2026-01-07') AS ago FROM t`
    const [, all, named] = await answers(sql, bucket(root))
    expect(all).toEqual([{ srcaddr: '10.0.0.1', start: 1767600000 }])
    expect(named).toEqual([{ date: '2026-01-05', ago: 2 }])
    await expect(answer(`${table('t', 'srcaddr string')} SELECT date FROM t`, bucket(root))).rejects.toThrow(usage('sql-column'))
  })
})

describe('views', () => {
  const logs = logsOf({ 'a.log': v2({ bytes: 1 }, { bytes: 2, dstport: 22 }) })

  test('are replaced, read one another, and are dropped', async () => {
    const script = `CREATE VIEW big AS SELECT * FROM records WHERE bytes > 1;
      CREATE OR REPLACE VIEW big AS SELECT * FROM records WHERE bytes > 0;
      CREATE VIEW sums AS SELECT sum(bytes) AS total FROM big;
      SELECT total FROM sums; DROP VIEW sums; SHOW TABLES 'sums'`
    const all = await answers(script, { sources: [logs] })
    expect([all[3], all[5]]).toEqual([[{ total: 3 }], []])
  })

  test.each(['records', 'vpc_flow_logs', 'flows'])("one that is named like Weir's %s, over what it hides", async name => {
    const script = `CREATE OR REPLACE VIEW ${name} AS SELECT * FROM ${name} WHERE dstport = 22; SELECT sum(bytes) AS total FROM ${name}`
    expect(await answer(script, { sources: [logs] })).toEqual([{ total: 2 }])
  })

  test('one that reads itself by way of others is refused, and the rest can still be seen', async () => {
    const script = `CREATE VIEW b AS SELECT 1 AS one; CREATE VIEW a AS SELECT * FROM b; CREATE OR REPLACE VIEW b AS SELECT * FROM a`
    await withEngine({}, async engine => {
      await run(engine, script)
      await expect(run(engine, 'SELECT * FROM b')).rejects.toThrow(usage('sql-relation'))
      expect(await run(engine, "SHOW TABLES 'a|b'; DESCRIBE records")).toMatchObject([[{ tab_name: 'a' }, { tab_name: 'b' }], {}])
    })
  })

  test('one whose table is gone says so, and is seen', async () => {
    const root = logsOf({ 'a.log': v2({}) })
    const script = `${table('t', 'bytes bigint')} CREATE VIEW v AS SELECT * FROM t; DROP TABLE t; SHOW TABLES 'v'; SELECT * FROM records`
    expect((await answers(script, bucket(root)))[3]).toEqual([{ tab_name: 'v' }])
    const ask = `${table('t', 'bytes bigint')} CREATE VIEW v AS SELECT * FROM t; DROP TABLE t; SELECT * FROM v`
    await expect(answers(ask, bucket(root))).rejects.toThrow(usage('sql-relation'))
  })

  test("Weir's own relations read Weir's, whatever a person calls records", async () => {
    const script = `CREATE VIEW records AS SELECT 1 AS one; SELECT one FROM records; SELECT count(*) AS n FROM flows;
      SELECT sum(bytes) AS total FROM vpc_flow_logs; SELECT count(*) AS n FROM records r CROSS JOIN flows f`
    const [, one, flows, total, both] = await answers(script, { sources: [logs] })
    expect([one, flows, total, both]).toEqual([[{ one: 1 }], [{ n: 2 }], [{ total: 3 }], [{ n: 2 }]])
  })
})

describe("a table that is named like Weir's", () => {
  const source = logsOf({ 'a.log': v2({ bytes: 1 }) })
  const own = logsOf({ 'a.log': v2({ bytes: 10 }, { bytes: 20 }) })
  const options = { sources: [source], ...bucket(own) }

  test.each(['records', 'vpc_flow_logs', 'flows'])(
    '%s: takes its place, IF NOT EXISTS or not, until it is dropped',
    async name => {
      const script = `${table(`IF NOT EXISTS ${name}`, columns.join(', '))} SELECT sum(bytes) AS total FROM ${name};
      SELECT count(*) AS n FROM ${name} a JOIN ${name} b ON a.bytes = b.bytes;
      DROP TABLE ${name}; SELECT sum(bytes) AS total FROM ${name}`
      const [, total, joined, , after] = await answers(script, options)
      expect([total, joined, after]).toEqual([[{ total: 30 }], [{ n: 2 }], [{ total: 1 }]])
    },
  )

  test('beside Weir’s relations, which still read the sources', async () => {
    const script = `${table('records', columns.join(', '))} SELECT sum(r.bytes) AS mine, count(f.bytes) AS flows, max(f.bytes) AS theirs
      FROM records r CROSS JOIN flows f`
    expect(await answer(script, options)).toEqual([{ mine: 30, flows: 2, theirs: 1 }])
  })
})

describe('a lake keeps what people make', () => {
  const root = logsOf({ 'dt=2026-01-05/a.log': v2({ bytes: 1 }), 'dt=2026-01-06/a.log': v2({ bytes: 2 }) })
  const lake = join(folder, 'lake')
  const options = { ...bucket(root), lake }

  test('for the next run, partitions and views too, until they are dropped', async () => {
    await answers(
      `CREATE EXTERNAL TABLE kept (bytes bigint) PARTITIONED BY (dt string) ROW FORMAT DELIMITED FIELDS TERMINATED BY ' '
         LOCATION 's3://bucket/';
       ALTER TABLE kept ADD PARTITION (dt='2026-01-06'); CREATE VIEW twice AS SELECT 2 * bytes AS bytes FROM kept`,
      options,
    )
    expect(readFileSync(join(lake, 'tables.sql'), 'utf8')).toContain('CREATE EXTERNAL TABLE')
    expect(await answers('SELECT dt, bytes FROM kept; SELECT bytes FROM twice', options)).toEqual([
      [{ dt: '2026-01-06', bytes: 2 }],
      [{ bytes: 4 }],
    ])
    await answers('DROP VIEW twice; DROP TABLE kept', options)
    await expect(answer('SELECT * FROM kept', options)).rejects.toThrow(usage('sql-relation'))
  })

  test('a script that is refused keeps nothing', async () => {
    const script = `CREATE VIEW unkept AS SELECT 1 AS one; SELECT nothing FROM unkept`
    await expect(answers(script, options)).rejects.toThrow(usage('sql-column'))
    expect(await answer("SHOW TABLES 'unkept'", options)).toEqual([])
  })
})

describe('LOCATION', () => {
  const root = logsOf({ 'inside/a.log': v2({ bytes: 1 }), 'secret.log': v2({ bytes: 2 }) })
  const inside = join(root, 'inside')
  mkdirSync(join(inside, 'links'))
  symlinkSync(root, join(inside, 'links/out'))

  test('within a SOURCE', async () => {
    const script = `${table('t', 'bytes bigint', inside)} SELECT sum(bytes) AS total FROM t`
    expect(await answer(script, { sources: [join(inside, 'a.log'), inside] })).toEqual([{ total: 3 }])
    expect(await answer(script.replace('inside', 'inside/nothing/here'), { sources: [inside] })).toEqual([{ total: null }])
  })

  test.each([
    ['a place outside', root],
    ['a place above', `${inside}/../`],
    ['a link that leads out', `${inside}/links/out`],
    ['the system', '/etc/'],
    ['a file:// address', 'file:///etc/'],
  ])('%s is refused before anything runs', async (_, location) => {
    const script = `SELECT 1 AS one; ${table('t', 'bytes bigint', location)} SELECT * FROM t`
    await withEngine({ sources: [inside] }, engine => {
      expect(() => checkScript(engine, statementsOf(script))).toThrow(usage('location-refused'))
      return Promise.resolve()
    })
  })

  test('of a partition is refused alike', async () => {
    const script = `CREATE EXTERNAL TABLE t (bytes bigint) PARTITIONED BY (dt string) ROW FORMAT DELIMITED
      FIELDS TERMINATED BY ' ' LOCATION '${inside}'; ALTER TABLE t ADD PARTITION (dt='1') LOCATION '/etc/'`
    await expect(answers(script, { sources: [inside] })).rejects.toThrow(usage('location-refused'))
  })

  test('one in S3 that nothing maps is not on this machine', async () => {
    const script = `${table('t', 'bytes bigint', 's3://elsewhere/logs/')} SELECT * FROM t`
    await expect(answer(script, bucket(root))).rejects.toThrow(
      expect.objectContaining({ kind: 'source', code: 'location-unmapped' }) as unknown,
    )
    await expect(answer(script, { maps: [{ from: 's3://elsewhere/', to: join(root, 'none') }] })).rejects.toThrow(
      expect.objectContaining({ kind: 'source', code: 'source-missing' }) as unknown,
    )
  })

  test('folders that are links give the partition of their name', async () => {
    const linked = logsOf({ 'data/real/a.log': v2({ bytes: 7 }) })
    symlinkSync(join(linked, 'data/real'), join(linked, 'data/dt=2026-01-05'))
    const script = `CREATE EXTERNAL TABLE t (bytes bigint) PARTITIONED BY (dt string) ROW FORMAT DELIMITED
      FIELDS TERMINATED BY ' ' LOCATION 's3://bucket/data/'; SELECT dt, bytes FROM t`
    expect(await answer(script, bucket(linked))).toEqual([{ dt: '2026-01-05', bytes: 7 }])
  })
})

test('what a table could not read is told', async () => {
  const root = logsOf({ 'a.log': v2({ bytes: 1 }) })
  symlinkSync(join(root, 'gone'), join(root, 'b.log'))
  await withEngine(bucket(root), async engine => {
    await run(engine, `${table('t', 'bytes bigint')} SELECT * FROM t`)
    expect(engine.tableInputs().get('t')).toMatchObject({ records: 1, unreadable: [{ source: join(root, 'b.log') }] })
  })
})

test.each([
  ['SHOW PARTITIONS t', 'table-partition'],
  ['SHOW PARTITIONS nothing', 'sql-relation'],
  ['SHOW PARTITIONS records', 'sql-relation'],
  ['SHOW COLUMNS IN nothing', 'sql-relation'],
  ['DESCRIBE nothing', 'sql-relation'],
  ['DROP TABLE nothing', 'table-missing'],
  ['DROP TABLE records', 'table-missing'],
  ['DROP VIEW t', 'table-missing'],
  ['MSCK REPAIR TABLE nothing', 'table-missing'],
  ["ALTER TABLE t ADD PARTITION (dt='1')", 'table-partition'],
  ['CREATE TABLE u AS SELECT 1', 'sql-refused'],
  ['INSERT INTO t SELECT 1', 'sql-refused'],
])('%s is refused before anything runs', async (sql, code) => {
  await withEngine({}, engine => {
    expect(() => checkScript(engine, statementsOf(`SELECT 1 AS one; ${table('t', 'bytes bigint')} ${sql}`))).toThrow(usage(code))
    return Promise.resolve()
  })
})
