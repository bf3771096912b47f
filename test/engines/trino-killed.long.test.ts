import { expect, test } from 'vitest'
import { startTrino } from '../../scripts/trino/server.js'
import { connectTrino } from '../../src/engine/index.js'
import { describeTrino } from './trino.js'

describeTrino('a Trino of its own', () => {
  test('that is killed in the middle of a query is said to have gone', { timeout: 300_000 }, async () => {
    const own = await startTrino()
    try {
      const connection = await connectTrino({ url: own.url, user: 'weir', catalog: 'memory', schema: 'default' })
      const { pages } = await connection.run('SELECT x FROM UNNEST(sequence(1, 9999)) AS a(x), UNNEST(sequence(1, 9999)) AS b(y)')
      const read = async (): Promise<void> => {
        for await (const page of pages) if (page.length > 0) process.kill(own.pid, 'SIGKILL')
      }
      await expect(read()).rejects.toMatchObject({ code: 'remote-gone', kind: 'engine', where: own.url })
    } finally {
      await own.stop()
    }
  })
})
