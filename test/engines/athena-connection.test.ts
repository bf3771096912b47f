import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AthenaServer } from '../athena-server/server.js'
import { answerOf, athenaOptions, faultOf, startAthenaOver, withAthena, type Answer } from './athena.js'
import { describeTrino } from './trino.js'

const workgroups = {
  primary: {},
  bounded: { output: 's3://results/', cutoff: 10_000_000_000 },
}

describeTrino('a connection to Athena', trino => {
  let server: AthenaServer
  const options = (more: object = {}) => ({ ...athenaOptions(server, 'athena_connection'), ...more })
  const answer = (sql: string, more: object = {}): Promise<Answer> => withAthena(options(more), athena => answerOf(athena, sql))
  const rows = async (sql: string) => (await answer(sql)).rows
  const refused = (sql: string, more: object = {}) => faultOf(answer(sql, more))
  /** Statements that were begun; what explains one reads nothing. */
  const begun = () => [...server.executions.values()].map(({ sql }) => sql).filter(sql => !sql.startsWith('EXPLAIN'))

  beforeAll(async () => {
    server = await startAthenaOver(trino, { workgroups })
    await answer('CREATE DATABASE IF NOT EXISTS athena_connection')
  })
  afterAll(() => server?.stop())
  beforeEach(() => {
    Object.assign(server.trouble, { throttled: {}, lost: {}, pageRows: 1000 })
    server.executions.clear()
    server.requests.length = 0
  })

  describe('cells', () => {
    test('have the types that Trino has, exact where JavaScript would round', async () => {
      const sql = `SELECT 9007199254740993 AS big, 7 AS small, 1.5E0 AS real_number, DECIMAL '12.50' AS money, true AS yes,
        X'00FF10' AS bytes, DATE '2026-01-05' AS day, TIMESTAMP '2026-01-05 10:11:12.123' AS moment, 'x' AS text`
      expect(await answer(sql)).toMatchObject({
        names: ['big', 'small', 'real_number', 'money', 'yes', 'bytes', 'day', 'moment', 'text'],
        types: ['bigint', 'integer', 'double', 'decimal(4,2)', 'boolean', 'varbinary', 'date', 'timestamp(3)', 'varchar(1)'],
        rows: [['9007199254740993', 7, 1.5, '12.50', true, 'AP8Q', '2026-01-05', '2026-01-05 10:11:12.123', 'x']],
      })
    })

    test('tell NULL from the empty text, and a row from the header', async () => {
      expect(await rows(`SELECT * FROM (VALUES ('a', ''), ('b', NULL), ('name', 'other')) AS t (name, other)`)).toEqual([
        ['a', ''],
        ['b', null],
        ['name', 'other'],
      ])
    })

    test('of arrays, maps and rows are as they were, whatever stands in their texts', async () => {
      const sql = `SELECT ARRAY['a, b', '', NULL, '[c]', '"d"'] AS list, MAP(ARRAY['k=v, x'], ARRAY[9007199254740993]) AS map,
        ROW(1, 'x', ARRAY[true, NULL]) AS pair, ARRAY[1.5E0, nan()] AS numbers, ARRAY[DECIMAL '1.50'] AS money, CAST(NULL AS array(bigint)) AS none`
      expect((await answer(sql)).rows).toEqual([
        [
          ['a, b', '', null, '[c]', '"d"'],
          { 'k=v, x': '9007199254740993' },
          [1, 'x', [true, null]],
          [1.5, 'NaN'],
          ['1.50'],
          null,
        ],
      ])
    })

    test('of arrays come in the order of the statement', async () => {
      const expected = [2, 1, 0].map(n => [n, Array.from({ length: n }, (_, i) => `${i}, x`)])
      const from = `FROM (VALUES 0, 1, 2) AS t (n)`
      const items = `n, filter(transform(ARRAY[0, 1], i -> CAST(i AS varchar) || ', x'), s -> CAST(substr(s, 1, 1) AS integer) < n) AS list`
      expect(await rows(`SELECT ${items} ${from} ORDER BY n DESC`)).toEqual(expected)
      expect(await rows(`WITH w AS (SELECT ${items} ${from}) SELECT * FROM w ORDER BY n DESC LIMIT 3`)).toEqual(expected)
      expect(await rows(`SELECT ${items} ${from} UNION SELECT ${items} ${from} ORDER BY 1 DESC`)).toEqual(expected)
      expect(await refused(`SELECT ${items} ${from} ORDER BY list`)).toMatchObject({ code: 'sql-refused', kind: 'usage' })
    })
  })

  test('rows come page by page, each once', async () => {
    server.trouble.pageRows = 7
    const result = await rows('SELECT n FROM UNNEST(sequence(1, 20)) AS t (n) ORDER BY n')
    expect(result.map(([n]) => n)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  })

  describe('nothing is paid for twice', () => {
    test('a request whose answer was lost goes under its first token, and begins nothing anew', async () => {
      server.trouble.lost = { StartQueryExecution: 2 }
      expect(await rows(`SELECT 'lost once'`)).toEqual([['lost once']])
      expect(begun()).toEqual([`SELECT 'lost once'`])
      const tokens = server.requests.flatMap(({ body, operation }) =>
        operation === 'StartQueryExecution' && body['QueryString'] === `SELECT 'lost once'` ? [body['ClientRequestToken']] : [],
      )
      expect(new Set(tokens).size).toBe(1)
    })

    test('where Athena is throttled, it is asked again', async () => {
      server.trouble.throttled = { StartQueryExecution: 2, GetQueryExecution: 1, GetQueryResults: 1 }
      expect(await rows(`SELECT 1`)).toEqual([[1]])
      expect(begun()).toEqual(['SELECT 1'])
    })

    test('a statement that failed is not run again', async () => {
      await refused('SELECT 1 / (n - 1) FROM (VALUES 1) AS t (n)')
      expect(begun()).toHaveLength(1)
    })

    test('an aborted statement is stopped', async () => {
      const abort = new AbortController()
      const long =
        'SELECT count(*) FROM UNNEST(sequence(1, 10000)) a (x), UNNEST(sequence(1, 10000)) b (y), UNNEST(sequence(1, 1000)) c (z)'
      const asked = withAthena(options(), async athena => athena.run(long, { signal: abort.signal }))
      await expect.poll(() => begun(), { timeout: 20_000 }).toEqual([long])
      abort.abort(new Error('interrupted'))
      await expect(asked).rejects.toThrow('interrupted')
      const [execution] = [...server.executions.values()].filter(({ sql }) => sql === long)
      expect(execution?.state).toBe('CANCELLED')
    })
  })

  describe('what Athena refuses', () => {
    test.each([
      ['SELECT * FROM nowhere', { code: 'remote-table', kind: 'engine', where: 'athena, line 1, column 15' }],
      ['SELECT 1,\n  nothing', { code: 'sql-column', kind: 'usage', where: 'line 2, column 3' }],
      ['SELEC 1', { code: 'sql-syntax', kind: 'usage', where: 'line 1, column 1' }],
      ['SELECT\n FROM WHERE', { code: 'sql-syntax', kind: 'usage' }],
      ['SELECT no_such_function(1)', { code: 'sql-function', kind: 'usage' }],
      ['SELECT 1 / (n - 1) FROM (VALUES 1) AS t (n)', { code: 'query-failed', kind: 'engine' }],
    ])('%s', async (sql, fault) => {
      expect(await refused(sql)).toMatchObject(fault)
    })

    test('says what to do where a table is missing', async () => {
      expect((await refused('SELECT * FROM nowhere')).action).toContain('weir ddl athena --apply')
    })

    test.each([
      ['another workgroup', { workgroup: 'nobodys' }, { code: 'athena-workgroup', kind: 'engine' }],
      ['nowhere to put results', { output: undefined }, { code: 'athena-output', kind: 'usage' }],
      ['another catalog', { catalog: 'elsewhere' }, { code: 'remote-table', kind: 'engine' }],
      ['another database', { database: 'elsewhere' }, { code: 'remote-table', kind: 'engine' }],
      ['nobody there', { endpointUrl: 'http://127.0.0.1:1' }, { code: 'athena-request', kind: 'engine' }],
    ])('%s', async (_, more, fault) => {
      expect(await refused('SELECT * FROM t', more)).toMatchObject(fault)
    })
  })

  test("the workgroup's cut-off is known, and its absence too", async () => {
    expect(await withAthena(options({ workgroup: 'bounded', output: undefined }), async ({ workgroup }) => workgroup)).toEqual({
      name: 'bounded',
      cutoff: 10_000_000_000,
      isEnforced: false,
      unread: undefined,
    })
    expect(await withAthena(options(), async ({ workgroup }) => workgroup.cutoff)).toBeUndefined()
  })

  test('a result may be taken again where that is asked for', async () => {
    await withAthena(options({ reuseMinutes: 60 }), athena => athena.run('SELECT 1', { mayReuse: true }))
    expect(server.requests.at(-1)?.operation).toBe('GetQueryResults')
    const starts = server.requests.filter(({ operation }) => operation === 'StartQueryExecution')
    expect(starts.at(-1)?.body['ResultReuseConfiguration']).toEqual({
      ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: 60 },
    })
  })
})
