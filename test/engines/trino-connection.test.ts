import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { connectTrino, rowsOf, type TrinoOptions, type Value } from '../../src/engine/index.js'
import { Fault } from '../../src/fault/index.js'
import { startProxy, type Proxy, type Trouble } from '../aws/proxy.js'
import { describeTrino, runOn } from './trino.js'

describeTrino('a connection to Trino', trino => {
  let front: Proxy
  beforeAll(async () => {
    front = await startProxy(trino.url)
    await runOn(trino, 'CREATE SCHEMA IF NOT EXISTS hive.connection')
    await runOn(trino, 'CREATE TABLE hive.connection.numbers AS SELECT n FROM UNNEST(sequence(1, 1000)) AS t(n)')
  })
  afterAll(() => front.stop())
  afterEach(() => {
    front.trouble = undefined
    front.after = undefined
    front.asked.length = 0
  })

  const connect = (options: Partial<TrinoOptions> = {}) =>
    connectTrino({ url: front.endpoint, user: 'weir', catalog: 'hive', schema: 'connection', ...options })

  async function rows(sql: string, options: Partial<TrinoOptions> = {}): Promise<Record<string, Value>[]> {
    const { columns, pages } = await (await connect(options)).run(sql)
    return rowsOf({ columns, batches: pages })
  }

  async function faultOf(sql: string, options: Partial<TrinoOptions> = {}): Promise<Fault> {
    const error: unknown = await rows(sql, options).then(
      () => undefined,
      (error: unknown) => error,
    )
    if (error instanceof Fault) return error
    throw new Error(`no Fault: ${String(error)}`)
  }

  /** Trino's own word for what became of a statement, once it is at its end; `text` must stand in no other. */
  async function fateOf(text: string): Promise<Value | undefined> {
    const sql = `SELECT state, error_code FROM system.runtime.queries WHERE query LIKE '${text}%'`
    for (;;) {
      const [query] = await runOn(trino, sql)
      if (query?.['state'] === 'FINISHED') return 'FINISHED'
      if (query?.['state'] === 'FAILED') return query['error_code']
    }
  }

  /** Gives rows for longer than any test. */
  const endless = (name: string): string =>
    `SELECT ${name} FROM UNNEST(sequence(1, 9999)) AS a(${name}), UNNEST(sequence(1, 9999)) AS b(y), UNNEST(sequence(1, 9999)) AS c(z)`

  describe('values', () => {
    test('are as Trino has them: none is rounded', async () => {
      const sql = `SELECT 9007199254740993 AS whole, 9007199254740991 AS safe, 1.5e300 AS double, DECIMAL '0.10' AS price,
        '9007199254740993 \\" 12345678901234567' AS text, X'00ff' AS bytes, ARRAY[1, -9223372036854775807] AS list,
        MAP(ARRAY['a'], ARRAY[nan()]) AS map, ROW(1, 'b') AS pair, CAST(NULL AS bigint) AS nothing`
      expect(await rows(sql)).toEqual([
        {
          whole: '9007199254740993',
          safe: 9007199254740991,
          double: 1.5e300,
          price: '0.10',
          text: '9007199254740993 \\" 12345678901234567',
          bytes: 'AP8=',
          list: [1, '-9223372036854775807'],
          map: { a: 'NaN' },
          pair: [1, 'b'],
          nothing: null,
        },
      ])
    })

    test('have the types that Trino names, in the time zone UTC', async () => {
      const sql = `SELECT 'ab' AS code, CAST(1 AS bigint) AS n, from_unixtime(1767600000) AS t, current_timezone() AS zone,
        TIMESTAMP '2026-01-05 08:00:00.123456' AS precise`
      const { columns, pages } = await (await connect()).run(sql)
      expect(columns).toEqual([
        { name: 'code', type: 'varchar(2)' },
        { name: 'n', type: 'bigint' },
        { name: 't', type: 'timestamp(3) with time zone' },
        { name: 'zone', type: 'varchar' },
        { name: 'precise', type: 'timestamp(6)' },
      ])
      expect(await rowsOf({ columns, batches: pages })).toEqual([
        {
          code: 'ab',
          n: 1,
          t: '2026-01-05 08:00:00.000 UTC',
          zone: 'UTC',
          precise: '2026-01-05 08:00:00.123456',
        },
      ])
    })

    test('of a statement without rows are none', async () => {
      expect(await rows('CREATE SCHEMA IF NOT EXISTS hive.connection')).toEqual([])
      expect(await rows('SELECT n FROM numbers WHERE n < 0')).toEqual([])
    })

    test('of a join by IS NOT DISTINCT FROM are there where one side holds only NULL', async () => {
      await runOn(trino, 'CREATE TABLE hive.connection.keys AS SELECT 1 AS a, CAST(NULL AS bigint) AS b')
      for (const alike of ['x.b IS NOT DISTINCT FROM y.b', 'NOT (x.b IS DISTINCT FROM y.b)'])
        expect(await rows(`SELECT x.a FROM keys x JOIN keys y ON x.a = y.a AND ${alike}`)).toEqual([{ a: 1 }])
    })

    test('come with the bytes that Trino has read for them', async () => {
      const result = await (await connect()).run('SELECT sum(n) AS sum FROM numbers')
      for await (const page of result.pages) expect(page).toEqual([[500500]])
      expect(result.scannedBytes()).toBeGreaterThan(1000)
    })
  })

  describe('what Trino refuses or ends is said with its place', () => {
    test.each([
      ['SELECT\n  nope FROM numbers', 'sql-column', 'usage', 'line 2, column 3'],
      ['SELEC 1', 'sql-syntax', 'usage', 'line 1, column 1'],
      ['SELECT nope(1)', 'sql-function', 'usage', 'line 1, column 8'],
      [`SELECT 1 + 'a'`, 'sql-type', 'usage', 'line 1, column 10'],
      ['SELECT count(*), n FROM numbers', 'sql-refused', 'usage', 'line 1, column 18'],
    ])('%s', async (sql, code, kind, where) => {
      const fault = await faultOf(sql)
      expect(fault).toMatchObject({ code, kind, where })
      expect(fault.message).not.toMatch(/line \d/)
    })

    test('a failure on the data', async () => {
      expect(await faultOf('SELECT 1 / (n - n) FROM numbers')).toMatchObject({ code: 'query-failed', kind: 'engine' })
    })

    test.each([
      ['table', 'SELECT * FROM nope', {}, 'weir ddl trino --apply makes the tables and views'],
      ['schema', 'SELECT * FROM t', { schema: 'nope' }, 'weir ddl trino --apply makes it'],
      ['catalog', 'SELECT * FROM t', { catalog: 'nope' }, 'name another catalog: SHOW CATALOGS lists them'],
    ])('no such %s', async (_, sql, options, action) => {
      expect(await faultOf(sql, options)).toMatchObject({ code: 'remote-table', kind: 'engine', action })
    })

    test('a limit of the cluster', async () => {
      front.trouble = asked => {
        asked.headers['x-trino-session'] = 'query_max_scan_physical_bytes=1B'
        return undefined
      }
      const fault = await faultOf('SELECT sum(a.n * b.n * c.n) FROM numbers a, numbers b, numbers c')
      expect(fault).toMatchObject({ code: 'remote-limit', kind: 'engine' })
      expect(fault.message).toContain('EXCEEDED_SCAN_LIMIT')
    })

    test('a query that somebody ends', async () => {
      front.after = async ({ path }) => {
        const id = /executing\/(\w+)/.exec(path)?.[1]
        if (id === undefined) return
        front.after = undefined
        await runOn(trino, `CALL system.runtime.kill_query(query_id => '${id}', message => 'too dear')`)
      }
      const fault = await faultOf(endless('dear'))
      expect(fault).toMatchObject({ code: 'remote-killed', kind: 'engine' })
      expect(fault.where).toMatch(/^trino, query \w+$/)
      expect(fault.message).toContain('too dear')
    })
  })

  describe('who one is', () => {
    const basic = `Basic ${Buffer.from('weir:sesame').toString('base64')}`
    /** Trino itself takes no password without TLS: the front checks it, as a gateway does. */
    const guard = (wanted: string): void => {
      front.trouble = (asked): Trouble | undefined => {
        if (asked.headers.authorization !== wanted) return { status: 401, body: 'Access Denied: Invalid credentials' }
        Reflect.deleteProperty(asked.headers, 'authorization')
        return undefined
      }
    }

    test('is said by user and password', async () => {
      guard(basic)
      expect(await rows('SELECT current_user AS me', { password: 'sesame' })).toEqual([{ me: 'weir' }])
    })

    test('is said by a token', async () => {
      guard('Bearer abc.def')
      expect(await rows('SELECT 1 AS one', { token: 'abc.def' })).toEqual([{ one: 1 }])
    })

    test('wrongly is an error, and is asked once', async () => {
      guard(basic)
      const fault = await faultOf('SELECT 1', { password: 'simsalabim' })
      expect(fault).toMatchObject({ code: 'remote-credentials', kind: 'engine', where: front.endpoint })
      expect(fault.message).toContain('Invalid credentials')
      expect(JSON.stringify({ ...fault, message: fault.message })).not.toContain('simsalabim')
      expect(front.asked).toHaveLength(1)
    })

    test('never goes over a network as plain text', async () => {
      await expect(connect({ url: 'http://trino.example.com:8080', password: 'sesame' })).rejects.toMatchObject({
        code: 'trino-url',
        kind: 'usage',
      })
      await expect(connect({ url: 'http://weir:sesame@127.0.0.1:8080' })).rejects.toMatchObject({ code: 'trino-url' })
      await expect(connect({ url: 'http://:sesame@127.0.0.1:8080' })).rejects.toMatchObject({ code: 'trino-url' })
      await expect(connect({ token: 'sesame\nsesame' })).rejects.toMatchObject({
        code: 'trino-token',
        where: expect.not.stringContaining('sesame') as unknown,
      })
      await expect(connect({ url: 'trino.example.com' })).rejects.toMatchObject({ code: 'trino-url' })
    })
  })

  describe('trouble on the way', () => {
    const isPage = ({ method, path }: { method: string; path: string }): boolean => method === 'GET' && path.includes('executing')
    const posts = (): number => front.asked.filter(({ method }) => method === 'POST').length

    /** Makes trouble for the first page with rows, so many times; then none. */
    const troubleFirst = (times: number, trouble: Trouble): void => {
      let left = times
      front.trouble = asked => (isPage(asked) && left-- > 0 ? trouble : undefined)
    }

    test.each([502, 503, 504])('a gateway that says %i is asked for the same page again', async status => {
      troubleFirst(3, { status, body: 'no upstream' })
      expect(await rows('SELECT count(*) AS n, sum(n) AS sum FROM numbers')).toEqual([{ n: 1000, sum: 500500 }])
      expect(posts()).toBe(1)
    })

    test('a page that is cut is asked for again, and its rows come once', async () => {
      troubleFirst(2, { cutAfter: 40 })
      expect(await rows('SELECT n FROM numbers')).toHaveLength(1000)
      expect(posts()).toBe(1)
    })

    test.each([404, 410])('a page that is lost (%i) is an error', async status => {
      troubleFirst(1, { status, body: 'Query not found' })
      expect(await faultOf('SELECT n FROM numbers')).toMatchObject({ code: 'remote-page', kind: 'engine' })
      expect(posts()).toBe(1)
    })

    test.each([429, 502, 503, 504])('a statement that a gateway does not take (%i) is not sent again', async status => {
      front.trouble = () => ({ status, body: 'busy' })
      expect(await faultOf('SELECT 1')).toMatchObject({ code: 'remote-answer', kind: 'engine' })
      expect(posts()).toBe(1)
    })

    test('a statement whose answer is cut is not sent again', async () => {
      front.trouble = ({ method }) => (method === 'POST' ? { cutAfter: 20 } : undefined)
      expect(await faultOf('SELECT 1')).toMatchObject({ code: 'remote-unreachable', kind: 'engine' })
      expect(posts()).toBe(1)
    })

    test('something else that answers is said to be no Trino', async () => {
      front.trouble = () => ({ status: 200, body: '<html>Welcome</html>' })
      expect(await faultOf('SELECT 1')).toMatchObject({ code: 'remote-answer', where: '<html>Welcome</html>' })
    })

    test('nobody there', async () => {
      const closed = await startProxy(trino.url)
      await closed.stop()
      const fault = await faultOf('SELECT 1', { url: closed.endpoint })
      expect(fault).toMatchObject({ code: 'remote-unreachable', kind: 'engine', where: closed.endpoint })
      expect(fault.message).toContain('refused')
    })

    test('nobody there any more, in the middle of a query', async () => {
      const going = await startProxy(trino.url)
      const { pages } = await (await connect({ url: going.endpoint })).run(endless('going'))
      const read = async (): Promise<void> => {
        for await (const page of pages) {
          expect(page.length).toBeGreaterThan(0)
          await going.stop()
        }
      }
      await expect(read()).rejects.toMatchObject({ code: 'remote-gone', kind: 'engine', where: going.endpoint })
    })
  })

  describe('the server stops', () => {
    test('when the signal says so in the middle of the rows', async () => {
      const stop = new AbortController()
      const { pages } = await (await connect()).run(endless('aborted'), { signal: stop.signal })
      const read = async (): Promise<void> => {
        for await (const page of pages) if (page.length > 0) stop.abort(new Error('enough'))
      }
      await expect(read()).rejects.toThrow('enough')
      expect(await fateOf('SELECT aborted ')).toBe('USER_CANCELED')
    })

    test('when the signal says so before there are columns', async () => {
      const stop = new AbortController()
      front.after = async ({ path }) => {
        if (path.includes('executing')) stop.abort(new Error('enough'))
      }
      const sql = `SELECT sum(hurried) AS sum FROM (${endless('hurried')}) AS t`
      await expect(rowsWith(sql, stop.signal)).rejects.toThrow('enough')
      expect(await fateOf('SELECT sum(hurried) ')).toBe('USER_CANCELED')
    })

    test('when the signal says so while nobody asks for rows', async () => {
      const stop = new AbortController()
      await (await connect()).run(endless('unasked'), { signal: stop.signal })
      stop.abort()
      expect(await fateOf('SELECT unasked ')).toBe('USER_CANCELED')
    })

    test('when nobody wants more rows', async () => {
      const { pages } = await (await connect()).run(endless('enough'))
      for await (const page of pages) if (page.length > 0) break
      expect(await fateOf('SELECT enough ')).toBe('USER_CANCELED')
    })

    test('when the connection is closed', async () => {
      const connection = await connect()
      await connection.run(endless('closed'))
      await connection.close()
      expect(await fateOf('SELECT closed ')).toBe('USER_CANCELED')
    })

    test('nothing is sent once the signal has said so', async () => {
      await expect(rowsWith('SELECT 1', AbortSignal.abort(new Error('early')))).rejects.toThrow('early')
      expect(front.asked).toEqual([])
    })

    async function rowsWith(sql: string, signal: AbortSignal): Promise<Record<string, Value>[]> {
      const { columns, pages } = await (await connect()).run(sql, { signal })
      return rowsOf({ columns, batches: pages })
    }
  })
})
