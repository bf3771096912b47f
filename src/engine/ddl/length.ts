import { Fault } from '../../fault/index.js'
import type { DdlStatement, DdlTarget } from './target.js'

/** Bytes of a statement that Athena takes. */
const LONGEST = 262_144

/** The statements; throws a Fault of kind `usage` where the engine would refuse one of them for its length. */
export function shortEnough({ engine }: DdlTarget, statements: readonly DdlStatement[]): readonly DdlStatement[] {
  if (engine !== 'athena') return statements
  for (const { sql } of statements) {
    const bytes = Buffer.byteLength(sql)
    if (bytes <= LONGEST) continue
    throw new Fault({
      code: 'ddl-too-long',
      kind: 'usage',
      message: `a statement would have ${bytes} bytes, and Athena takes ${LONGEST}: so many accounts, flow logs or formats are in it`,
      where: sql.split('\n', 1).join(''),
      expected: 'fewer of them in one schema',
      action: 'give a prefix of fewer, or --account and --regions, with a database for each; or weir ingest into a lake',
    })
  }
  return statements
}
